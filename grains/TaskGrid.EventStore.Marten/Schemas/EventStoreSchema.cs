using JasperFx;
using Npgsql;
using TaskGrid.EventStore.Marten.Rebuilding;
using TaskGrid.EventStore.Marten.Restoring;

namespace TaskGrid.EventStore.Marten.Schemas;

/// <summary>Brings a database to the schema of this version.</summary>
/// <remarks>
/// Our own tables are plain SQL in numbered scripts, each run once: they have generated columns, partial and GIN indexes and functions,
/// of which Marten's schema comparison knows too little. Marten's own tables are left to Marten.
/// </remarks>
public static class EventStoreSchema
{
    /// <summary>
    /// Applies what is missing, rebuilds snapshots that are gone, and starts new histories where the database is a restored copy. Any number
    /// of processes may do so at once: one does it, the others wait.
    /// </summary>
    /// <returns>How many logs got a new history.</returns>
    public static async Task<int> ApplyAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var migration = await Migration.BeginAsync(database, cancellationToken);
        await using var store = MartenStore.Open(database);
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
        await migration.RunAsync("001-log.sql", cancellationToken);
        await migration.RunAsync("002-receipts.sql", cancellationToken);
        await migration.RunAsync("003-whereabouts.sql", cancellationToken);
        await migration.ReplaceAsync(CaseMapping.Function, cancellationToken);
        await SnapshotRebuild.WriteMissingAsync(database, cancellationToken);
        return await NewHistories.StartIfMovedAsync(database, cancellationToken);
    }
}

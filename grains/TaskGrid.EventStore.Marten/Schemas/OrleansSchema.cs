using Npgsql;

namespace TaskGrid.EventStore.Marten.Schemas;

/// <summary>
/// The tables of Orleans' membership, reminders and grain storage. Its packages bring no SQL along, so this is ours; it lies in a
/// schema of its own, for its names are nobody else's.
/// </summary>
public static class OrleansSchema
{
    private const string Schema = "orleans";

    /// <summary>Applies what is missing, as <see cref="EventStoreSchema"/> does; every time, so that statements of a newer version replace older ones.</summary>
    public static async Task ApplyAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var migration = await Migration.BeginAsync(database, cancellationToken);
        await migration.ReplaceAsync($"create schema if not exists {Schema}", cancellationToken);
        await migration.ReplaceAsync(Migration.Text("orleans.sql"), cancellationToken);
    }

    /// <summary>The connection string for Orleans' ADO.NET providers: they name their first table without a schema.</summary>
    public static string ConnectionStringFor(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = Schema, Timezone = "UTC", ApplicationName = "taskgrid-orleans" }.ConnectionString;
}

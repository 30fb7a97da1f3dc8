using JasperFx;
using JasperFx.Events;
using JasperFx.MultiTenancy;
using Marten;
using Npgsql;
using TaskGrid.EventStore.Marten.Json;
using Weasel.Core;

namespace TaskGrid.EventStore.Marten;

/// <summary>Marten as the log uses it: event streams only. Documents, projections and the daemon are not used.</summary>
public static class MartenStore
{
    /// <summary>The schema of Marten's tables and our own.</summary>
    public const string Schema = "tg";

    /// <summary>Opens the store. It changes no schema: <see cref="Schemas.EventStoreSchema"/> does, once, before.</summary>
    public static DocumentStore Open(NpgsqlDataSource database) => DocumentStore.For(options => Configure(options, database));

    private static void Configure(StoreOptions options, NpgsqlDataSource database)
    {
        options.Connection(database);
        options.DatabaseSchemaName = Schema;
        options.DisableNpgsqlLogging = true;
        options.AutoCreateSchemaObjects = AutoCreate.None;
        options.UpdateBatchSize = 5_000;
        // Nobody knows what became of a commit whose connection died: only the caller, who knows the receipts, may try again.
        options.ConfigureWritePolly(_ => { });
        options.ConfigurePolly(_ => { });
        options.Events.StreamIdentity = StreamIdentity.AsString;
        options.Events.TenancyStyle = TenancyStyle.Conjoined;
        options.Events.AppendMode = EventAppendMode.Quick;
        options.Events.EnableBigIntEvents = true;
        // The official lock package refuses the other way; without this, nothing but a line in the log would tell.
        options.Events.UseAdvisoryLockTransaction = true;
        foreach (var (type, name) in EventNames.ByType) options.Events.MapEventType(type, name);
        options.UseSystemTextJsonForSerialization(StoredJson.ForMarten(), EnumStorage.AsString, Casing.CamelCase);
    }
}

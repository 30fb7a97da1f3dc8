using Marten;
using Npgsql;
using TaskGrid.EventStore.Marten;
using TaskGrid.EventStore.Marten.Commits;
using TaskGrid.EventStore.Marten.Reading;
using TaskGrid.EventStore.Marten.Schemas;
using TaskGrid.TestKit;

namespace TaskGrid.EventStore.Tests.Facts;

/// <summary>A database with the schema of the log, one for each test class.</summary>
public sealed class ADatabase : IAsyncLifetime
{
    public string ConnectionString { get; private set; } = "";

    public NpgsqlDataSource Source { get; private set; } = null!;

    public IDocumentStore Store { get; private set; } = null!;

    public MartenEventCommitter Committer => new(Store, Source);

    public MartenStateReader Reader => new(Source);

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await PostgresServer.NewDatabaseAsync();
        Source = EventStoreDatabase.Open(ConnectionString);
        await EventStoreSchema.ApplyAsync(Source, CancellationToken.None);
        Store = MartenStore.Open(Source);
    }

    public async ValueTask DisposeAsync()
    {
        Store.Dispose();
        await Source.DisposeAsync();
    }
}

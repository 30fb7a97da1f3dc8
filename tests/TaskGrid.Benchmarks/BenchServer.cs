using TaskGrid.TestKit;

namespace TaskGrid.Benchmarks;

/// <summary>The server as people run it, on a PostgreSQL with fsync.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    private readonly PostgresServer postgres;

    private BenchServer(PostgresServer postgres, TaskGridServer server) => (this.postgres, Server) = (postgres, server);

    public TaskGridServer Server { get; }

    public static async Task<BenchServer> StartAsync()
    {
        var postgres = await PostgresServer.StartAsync(durable: true);
        var database = await postgres.CreateDatabaseAsync();
        return new BenchServer(postgres, await TaskGridServer.StartAsync(new TaskGridServerPlan { Database = database }));
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await postgres.DisposeAsync();
    }
}

using System.Diagnostics;
using TaskGrid.Client;
using TaskGrid.Client.Sqlite;
using TaskGrid.Contracts;

namespace TaskGrid.Benchmarks;

/// <summary>The real client engine, from nothing to a store at the head of the log.</summary>
internal static class FreshReplica
{
    public static async Task<TimeSpan> TakeAsync(Uri server, BenchClient account, string path, int expected)
    {
        using var http = BenchClient.For(server, null);
        var sessions = new SessionKeeper(new OneSession(server, account.Token), new ApiClient(http, TimeProvider.System), TimeProvider.System);
        var transport = new HttpTransport(new ApiClient(http, TimeProvider.System), sessions);
        var watch = Stopwatch.StartNew();
        using var store = SqliteReplicaStore.Open(path, () => new ReplicaMark
        {
            Organization = account.Organization,
            User = new UserId(Guid.CreateVersion7()),
            Replica = new ReplicaId(Guid.CreateVersion7()),
        });
        var exchange = new SyncExchange(store, transport, TimeProvider.System);
        SyncOutcome outcome;
        do outcome = await exchange.RunAsync(0, CancellationToken.None);
        while (outcome is SyncOutcome.More);
        var elapsed = watch.Elapsed;
        if (outcome is not SyncOutcome.UpToDate) throw new InvalidOperationException(outcome.ToString());
        var count = store.Read(reading => reading.TaskCount());
        return count == expected ? elapsed : throw new InvalidOperationException($"{count} of {expected} tasks arrived");
    }

    private sealed class OneSession(Uri server, string token) : ISessionStore
    {
        public SavedSession? Load() => new(server, new UserInfo(new UserId(Guid.Empty), "bench", "bench"), token, "", DateTimeOffset.MaxValue);

        public void Save(SavedSession? session)
        {
        }

        public Task<IDisposable> LockAsync(CancellationToken cancellationToken) => Task.FromResult<IDisposable>(new Nothing());

        private sealed class Nothing : IDisposable
        {
            public void Dispose()
            {
            }
        }
    }
}

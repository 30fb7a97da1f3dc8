using System.Diagnostics;
using TaskGrid.Client;
using TaskGrid.Client.Sqlite;
using TaskGrid.Contracts;
using TaskGrid.TestKit;

namespace TaskGrid.EndToEnd.Tests.Sync;

/// <summary>A client engine of one user against a real server, with its loop running beside it.</summary>
internal sealed class Engine : IAsyncDisposable, IProgress<SyncEvent>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly CancellationTokenSource ending = new();
    private readonly HttpClient http;
    private readonly SqliteReplicaStore store;
    private readonly Task<SyncOutcome> loop;
    private readonly Lock gate = new();
    private readonly List<(Func<SyncEvent, bool> Awaited, TaskCompletionSource Came)> waits = [];

    private Engine(HttpClient http, SqliteReplicaStore store, ITransport transport)
    {
        this.http = http;
        this.store = store;
        var wake = new WakeSignal();
        Replica = new Replica(store, TimeProvider.System, wake);
        loop = new SyncLoop(store, transport, wake, TimeProvider.System, new Random(1), this).RunAsync(ending.Token);
    }

    public Replica Replica { get; }

    public IReplicaStore Store => store;

    public static async Task<Session> RegisterAsync(Uri server, string name, CancellationToken cancellationToken)
    {
        using var http = ApiClient.HttpFor(server);
        var reply = await new ApiClient(http, TimeProvider.System).RegisterAsync(new RegisterRequest($"{name}@example.com", "correct horse battery", name), cancellationToken);
        return Assert.IsType<Reply<Session>.Answered>(reply).Value;
    }

    public static async Task<OrganizationId> CreateOrganizationAsync(Uri server, Session session, CancellationToken cancellationToken)
    {
        using var http = ApiClient.HttpFor(server);
        var reply = await new ApiClient(http, TimeProvider.System).CreateOrganizationAsync(new CreateOrganizationRequest(null, "Garden"), session.AccessToken, cancellationToken);
        return Assert.IsType<Reply<OrganizationInfo>.Answered>(reply).Value.Id;
    }

    /// <summary>Starts an engine in a folder of its own.</summary>
    public static Engine Start(Uri server, Session session, OrganizationId organization, ScratchFolder scratch, string device)
    {
        var http = ApiClient.HttpFor(server);
        var api = new ApiClient(http, TimeProvider.System);
        var sessions = new FileSessionStore(scratch.File($"{device}.session"), TimeProvider.System);
        sessions.Save(new SavedSession(server, session.User, session.AccessToken, session.RefreshToken!, session.ExpiresAt));
        var store = SqliteReplicaStore.Open(scratch.File($"{device}.db"), () => new ReplicaMark
        {
            Organization = organization,
            User = session.User.Id,
            Replica = ReplicaId.From(Guid.CreateVersion7()),
        });
        return new Engine(http, store, new HttpTransport(api, new SessionKeeper(sessions, api, TimeProvider.System)));
    }

    /// <summary>Arms a wait for something that the engine tells, before whatever brings it about.</summary>
    public Task When(Func<SyncEvent, bool> awaited)
    {
        var came = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate) waits.Add((awaited, came));
        return came.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    public void Report(SyncEvent value)
    {
        lock (gate)
            foreach (var wait in waits.ToList())
                if (wait.Awaited(value) && waits.Remove(wait)) wait.Came.SetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        try
        {
            var outcome = await loop;
            throw new UnreachableException($"the loop ended by itself: {outcome}");
        }
        catch (OperationCanceledException)
        {
            // It was told to end.
        }
        store.Dispose();
        http.Dispose();
        ending.Dispose();
    }
}

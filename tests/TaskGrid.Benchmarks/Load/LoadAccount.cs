using System.Collections.Immutable;
using TaskGrid.Client;
using TaskGrid.Client.Sqlite;
using TaskGrid.Contracts;

namespace TaskGrid.Benchmarks.Load;

/// <summary>An account for load.</summary>
internal sealed class LoadAccount(Session session, Uri server)
{
    public UserId User => session.User.Id;

    public string Email => session.User.Email;

    public static async Task<LoadAccount> RegisterAsync(Uri server)
    {
        var request = new RegisterRequest($"load-{Guid.NewGuid():N}@bench.example", "correct horse battery", "Load");
        return new LoadAccount(Value(await Api(server).RegisterAsync(request, CancellationToken.None)), server);
    }

    public async Task<OrganizationId> FoundAsync() =>
        Value(await Api(server).CreateOrganizationAsync(new CreateOrganizationRequest(null, "Load"), session.AccessToken, CancellationToken.None)).Id;

    public async Task InviteAsync(OrganizationId organization, LoadAccount other) =>
        Value(await Api(server).AddMemberAsync(organization, new AddMemberRequest(other.Email, "member"), session.AccessToken, CancellationToken.None));

    public ITransport TransportTo(Uri gateway) =>
        new HttpTransport(Api(gateway), new SessionKeeper(new KeptSession(session, gateway), Api(gateway), TimeProvider.System));

    public SqliteReplicaStore OpenStore(OrganizationId organization, string path) => SqliteReplicaStore.Open(path,
        () => new ReplicaMark { Organization = organization, User = User, Replica = new ReplicaId(Guid.CreateVersion7()) });

    /// <summary>What a device that was never there before gets.</summary>
    public async Task<(ImmutableHashSet<TaskId> Tasks, ulong Digest)> FreshStoreAsync(Uri gateway, OrganizationId organization, string path)
    {
        using var store = OpenStore(organization, path);
        var exchange = new SyncExchange(store, TransportTo(gateway), TimeProvider.System);
        SyncOutcome outcome;
        do outcome = await exchange.RunAsync(0, CancellationToken.None);
        while (outcome is SyncOutcome.More);
        if (outcome is not SyncOutcome.UpToDate) throw new InvalidOperationException(outcome.ToString());
        return store.Read(reading => (reading.Tasks().Select(task => task.Id).ToImmutableHashSet(), reading.Mark.Digest));
    }

    private static ApiClient Api(Uri server) => new(ApiClient.HttpFor(server), TimeProvider.System);

    private static T Value<T>(Reply<T> reply) =>
        reply is Reply<T>.Answered answered ? answered.Value : throw new InvalidOperationException(reply.ToString());

    private sealed class KeptSession(Session session, Uri server) : ISessionStore
    {
        private readonly SemaphoreSlim turn = new(1);
        private SavedSession? saved = new(server, session.User, session.AccessToken, session.RefreshToken!, session.ExpiresAt);

        public SavedSession? Load() => saved;

        public void Save(SavedSession? changed) => saved = changed;

        public async Task<IDisposable> LockAsync(CancellationToken cancellationToken)
        {
            await turn.WaitAsync(cancellationToken);
            return new Turn(turn);
        }

        private sealed class Turn(SemaphoreSlim held) : IDisposable
        {
            public void Dispose() => held.Release();
        }
    }
}

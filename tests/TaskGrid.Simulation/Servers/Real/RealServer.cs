using System.Collections.Immutable;
using TaskGrid.Client;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Simulation;

/// <summary>One organization on the real server: over HTTP and WebSocket, on PostgreSQL, in processes that are killed.</summary>
internal sealed class RealServer : IServerSide
{
    private readonly Machines machines;
    private readonly IReadOnlyList<Account> accounts;

    private RealServer(Machines machines, OrganizationId organization, IReadOnlyList<Account> accounts) =>
        (this.machines, Organization, this.accounts) = (machines, organization, accounts);

    public OrganizationId Organization { get; }

    private Account Owner => accounts[0];

    /// <summary>Founds the organization; the first is its owner.</summary>
    public static async Task<RealServer> FoundAsync(Machines machines, OrganizationId organization, IReadOnlyList<Account> accounts)
    {
        var server = new RealServer(machines, organization, accounts);
        var request = new CreateOrganizationRequest(organization, "Acme");
        await server.InsistAsync(() => server.Owner.AskAsync((api, token) => api.CreateOrganizationAsync(request, token, CancellationToken.None)));
        return server;
    }

    public ITransport TransportOf(Person person) => AccountOf(person).NewTransport();

    public async Task<bool> SetRoleAsync(Person person, Role? role) => role switch
    {
        null => Took(await Owner.AskAsync((api, token) => api.RemoveMemberAsync(Organization, person.Id, token, CancellationToken.None))),
        { } given => Took(await Owner.AskAsync((api, token) => api.AddMemberAsync(
            Organization, new AddMemberRequest(AccountOf(person).Email, given.ToString().ToLowerInvariant()), token, CancellationToken.None))),
    };

    /// <summary>As <see cref="SetRoleAsync"/>, however long it takes.</summary>
    public Task AddAsync(Account account, Role role) => InsistAsync(() => Owner.AskAsync((api, token) => api.AddMemberAsync(
        Organization, new AddMemberRequest(account.Email, role.ToString().ToLowerInvariant()), token, CancellationToken.None)));

    public Task DisturbAsync(Random random, Counts counts)
    {
        machines.Disturb(random);
        return Task.CompletedTask;
    }

    /// <summary>Not here: a backup is of all organizations at once.</summary>
    public bool Save() => false;

    public Task<bool> RestoreAsync() => Task.FromResult(false);

    public Task CalmAsync() => machines.ReadyAsync();

    public async Task<ServerTruth> TruthAsync()
    {
        var server = Owner.NewTransport();
        var reader = new ReplicaId(Guid.CreateVersion7());
        var log = ImmutableArray.CreateBuilder<CanonicalChange>();
        PullAnswer page;
        do
        {
            page = await InsistAsync(() => server.PullAsync(new PullRequest(Organization, reader, null, log.Count), CancellationToken.None));
            log.AddRange(page.Changes);
        }
        while (page.More);
        var snapshot = await InsistAsync(() => server.SnapshotAsync(Organization, reader, null, CancellationToken.None));
        return new ServerTruth(page.Head, page.Digest!, page.History, log.ToImmutable(), [.. snapshot.Tasks.Select(task => task.Line)], await ConflictsAsync(server));
    }

    private async Task<ImmutableArray<ConflictNote>> ConflictsAsync(HttpTransport server)
    {
        var notes = ImmutableArray.CreateBuilder<ConflictNote>();
        for (string? after = null; ;)
        {
            var page = await InsistAsync(() => server.ConflictsAsync(Organization, openOnly: false, after, CancellationToken.None));
            notes.AddRange(page.Conflicts);
            after = page.Next;
            if (after is null) return notes.ToImmutable();
        }
    }

    /// <summary>Asks until there is an answer: somebody may be killing the server for a scenario of his own.</summary>
    private async Task<T> InsistAsync<T>(Func<Task<Reply<T>>> ask)
    {
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var reply = await ask();
            if (reply is Reply<T>.Answered answered) return answered.Value;
            if (SyncExchange.Outcome(reply) is not SyncOutcome.NotNow) throw new InvalidOperationException($"the server answers {reply}");
            await machines.ReadyAsync();
        }
        throw new InvalidOperationException("the server is there and does not answer");
    }

    private Account AccountOf(Person person) => accounts.First(account => account.Person == person);

    private static bool Took<T>(Reply<T> reply) => reply is Reply<T>.Answered;
}

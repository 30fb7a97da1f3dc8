using TaskGrid.Client;
using TaskGrid.Contracts;
using TaskGrid.Grains;
using TaskGrid.Grains.Ports;
using TaskGrid.TestKit;

namespace TaskGrid.Simulation;

/// <summary>The server without a machine: the real grains over the reference log, in virtual time.</summary>
internal sealed class SimulatedServer : IServerSide
{
    private readonly InMemoryEventStore store = new();
    private readonly VirtualTime time;
    private readonly Person owner;
    private readonly UnsafeLog log;
    private readonly Bell bell = new();
    private Activation current;
    private Activation? second;
    private (InMemoryLog Log, DateTimeOffset At)? saved;
    private int restores;

    private SimulatedServer(OrganizationId organization, Person owner, VirtualTime time)
    {
        (Organization, this.owner, this.time) = (organization, owner, time);
        log = new UnsafeLog(store);
        current = Start();
    }

    public OrganizationId Organization { get; }

    public InMemoryLog Log => store.LogOf(Organization);

    public TimeProvider Time => time;

    /// <summary>How many changes a page of the log has at most.</summary>
    public int PageLimit { get; private set; } = Limits.PullChanges;

    /// <summary>Founds the organization.</summary>
    public static async Task<SimulatedServer> FoundAsync(OrganizationId organization, Person owner, VirtualTime time)
    {
        var server = new SimulatedServer(organization, owner, time);
        await server.CallAsync(grain => grain.Found(new FoundOrganization("Acme", owner.Id, owner.Name)));
        // The log's identity is out of the seed like everything else: new replica ids follow from it.
        server.store.Restore(organization, server.Log.AsRestored("as founded"));
        server.current = server.Start();
        return server;
    }

    public ITransport TransportOf(Person person) => new GatewayPort(this, person);

    /// <summary>Calls whatever process stands for the organization now; null where it died meanwhile.</summary>
    public Task<T?> CallAsync<T>(Func<IOrganizationGrain, Task<T>> call) where T : class => current.CallAsync(call);

    public async Task<bool> SetRoleAsync(Person person, Role? role) =>
        await CallAsync(grain => grain.SetMember(new SetMember(owner.Id, person.Id, person.Name, role, MustBeMember: false))) is OrganizationOutcome.Done;

    public async Task DisturbAsync(Random random, Counts counts)
    {
        switch (random.Next(5))
        {
            case 0:
                counts.Add(Count.ServerKilled);
                current.Die();
                current = Start();
                break;
            case 1:
                counts.Add(Count.CommitCut);
                log.Next = random.Next(2) == 0 ? CommitCut.Before : CommitCut.After;
                break;
            case 2:
                // A second process believes that it is the one; calls go to either.
                counts.Add(Count.SecondActivation);
                (current, second) = (second ?? Start(), current);
                break;
            case 3:
                PageLimit = random.Next(2) == 0 ? random.Next(1, 8) : Limits.PullChanges;
                break;
            default:
                counts.Add(Count.CommitCut);
                log.Next = CommitCut.After;
                current.Die();
                current = Start();
                break;
        }
        await Task.Yield();
    }

    /// <summary>The next commit is cut off here.</summary>
    public void CutNext(CommitCut cut) => log.Next = cut;

    /// <summary>The process dies at its next commit, and another one takes its place.</summary>
    public void DieAtNext(CommitCut cut)
    {
        log.Next = cut;
        log.AtCut = () =>
        {
            current.Die();
            current = Start();
        };
    }

    public bool Save()
    {
        saved = (Log, time.Now);
        return true;
    }

    public async Task<bool> RestoreAsync()
    {
        // Clients keep what they sent for 30 days: an older backup loses work, and is not what is promised for.
        if (saved is not { } backup || time.Now - backup.At > TimeSpan.FromDays(29)) return false;
        current.Die();
        second?.Die();
        second = null;
        await SettleAsync();
        store.Restore(Organization, backup.Log.AsRestored($"restored {++restores}"));
        current = Start();
        return true;
    }

    public async Task CalmAsync()
    {
        log.Next = CommitCut.None;
        second?.Die();
        second = null;
        await SettleAsync();
    }

    public Task<ServerTruth> TruthAsync() => Task.FromResult(LogReading.TruthOf(Organization, Log));

    private Activation Start() => new(Organization, log, bell, time);

    /// <summary>What dead processes had begun ends: in reality their connections do.</summary>
    private static async Task SettleAsync()
    {
        for (var turn = 0; turn < 64; turn++) await Task.Yield();
    }

    /// <summary>Nobody hears it: a live connection of the simulation reads the log itself, late, torn and twice.</summary>
    private sealed class Bell : IChangeBell
    {
        public void Ring(OrganizationAdvanced advanced) { }
    }
}

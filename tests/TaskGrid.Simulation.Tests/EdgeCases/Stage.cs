using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation.Tests.EdgeCases;

/// <summary>A few people and their devices on the simulated server, in virtual time. The network works unless a test says otherwise.</summary>
internal sealed class Stage
{
    private static readonly Check[] Promised =
    [
        new("all replicas agree", Agreement.ReplicasAgree),
        new("conflicts are known to all", Agreement.ConflictsAreKnown),
        new("the log is sound", Agreement.LogIsSound),
        new("the tree is sound", Agreement.TreeIsSound),
        new("acknowledged changes are there", Keeping.AcknowledgedIsThere),
        new("refusals are explained", Keeping.RefusalsAreExplained),
        new("lost access keeps unsent work only", Keeping.OutsideKeepsItsWorkOnly),
        new("last writers stand", Intent.LastWritersStand),
        new("sets keep what was not removed", Intent.SetsKeepWhatWasNotRemoved),
        new("rivals are recorded", Recording.RivalsAreRecorded),
        new("records are true", Recording.RecordsAreTrue),
    ];

    private readonly Cast cast;

    private Stage(SimulatedServer server, Cast cast, VirtualTime time) => (Server, this.cast, Time) = (server, cast, time);

    public SimulatedServer Server { get; }

    public VirtualTime Time { get; }

    public Person Ana => cast.People[0];

    public Person Ben => cast.People[1];

    public Person Cem => cast.People[2];

    public Person Dia => cast.People[3];

    /// <summary>The log as it is now.</summary>
    public IReadOnlyList<CanonicalChange> Log => LogReading.Changes(Server.Log, 0, Server.Log.Head!.Seq);

    /// <summary>The conflicts as the server holds them.</summary>
    public IReadOnlyList<ConflictNote> Conflicts => [.. Server.Log.Conflicts.Values];

    /// <summary>Plays a story to its end.</summary>
    public static void Play(Func<Stage, Task> story) => SingleThread.Run(async () => await story(await SetAsync()));

    /// <summary>A device of somebody, with all that there is by now.</summary>
    public async Task<Device> DeviceOf(Person person)
    {
        var device = cast.Equip(person);
        Assert.IsType<SyncOutcome.UpToDate>(await device.SyncedAsync());
        return device;
    }

    /// <summary>Another device with a copy of the first one's data folder.</summary>
    public Device Copy(Device original) => cast.Copy(original);

    /// <summary>A device of somebody behind a network of the test's own.</summary>
    public async Task<Device> DeviceOf(Person person, Func<ITransport, ITransport> network)
    {
        var device = cast.Equip(person, network);
        Assert.IsType<SyncOutcome.UpToDate>(await device.SyncedAsync());
        return device;
    }

    public CommentId NewComment() => CommentId.From(cast.FreshGuid());

    public TaskId NewTask() => TaskId.From(cast.FreshGuid());

    /// <summary>A task that all have who sync after it.</summary>
    public async Task<TaskId> CreateAsync(Device device, string title, string description = "")
    {
        var task = NewTask();
        device.Do(new ChangeBody.Create(task, TaskValues.Titled(title) with { Description = description }));
        Assert.IsType<SyncOutcome.UpToDate>(await device.SyncedAsync());
        return task;
    }

    /// <summary>Everybody syncs until nothing is left to do, and all promises must hold.</summary>
    public async Task FallQuietAsync()
    {
        await Quiet.FallAsync(cast);
        var outcome = new Outcome(cast, await Server.TruthAsync());
        var broken = Promised.SelectMany(check => check.Find(outcome).Select(what => $"{check.Name}: {what}")).ToList();
        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }

    /// <summary>The people are there, and their organization.</summary>
    public static async Task<Stage> SetAsync()
    {
        var (random, time) = (new Random(1), new VirtualTime());
        string[] names = ["Ana", "Ben", "Cem", "Dia"];
        var people = names.Select(name => new Person(UserId.From(Guid.CreateVersion7()), name)).ToList();
        var server = await SimulatedServer.FoundAsync(OrganizationId.From(Guid.CreateVersion7()), people[0], time);
        foreach (var person in people.Skip(1)) await server.SetRoleAsync(person, Role.Member);
        var cast = new Cast(server, people, time, random, new Counts());
        cast.Weather.Calm = true;
        return new Stage(server, cast, time);
    }
}

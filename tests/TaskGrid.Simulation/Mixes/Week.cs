using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation;

/// <summary>A working week of a team, out of one seed.</summary>
internal sealed class Week
{
    private const int Days = 5;
    private static readonly Check[] Promised =
    [
        new("all replicas agree", Agreement.ReplicasAgree),
        new("conflicts are known to all", Agreement.ConflictsAreKnown),
        new("the log is sound", Agreement.LogIsSound),
        new("the tree is sound", Agreement.TreeIsSound),
        new("last writers stand", Intent.LastWritersStand),
        new("rivals are recorded", Recording.RivalsAreRecorded),
        new("records are true", Recording.RecordsAreTrue),
    ];

    private static readonly TimeSpan Morning = TimeSpan.FromHours(9);
    private static readonly TimeSpan Hours = TimeSpan.FromHours(8);
    private static readonly DateTimeOffset Monday = new(2026, 11, 30, 0, 0, 0, TimeSpan.Zero);
    private readonly Mix mix;
    private readonly Random random;
    private readonly Cast cast;
    private readonly Agenda agenda;
    private readonly Connections connections;
    private readonly IReadOnlyList<Colleague> team;
    private readonly TaskChoice choice;
    private readonly Work work;

    private Week(Mix mix, int seed, SimulatedServer server, Cast cast, Agenda agenda, Random random)
    {
        (this.mix, this.random, this.cast, this.agenda) = (mix, random, cast, agenda);
        cast.Weather.Calm = true;
        connections = new Connections(server, cast, agenda, random);
        var projects = Enumerable.Range(0, mix.Start.Projects).Select(_ => cast.FreshGuid().ToString()).ToList();
        team = [.. cast.People.Select((person, i) => Join(person, i, projects))];
        choice = new TaskChoice(mix, random, seed);
        work = new Work(mix, random, choice, team, cast.FreshGuid, () => agenda.Now);
        Projects = projects;
    }

    private IReadOnlyList<string> Projects { get; }

    /// <summary>Plays a week; answers with what it came to, and with what must not be.</summary>
    public static (MixTally Tally, IReadOnlyList<Finding> Findings) Play(Mix mix, int seed)
    {
        (MixTally, IReadOnlyList<Finding>) result = default;
        SingleThread.Run(async () => result = await PlayAsync(mix, seed));
        return result;
    }

    private static async Task<(MixTally, IReadOnlyList<Finding>)> PlayAsync(Mix mix, int seed)
    {
        var (random, time) = (new Random(seed), new VirtualTime());
        var people = mix.Zones.Select((_, i) => new Person(UserId.From(Some(random)), $"Person {i + 1}")).ToList();
        var server = await SimulatedServer.FoundAsync(OrganizationId.From(Some(random)), people[0], time);
        foreach (var person in people.Skip(1)) await server.SetRoleAsync(person, Role.Member);
        var cast = new Cast(server, people, time, random, new Counts());
        var week = new Week(mix, seed, server, cast, new Agenda(time), random);
        await week.BeginAsync();
        var begun = server.Log.Head!.Seq;
        week.PlanAll();
        await week.agenda.PlayAsync();
        await Quiet.FallAsync(cast);
        var outcome = new Outcome(cast, await server.TruthAsync());
        return (MixTally.Of(outcome, begun), [.. Promised.SelectMany(check => check.Find(outcome).Take(3).Select(what => new Finding(check.Name, what)))]);
    }

    private Colleague Join(Person person, int number, IReadOnlyList<string> projects)
    {
        // Three people a project, dealt round.
        var own = projects.Where((_, p) => Enumerable.Range(0, 3).Any(k => ((p * 3) + k) % cast.People.Count == number)).ToList();
        var colleague = new Colleague(person, mix.Zones[number], cast.Equip(person), number < mix.Phones ? cast.Equip(person) : null,
            [.. own.Count > 0 ? own : [projects[number % projects.Count]]]);
        foreach (var device in colleague.Devices) device.Clock.Skew = TimeSpan.FromSeconds(mix.Skews[device.Number % mix.Skews.Length]);
        return colleague;
    }

    /// <summary>The tasks that are there on Monday, of everybody some; all devices have them.</summary>
    private async Task BeginAsync()
    {
        foreach (var device in cast.Devices) await device.SyncAsync();
        for (var i = 0; i < mix.Start.Tasks; i++) Write(team[i % team.Count].Computer, work.NewTask(Projects));
        for (var round = 0; round < 2; round++)
            foreach (var device in cast.Devices) await device.SyncAsync();
    }

    private void PlanAll()
    {
        for (var day = 0; day < Days; day++)
        {
            foreach (var together in Together()) PlanGaps(day, together);
            foreach (var who in team)
                for (var i = 0; i < mix.Day.Sittings; i++)
                    agenda.At(Opens(day, who.Zone) + (Hours * random.NextDouble()), () => Sit(who));
        }
        for (var i = 0; i < mix.Meetings; i++) agenda.At(Monday + TimeSpan.FromDays(random.Next(Days)) + TimeSpan.FromHours(14 + (random.NextDouble() * 2)), Meet);
    }

    /// <summary>Devices that lose the network at one time: those of a crew, or each by itself.</summary>
    private IEnumerable<(double Zone, List<Device> Devices)> Together() => mix.Crew == 1
        ? team.SelectMany(who => who.Devices.Select(device => (who.Zone, new List<Device> { device })))
        : team.Chunk(mix.Crew).Select(crew => (crew[0].Zone, crew.SelectMany(who => who.Devices).ToList()));

    private void PlanGaps(int day, (double Zone, List<Device> Devices) together)
    {
        var opens = Opens(day, together.Zone);
        if (random.NextDouble() < mix.DayWithout) Lose(together.Devices, opens, Hours);
        foreach (var (chance, least, most) in mix.Gaps)
        {
            if (random.NextDouble() >= chance) continue;
            var length = TimeSpan.FromMinutes(random.Next(least, most + 1));
            Lose(together.Devices, opens + ((Hours - length) * random.NextDouble()), length);
        }
    }

    private void Lose(List<Device> devices, DateTimeOffset from, TimeSpan length)
    {
        foreach (var device in devices) connections.Lose(device, from, length);
    }

    /// <summary>Somebody takes up a task.</summary>
    private void Sit(Colleague who)
    {
        var device = who.Phone is { } phone && random.NextDouble() < mix.PhoneShare ? phone : who.Computer;
        if (work.Resolve(who, device) is { } resolve) Write(device, resolve);
        if (choice.Of(who, device) is { } task) Change(who, device, task.Id);
    }

    /// <summary>A change of a sitting, and then maybe the next one.</summary>
    private void Change(Colleague who, Device device, TaskId id)
    {
        if (Shown(device, id) is not { } task) return;
        if (work.Next(who, device, task) is { } body) Write(device, body);
        if (random.NextDouble() * mix.Day.Changes < 1) return;
        agenda.At(agenda.Now + TimeSpan.FromSeconds(5 + (random.NextDouble() * 55)), () => Change(who, device, id));
    }

    /// <summary>Four people who are there write one description together.</summary>
    private void Meet()
    {
        var there = team.Where(who => connections.Has(who.Computer) && AtWork(who)).OrderBy(_ => random.Next()).Take(4).ToList();
        if (there.Count < 2 || choice.Hot(there[0].Computer) is not { Count: > 0 } hot) return;
        var task = hot[random.Next(hot.Count)].Id;
        foreach (var who in there)
            for (var at = TimeSpan.Zero; at < TimeSpan.FromMinutes(20); at += TimeSpan.FromSeconds(5 + (random.NextDouble() * 15)))
                agenda.At(agenda.Now + at, () =>
                {
                    if (Shown(who.Computer, task) is { } line) Write(who.Computer, work.Description(line));
                });
    }

    private void Write(Device device, ChangeBody body)
    {
        device.Replica.Write(body);
        connections.Nudge(device);
    }

    private bool AtWork(Colleague who)
    {
        var local = (agenda.Now + TimeSpan.FromHours(who.Zone)).TimeOfDay;
        return local >= Morning && local < Morning + Hours;
    }

    private static TaskLine? Shown(Device device, TaskId task) => device.Store.Read(reading => ReplicaView.Task(reading, task)) is { Deleted: false } line ? line : null;

    private static DateTimeOffset Opens(int day, double zone) => Monday + TimeSpan.FromDays(day) + Morning - TimeSpan.FromHours(zone);

    private static Guid Some(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}

using System.Text;
using System.Text.Json;
using TaskGrid.Contracts;
using TaskGrid.Sync;
using TaskGrid.Sync.Tests;

namespace TaskGrid.Client.Tests;

/// <summary>Snapshots, states and digests: what a client takes over, and what it throws away.</summary>
public sealed class WholeStateTests : IDisposable
{
    private readonly World world = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => world.Dispose();

    [Fact(DisplayName = "[PL8] States in pages are taken over after the last page, in one transaction, or not at all")]
    public async Task Pages()
    {
        var (ana, ben) = (world.DeviceOf(world.Ana), world.DeviceOf(world.Ben));
        await world.ConvergeAsync();
        for (var i = 0; i < 5; i++) ana.Create($"task {i}");
        await ana.SyncAsync();
        (world.Server.AnswersStates, world.Server.StatesInPage) = (true, 2);
        (ben.Transport.CutAt, ben.Transport.How) = (ben.Transport.Requests + 2, Cut.AnswerLost);

        Assert.IsType<SyncOutcome.NotNow>(await ben.SyncAsync());
        Assert.Empty(ben.Confirmed);
        ben.Transport.Pulls.Clear();
        await ben.SyncAsync();

        Assert.Equal(world.Server.Tasks.Values.OrderBy(line => line.Id).Select(Json), ben.Confirmed.Select(Json));
        Assert.Equal(world.Server.Head, ben.Mark.Base);
        Assert.Equal(3, ben.Transport.Pulls.Count);
        Assert.All(ben.Transport.Pulls.Skip(1), pull => Assert.NotNull(pull.After));
    }

    public static IEnumerable<TheoryDataRow<string>> Snapshots => VectorFile.Tests("snapshots.json");

    [Theory]
    [MemberData(nameof(Snapshots))]
    public async Task What_becomes_of_a_snapshot_is_as_the_vectors_say(string name)
    {
        var vector = VectorFile.Case("snapshots.json", name);
        var lines = vector.GetProperty("lines").EnumerateArray().Select(line => line.GetRawText()).ToList();

        var reply = await ReadAsync(lines);

        Assert.Equal(vector.GetProperty("expect").GetString(), reply switch
        {
            Reply<Snapshot>.Answered => "taken",
            Reply<Snapshot>.NotUnderstood => "stops",
            _ => "thrown away",
        });
        if (reply is Reply<Snapshot>.Answered { Value: var read }) Assert.Equal(lines.Count - 1, read.Tasks.Count + read.Members.Count + read.Definitions.Count);
    }

    [Fact(DisplayName = "[PL10] A client that meets what it does not know applies nothing more, keeps its outbox and asks to be updated")]
    public async Task Unknown()
    {
        var (ana, ben) = (world.DeviceOf(world.Ana), world.DeviceOf(world.Ben));
        var task = ana.Create("fence");
        await world.ConvergeAsync();
        var held = ben.Mark.Base;
        ana.Type(task, Fields.Title, "The fence");
        await ana.SyncAsync();
        ben.Transport.SpeaksOfNewThings = true;

        Assert.IsType<SyncOutcome.UpgradeNeeded>(await ben.SyncAsync());
        ben.Write(new ChangeBody.Set(task, Fields.Status, FieldValue.Of("doing")));

        Assert.Equal((held, "fence"), (ben.Mark.Base, ben.Confirmed[0].Title));
        Assert.Single(ben.Store.Read(reading => reading.Pending()));
        var frame = """{"type":"changes","from":3,"to":4,"changes":[{"seq":4,"op":"fly"}]}""";
        Assert.Equal(4426, Assert.IsType<LiveFrame.Closed>(LiveFrameReader.Read(Encoding.UTF8.GetBytes(frame))).Code);
    }

    [Fact(DisplayName = "[DG2] Where the digest differs a snapshot is taken, at most once in ten minutes, the outbox is kept and it is reported")]
    public async Task DigestDiffers()
    {
        var ana = world.DeviceOf(world.Ana);
        var task = ana.Create("fence");
        await ana.SyncAsync();
        var told = new List<SyncEvent>();
        var clock = new SettableTime(TimeProvider.System.GetUtcNow());
        var exchange = new SyncExchange(ana.Store, ana.Transport, clock, new Told(told));
        Damage(ana);
        ana.Write(new ChangeBody.Add(task, Fields.Labels, "garden"));

        await SyncAsync(exchange);
        Assert.Equal(world.Server.Digest, TaskDigest.Format(ana.Mark.Digest));
        Assert.Equal(["garden"], ana.Shown(task)!.Labels);
        Assert.Single(told.OfType<SyncEvent.Resynced>());

        Damage(ana);
        await SyncAsync(exchange);
        Assert.NotEqual(world.Server.Digest, TaskDigest.Format(ana.Mark.Digest));
        Assert.Single(told.OfType<SyncEvent.DigestDiffers>());

        clock.Now += TimeSpan.FromMinutes(11);
        await SyncAsync(exchange);
        Assert.Equal(world.Server.Digest, TaskDigest.Format(ana.Mark.Digest));
        Assert.Equal(2, told.OfType<SyncEvent.Resynced>().Count());
    }

    private static void Damage(Device device) => device.Store.Write(writing =>
    {
        writing.Put(writing.Mark with { Digest = writing.Mark.Digest + 1 });
        return true;
    });

    private static async Task SyncAsync(SyncExchange exchange)
    {
        while (await exchange.RunAsync(0, Cancelled) is SyncOutcome.More) { }
    }

    private static async Task<Reply<Snapshot>> ReadAsync(IEnumerable<string> lines)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        return await SnapshotReader.ReadAsync(stream, null, Cancelled);
    }

    private static string Json(TaskLine line) => JsonSerializer.Serialize(line, ContractsJson.Default.TaskLine);

    private sealed class Told(List<SyncEvent> told) : IProgress<SyncEvent>
    {
        public void Report(SyncEvent value) => told.Add(value);
    }
}

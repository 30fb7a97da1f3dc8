using System.Collections.Immutable;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Client.Tests;

/// <summary>Typing that has not been sent, or not come back: how it is composed, and how it moves over what others wrote.</summary>
public sealed class PendingTextTests : IDisposable
{
    private readonly World world = new();

    public void Dispose() => world.Dispose();

    [Fact(DisplayName = "[TX8] typing is composed while it was never sent: what is shown stays, a request holds the composed edit, and no byte of it ever alters")]
    public async Task Composing()
    {
        var seed = Seed();
        for (var run = 0; run < 12; run++) await new TypingRun(world, new Random(seed + run)).RunAsync();
    }

    [Fact(DisplayName = "[TX8] a text composed while offline is what its keystrokes one by one would have made of it, where nobody else wrote")]
    public async Task ComposedAlone()
    {
        var random = new Random(Seed());
        var ana = world.DeviceOf(world.Ana);
        var task = ana.Create("t", "👩\u200D👧 and e\u0301\r\n");
        var typed = ana.Shown(task)!.Description;
        await ana.SyncAsync();

        for (var i = 0; i < 60; i++)
        {
            var edit = Keystrokes.Next(random, typed);
            typed = TextEdits.Apply(typed, edit);
            ana.Write(new ChangeBody.Text(task, Fields.Description, edit));
        }

        Assert.Single(ana.Store.Read(reading => reading.Pending()));
        await world.ConvergeAsync();
        Assert.Equal(typed, world.Server.Tasks[task].Description);
        Assert.Single(world.Server.Log, change => change.Body is ChangeBody.Text);
    }

    [Fact(DisplayName = "[TX5] pending edits move the same way whether others' edits come in one page or one by one")]
    public async Task OnePage()
    {
        var random = new Random(Seed());
        var between = 0;
        for (var run = 0; run < 6; run++)
        {
            var (ana, ben) = (world.DeviceOf(world.Ana), world.DeviceOf(world.Ben));
            var tasks = new[] { ana.Create("one", "some text"), ana.Create("two", "") };
            await ana.SyncAsync();
            await ben.SyncAsync();
            for (var i = 0; i < 12; i++)
            {
                Type(ana, random, tasks);
                // Some of hers are in the log before his, and their answer is lost, so that they come back among his.
                if (random.Next(3) == 0) await SyncCutAsync(ana);
                Type(ben, random, tasks);
                if (random.Next(2) == 0) await ben.SyncAsync();
            }
            await ben.SyncAsync();
            var twin = world.DeviceOf(world.Ana, ana.Folder);
            var coming = world.Server.Log.Skip((int)ana.Mark.Base).ToImmutableArray();

            Assert.True(ana.Exchange.TakeLive(new LiveFrame.Changes(coming[0].Seq - 1, coming[^1].Seq, coming)));
            foreach (var change in coming) Assert.True(twin.Exchange.TakeLive(new LiveFrame.Changes(change.Seq - 1, change.Seq, [change])));

            Assert.Equal(Outbox(twin), Outbox(ana));
            foreach (var task in tasks) Assert.Equal(twin.Shown(task)!.Description, ana.Shown(task)!.Description);
            between += Enumerable.Range(1, coming.Length - 1).Count(i => IsBy(ana, coming[i]) && !IsBy(ana, coming[i - 1]));
            await ana.SyncAsync();
        }
        Assert.True(between > 3, "none of hers came back after one of his");
    }

    private static bool IsBy(Device device, CanonicalChange change) => change.Origin?.Replica == device.Mark.Replica;

    private static List<(Origin, OutboxState, TextEdit?)> Outbox(Device device) =>
        [.. device.Store.Read(reading => reading.From(reading.Mark.Replica, 1)).Select(row => (row.Origin, row.State, row.Shown))];

    private static void Type(Device device, Random random, TaskId[] tasks)
    {
        var task = tasks[random.Next(tasks.Length)];
        device.Write(new ChangeBody.Text(task, Fields.Description, Keystrokes.Next(random, device.Shown(task)!.Description)));
    }

    private static async Task SyncCutAsync(Device device)
    {
        (device.Transport.CutAt, device.Transport.How) = (device.Transport.Requests + 1, Cut.AnswerLost);
        await device.SyncAsync();
        device.Transport.CutAt = 0;
    }

    private static int Seed()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("TASKGRID_SEED"), out var given) ? given : Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"TASKGRID_SEED={seed}");
        return seed;
    }
}

using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation.Tests.EdgeCases;

public sealed class FullDiskTests
{
    [Theory(DisplayName = "Edge case 7: local storage is full at one write, whichever: that write fails and says so, nothing that was confirmed is lost, and with room again all goes on")]
    [InlineData(1)]
    [InlineData(3)]
    public void Full_at_every_write(int writesWithoutRoom)
    {
        var (at, reached) = (0, true);
        while (reached)
        {
            at++;
            Stage.Play(async stage => reached = await SessionAsync(stage, at, writesWithoutRoom));
        }
        // Ana's own writes and those of her syncs.
        Assert.InRange(at, 12, 60);
    }

    [Fact(DisplayName = "Edge case 7: the program that stays open finds no room for what comes in: it says so, tries again with longer pauses, and goes on by itself when there is room")]
    public async Task The_loop_waits_for_room()
    {
        await using var running = await RunningLoop.StartAsync();
        var says = (await running.NextLiveAsync()).Connect(new LiveFrame.Welcome(0, running.Ana.Mark.History!));
        await running.ToldAsync<SyncEvent.Live>(told => told.Up);
        running.Ana.Store.NextFault = () => DiskFault.Full;
        await running.BenAddsAsync("while the disk is full");
        var log = running.Stage.Log;
        says.TryWrite(new LiveFrame.Changes(log.Count - 1, log.Count, [log[^1]]));
        for (var i = 0; i < 12; i++)
        {
            await running.ToldAsync<SyncEvent.Retrying>(told => told.Detail.Contains("no room", StringComparison.Ordinal));
            running.Time.Pass(TimeSpan.FromMinutes(1));
        }
        Assert.Equal(log.Count - 1, running.Ana.Mark.Base);
        running.Ana.Store.NextFault = () => DiskFault.None;
        running.Time.Pass(TimeSpan.FromMinutes(1));
        await running.ToldAsync<SyncEvent.Pulled>(pulled => pulled.Base == log.Count);
        Assert.Equal(["while the disk is full"], running.AnaSees);
    }

    private static async Task<bool> SessionAsync(Stage stage, int at, int length)
    {
        var (ana, ben) = (await stage.DeviceOf(stage.Ana), await stage.DeviceOf(stage.Ben));
        var task = await stage.CreateAsync(ben, "Paint the fence");
        await ana.SyncAsync();
        var writes = 0;
        ana.Store.NextFault = () => ++writes >= at && writes < at + length ? DiskFault.Full : DiskFault.None;
        var typed = new Typed(ana);
        var (comment, made) = (stage.NewComment(), stage.NewTask());

        typed.Try("garden", () => ana.Type(task, Fields.Title, ana.Shown(task).Title + " garden"));
        typed.Try("comment", () => ana.Comment(task, comment, "Green?"));
        await ana.SyncAsync();
        ben.Type(task, Fields.Title, ben.Shown(task).Title + " blue");
        await ben.SyncAsync();
        typed.Try("label", () => ana.Do(new ChangeBody.Add(task, Fields.Labels, "garden")));
        await ana.SyncAsync();
        typed.Try("made", () => ana.Do(new ChangeBody.Create(made, TaskValues.Titled("Buy paint"))));
        typed.Try("status", () => ana.Set(task, Fields.Status, "doing"));
        await ana.SyncAsync();

        // Not one confirmed thing has gone from Ana's screen, with the disk as it was and before anything is repaired.
        Check(ana, typed);
        var reached = writes >= at;
        await stage.FallQuietAsync();
        foreach (var device in (Device[])[ana, ben]) Check(device, typed);
        Assert.Equal(typed.Confirmed.Count, stage.Log.Count(change => change.User == stage.Ana.Id && change.Origin is not null));
        Assert.Contains("blue", ana.Shown(task).Title, StringComparison.Ordinal);
        Assert.Empty(ana.Refused);
        // At most so many of them can have failed, each with a word.
        Assert.InRange(typed.Failed, 0, length);
        return reached;

        void Check(Device device, Typed typed)
        {
            var shown = device.Shown(task);
            Assert.Equal(typed.Has("garden"), shown.Title.Contains("garden", StringComparison.Ordinal));
            Assert.Equal(typed.Has("comment") ? ["Green?"] : [], shown.Comments.Select(c => c.Body));
            Assert.Equal(typed.Has("label") ? ["garden"] : [], shown.Labels);
            Assert.Equal(typed.Has("status") ? "doing" : null, device.Value(task, Fields.Status));
            Assert.Equal(typed.Has("made"), device.Store.Read(reading => ReplicaView.Task(reading, made)) is { Title: "Buy paint" });
        }
    }

    /// <summary>What Ana did: what her program confirmed, and what it said could not be kept.</summary>
    private sealed class Typed(Device ana)
    {
        public HashSet<string> Confirmed { get; } = [];

        public int Failed { get; private set; }

        public bool Has(string what) => Confirmed.Contains(what);

        public void Try(string what, Action act)
        {
            var before = ana.Mark;
            try
            {
                act();
                Confirmed.Add(what);
            }
            catch (StorageFullException fault)
            {
                // Nothing of it is half there: not even its number is used up.
                Assert.Equal(before, ana.Mark);
                Assert.Contains("no room", fault.Message, StringComparison.Ordinal);
                Failed++;
            }
        }
    }
}

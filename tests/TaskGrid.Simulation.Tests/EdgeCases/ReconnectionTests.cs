using TaskGrid.Client;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Simulation.Tests.EdgeCases;

public sealed class ReconnectionTests
{
    private const int Drops = 1000;
    private const int Broken = 1006;
    private const int SlowDown = 4429;

    [Fact(DisplayName = "Edge case 8: 1,000 live connections break, at once or after some frames: everything arrives once, one connection at a time, nothing is left open")]
    public async Task A_thousand_drops()
    {
        await using var running = await RunningLoop.StartAsync();
        for (var i = 0; i < Drops; i++)
        {
            var live = await running.NextLiveAsync();
            await running.BenAddsAsync($"ben {i}");
            if (i % 10 == 0) running.AnaAdds($"ana {i}");
            live.Connect([.. Frames(running, live.Hello.Since, i)]);
        }
        var last = await running.NextLiveAsync();
        last.Connect(Welcome(running));
        var (head, digest) = (running.Stage.Server.Log.Head!.Seq, TaskDigest.Format(running.Stage.Server.Log.Head.Digest));

        Assert.Equal((head, digest), (running.Ana.Mark.Base, TaskDigest.Format(running.Ana.Mark.Digest)));
        var wanted = Enumerable.Range(0, Drops).Select(i => $"ben {i}").Concat(Enumerable.Range(0, Drops / 10).Select(i => $"ana {i * 10}"));
        Assert.Equal(wanted.Order(), running.AnaSees.Order());
        Assert.Empty(running.Ana.Pending);
        Assert.Equal(1, running.Network.OpenAtMost);
        // To open, to look after it broke, and a poll now and then until the next one.
        Assert.InRange(running.Network.Requests, 2 * Drops, 8 * Drops);
    }

    [Theory(DisplayName = "Edge case 8: where no live connection holds, in an organization where something happens all the time, the client soon asks for one seldom, and learns of everything by polling")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_throws_one_out(bool welcomes)
    {
        await using var running = await RunningLoop.StartAsync();
        var (opened, polled) = (0, 0);
        var end = running.Stage.Time.Now + TimeSpan.FromMinutes(10);
        while (running.Stage.Time.Now < end)
        {
            switch (await running.NextAsync())
            {
                case Asked.Live live:
                    opened++;
                    if (welcomes) live.Connect(Welcome(running), new LiveFrame.Closed(SlowDown));
                    else live.Refuse();
                    break;
                case Asked.Poll poll:
                    running.Time.Pass(TimeSpan.FromSeconds(1));
                    await running.BenAddsAsync($"ben {polled++}");
                    poll.Answer.SetResult();
                    break;
            }
        }
        await running.ToldAsync<SyncEvent.Pulled>(pulled => pulled.Base == running.Stage.Server.Log.Head!.Seq);
        Assert.Equal(600, polled);
        Assert.Equal(polled, running.AnaSees.Count());
        // Doubling from half a second to a minute, each wait being a random part of that.
        Assert.InRange(opened, 10, 60);
    }

    [Fact(DisplayName = "Edge case 8: a connection that held for a while and breaks is opened again at once")]
    public async Task One_that_held()
    {
        await using var running = await RunningLoop.StartAsync();
        for (var i = 0; i < 20; i++) (await running.NextLiveAsync()).Connect(Welcome(running), new LiveFrame.Closed(Broken));
        var live = await running.NextLiveAsync();
        for (var i = 0; i < 20; i++)
        {
            running.ForgetWhatWasTold();
            var says = live.Connect(Welcome(running));
            await running.ToldAsync<SyncEvent.Live>(told => told.Up);
            running.Time.Pass(TimeSpan.FromMinutes(10));
            var broke = running.Stage.Time.Now;
            says.TryWrite(new LiveFrame.Closed(Broken));
            live = await running.NextLiveAsync(pollSeconds: 0.25);
            Assert.InRange(running.Stage.Time.Now - broke, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        }
    }

    private static LiveFrame.Welcome Welcome(RunningLoop running) => new(running.Stage.Server.Log.Head!.Seq, running.Stage.Server.Log.Head.History);

    /// <summary>What a connection brings before it breaks: nothing, a welcome, some of the log, or some of it twice or with a gap.</summary>
    private static List<LiveFrame> Frames(RunningLoop running, long since, int i)
    {
        var frames = new List<LiveFrame>();
        var head = running.Stage.Server.Log.Head!.Seq;
        if (i % 5 > 0) frames.Add(Welcome(running));
        if (i % 5 > 1) frames.Add(Part(running, since, head));
        if (i % 5 == 3) frames.Add(Part(running, since, head));
        if (i % 5 == 4) frames.Add(Part(running, head + 1, head + 1));
        frames.Add(new LiveFrame.Closed(Broken));
        return frames;
    }

    private static LiveFrame.Changes Part(RunningLoop running, long from, long to) => new(from, to, LogReading.Changes(running.Stage.Server.Log, from, to));
}

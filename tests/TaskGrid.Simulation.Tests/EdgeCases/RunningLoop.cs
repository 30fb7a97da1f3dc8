using System.Threading.Channels;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation.Tests.EdgeCases;

/// <summary>Ana's sync loop at work, as in a program that stays open; Ben writes on a device of his own.</summary>
internal sealed class RunningLoop : IAsyncDisposable, IProgress<SyncEvent>
{
    private readonly CancellationTokenSource ending = new();
    private readonly Channel<SyncEvent> told = Channel.CreateUnbounded<SyncEvent>();
    private readonly Task<SyncOutcome> loop;

    private RunningLoop(Stage stage, Device ana, Device ben, LiveNetwork network)
    {
        (Stage, Ana, Ben, Network) = (stage, ana, ben, network);
        Time = new HandTime(stage.Time);
        var wake = new WakeSignal();
        Replica = new Replica(ana.Store, Time, wake);
        loop = new SyncLoop(ana.Store, network, wake, Time, new Random(1), this).RunAsync(ending.Token);
    }

    public Stage Stage { get; }

    public Device Ana { get; }

    public Device Ben { get; }

    public LiveNetwork Network { get; }

    public HandTime Time { get; }

    /// <summary>What Ana writes with.</summary>
    public Replica Replica { get; }

    public static async Task<RunningLoop> StartAsync()
    {
        var stage = await Stage.SetAsync();
        var turns = new SemaphoreSlim(1);
        LiveNetwork? network = null;
        var ben = await stage.DeviceOf(stage.Ben, server => new LiveNetwork(server, turns));
        var ana = await stage.DeviceOf(stage.Ana, server => network = new LiveNetwork(server, turns));
        return new RunningLoop(stage, ana, ben, network!);
    }

    /// <summary>The titles that Ana sees.</summary>
    public IEnumerable<string> AnaSees => Ana.Store.Read(ReplicaView.Tasks).Select(task => task.Line.Title);

    /// <summary>Ben adds a task, and the server has it.</summary>
    public Task BenAddsAsync(string title) => Stage.CreateAsync(Ben, title);

    /// <summary>Ana adds a task, and does not wait.</summary>
    public void AnaAdds(string title) =>
        Assert.IsType<WriteOutcome.Written>(Replica.Write(new ChangeBody.Create(Stage.NewTask(), TaskValues.Titled(title))));

    /// <summary>Waits until the loop wants a live connection. Polls before that end after a while without news.</summary>
    public async Task<Asked.Live> NextLiveAsync(double pollSeconds = 30)
    {
        while (true)
        {
            var next = await NextAsync();
            if (next is Asked.Live live) return live;
            Time.Pass(TimeSpan.FromSeconds(pollSeconds));
            ((Asked.Poll)next).Answer.SetResult();
        }
    }

    /// <summary>What the loop asks next.</summary>
    public Task<Asked> NextAsync() => BeforeItEndsAsync(Network.NextAsync(TestContext.Current.CancellationToken));

    /// <summary>Waits until the loop tells something of this kind that fits.</summary>
    public async Task ToldAsync<T>(Func<T, bool> fits) where T : SyncEvent
    {
        while (await BeforeItEndsAsync(told.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask()) is not T value || !fits(value))
        {
            // What else it tells is not waited for.
        }
    }

    /// <summary>A loop that ended by itself says and asks nothing any more: then its end is the answer.</summary>
    private async Task<T> BeforeItEndsAsync<T>(Task<T> awaited) =>
        await Task.WhenAny(awaited, loop) == loop ? throw new InvalidOperationException($"the loop ended: {await loop}") : await awaited;

    /// <summary>What was told until now is not waited for.</summary>
    public void ForgetWhatWasTold()
    {
        while (told.Reader.TryRead(out _))
        {
            // Told before.
        }
    }

    public void Report(SyncEvent value) => told.Writer.TryWrite(value);

    /// <summary>The loop ends because it is told to, not by itself, and leaves nothing behind.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop);
        ending.Dispose();
        Assert.Equal((0, 0), (Network.OpenNow, Time.Armed));
        using var lead = Ana.Store.TryLead();
        Assert.NotNull(lead);
    }
}

using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation;

/// <summary>One device of one person: a disk, a clock, and the real client engine between them and the network.</summary>
internal class Device : IDisposable
{
    private readonly Func<ReplicaId> freshId;
    private SyncExchange exchange;

    public Device(int number, Person person, IDisk store, ITransport server, TimeProvider world, Weather weather, Func<ReplicaId> freshId, Counts counts)
    {
        (Number, Person, Store, this.freshId, Counts) = (number, person, store, freshId, counts);
        Clock = new DeviceClock(world);
        Network = new Network(server, weather);
        Replica = new Replica(Store, Clock, Wake);
        exchange = Start();
    }

    public int Number { get; }

    public Person Person { get; }

    public DeviceClock Clock { get; }

    public IDisk Store { get; }

    public Network Network { get; }

    public Replica Replica { get; }

    /// <summary>It is at a sync now: a process has one at a time.</summary>
    public bool Syncing { get; private set; }

    /// <summary>How the last sync ended; null where the process died in it.</summary>
    public SyncOutcome? Last { get; private set; }

    /// <summary>What it should have done by itself and did not; null where there is nothing.</summary>
    public string? Stalled { get; protected set; }

    public ReplicaMark Mark => Store.Read(reading => reading.Mark);

    protected Counts Counts { get; }

    protected WakeSignal Wake { get; } = new();

    /// <summary>Syncs until there is nothing more to do now. A process that dies in it is started again, and knows only what is on disk.</summary>
    public virtual async Task SyncAsync()
    {
        Syncing = true;
        try
        {
            var rounds = 0;
            do Last = await exchange.RunAsync(waitSeconds: 0, CancellationToken.None);
            while (Last is SyncOutcome.More && ++rounds < 200);
            if (Last is SyncOutcome.AccessLost) Counts.Add(Count.AccessLost);
        }
        catch (ProcessDiedException)
        {
            Counts.Add(Count.DeviceCrashed);
            Restart();
        }
        catch (IOException)
        {
            Counts.Add(Count.DiskFull);
            Last = null;
        }
        finally
        {
            Syncing = false;
        }
    }

    /// <summary>Nothing breaks any more: syncs until it stands where the others do, who are at least at <paramref name="head"/>.</summary>
    public virtual Task SettleAsync(long head) => SyncAsync();

    /// <summary>Takes a frame of a live connection in, as the sync loop does.</summary>
    public void TakeFrame(LiveFrame.Changes frame)
    {
        try
        {
            Counts.Add(exchange.TakeLive(frame) ? Count.FramesTaken : Count.FramesLostOrTwice);
        }
        catch (ProcessDiedException)
        {
            Counts.Add(Count.DeviceCrashed);
            Restart();
        }
        catch (IOException)
        {
            Counts.Add(Count.DiskFull);
        }
    }

    /// <summary>What a restarted process has: the same disk, nothing in memory.</summary>
    public virtual void Restart()
    {
        Last = null;
        exchange = Start();
    }

    public virtual void Dispose() => Store.Dispose();

    /// <summary>Counts what the engine tells.</summary>
    protected virtual void Notice(SyncEvent happened)
    {
        if (happened is SyncEvent.Renamed) Counts.Add(Count.ReplicaRenamed);
        if (happened is SyncEvent.Resynced) Counts.Add(Count.Resynced);
    }

    protected IProgress<SyncEvent> Watching() => new Watch(this);

    private SyncExchange Start() => new(Store, Network, Clock, Watching(), freshId);

    private sealed class Watch(Device device) : IProgress<SyncEvent>
    {
        public void Report(SyncEvent value) => device.Notice(value);
    }
}

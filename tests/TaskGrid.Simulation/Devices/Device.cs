using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation;

/// <summary>One device of one person: a disk, a clock, and the real client engine between them and the network.</summary>
internal sealed class Device
{
    private readonly Weather weather;
    private readonly Func<ReplicaId> freshId;
    private readonly Counts counts;
    private SyncExchange exchange;

    public Device(int number, Person person, MemoryState first, ITransport server, TimeProvider world, Weather weather, Func<ReplicaId> freshId, Counts counts)
    {
        (Number, Person, this.weather, this.freshId, this.counts) = (number, person, weather, freshId, counts);
        Clock = new DeviceClock(world);
        Store = new MemoryReplicaStore(first);
        Network = new Network(server, weather);
        Replica = new Replica(Store, Clock, new WakeSignal());
        exchange = Start();
    }

    public int Number { get; }

    public Person Person { get; }

    public DeviceClock Clock { get; }

    public MemoryReplicaStore Store { get; }

    public Network Network { get; }

    public Replica Replica { get; }

    /// <summary>It is at a sync now: a process has one at a time.</summary>
    public bool Syncing { get; private set; }

    /// <summary>How the last sync ended; null where the process died in it.</summary>
    public SyncOutcome? Last { get; private set; }

    public ReplicaMark Mark => Store.State.Mark;

    /// <summary>Syncs until there is nothing more to do now. A process that dies in it is started again, and knows only what is on disk.</summary>
    public async Task SyncAsync()
    {
        Syncing = true;
        try
        {
            var rounds = 0;
            do Last = await exchange.RunAsync(waitSeconds: 0, CancellationToken.None);
            while (Last is SyncOutcome.More && ++rounds < 200);
            if (Last is SyncOutcome.AccessLost) counts.Add(Count.AccessLost);
        }
        catch (ProcessDiedException)
        {
            counts.Add(Count.DeviceCrashed);
            Restart();
        }
        catch (IOException)
        {
            counts.Add(Count.DiskFull);
            Last = null;
        }
        finally
        {
            Syncing = false;
        }
    }

    /// <summary>Takes a frame of a live connection in, as the sync loop does.</summary>
    public void TakeFrame(LiveFrame.Changes frame)
    {
        try
        {
            counts.Add(exchange.TakeLive(frame) ? Count.FramesTaken : Count.FramesLostOrTwice);
        }
        catch (ProcessDiedException)
        {
            counts.Add(Count.DeviceCrashed);
            Restart();
        }
        catch (IOException)
        {
            counts.Add(Count.DiskFull);
        }
    }

    /// <summary>What a restarted process has: the same disk, nothing in memory.</summary>
    public void Restart()
    {
        Last = null;
        exchange = Start();
    }

    private SyncExchange Start() => new(Store, Network, Clock, new Watch(counts), freshId);

    private sealed class Watch(Counts counts) : IProgress<SyncEvent>
    {
        public void Report(SyncEvent value)
        {
            if (value is SyncEvent.Renamed) counts.Add(Count.ReplicaRenamed);
            if (value is SyncEvent.Resynced) counts.Add(Count.Resynced);
        }
    }
}

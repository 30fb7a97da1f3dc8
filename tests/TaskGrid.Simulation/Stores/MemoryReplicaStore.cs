using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation;

/// <summary>
/// The store's contract in memory, held to the same conformance suite as SQLite. Its disk is one value, so that it can be copied, torn
/// off before or after a commit, or be full.
/// </summary>
public sealed class MemoryReplicaStore : IDisk
{
    private readonly Dictionary<(string? History, long Seq), (Origin Origin, TextEdit Shown)> cameBack = [];
    private long version;
    private bool led;
    private readonly Lock gate = new();

    /// <summary>A store with this on its disk.</summary>
    public MemoryReplicaStore(MemoryState first)
    {
        var writing = new MemoryWriting(first);
        writing.Put(first.Mark);
        writing.Flush();
        State = writing.State;
    }

    /// <summary>What is on the disk.</summary>
    public MemoryState State { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<(string? History, long Seq), (Origin Origin, TextEdit Shown)> CameBack => cameBack;

    /// <inheritdoc/>
    public Func<DiskFault> NextFault { get; set; } = () => DiskFault.None;

    /// <inheritdoc/>
    public T Read<T>(Func<IReplicaReading, T> read) => Alone(() => read(new MemoryReading(State)));

    /// <inheritdoc/>
    public T Write<T>(Func<IReplicaWriting, T> write) => Alone(() =>
    {
        var fault = NextFault();
        var writing = new MemoryWriting(State);
        var result = write(writing);
        writing.Flush();
        if (fault == DiskFault.Full) throw new StorageFullException(new IOException("the disk is full"));
        if (fault == DiskFault.DiesBefore) throw new ProcessDiedException();
        // A log that came back from a backup is taken over whole: what it holds is settled by its number, and was not shown on the way.
        var sameLog = State.Mark.History is null || State.Mark.History == writing.State.Mark.History;
        State = writing.State;
        foreach (var row in sameLog ? writing.CameBack : []) cameBack[(State.Mark.History, row.Seq!.Value)] = (row.Origin, row.Shown!);
        version++;
        return fault == DiskFault.DiesAfter ? throw new ProcessDiedException() : result;
    });

    /// <inheritdoc/>
    public long Version() => version;

    /// <inheritdoc/>
    public IDisposable? TryLead()
    {
        if (led) return null;
        led = true;
        return new Lead(this);
    }

    IDisk IDisk.Copy() => new MemoryReplicaStore(State);

    /// <inheritdoc/>
    public void Dispose() => led = false;

    /// <summary>One at a time, whichever thread it is on. Callbacks never nest: SQLite would throw or wait for itself.</summary>
    private T Alone<T>(Func<T> work)
    {
        if (gate.IsHeldByCurrentThread) throw new InvalidOperationException("a callback of the store calls the store");
        lock (gate) return work();
    }

    private sealed class Lead(MemoryReplicaStore store) : IDisposable
    {
        public void Dispose() => store.led = false;
    }
}

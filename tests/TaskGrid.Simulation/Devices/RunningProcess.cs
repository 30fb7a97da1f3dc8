using TaskGrid.Client;

namespace TaskGrid.Simulation;

/// <summary>What one process of a device sees of its disk: nothing any more once it is dead, whatever it was waiting for then.</summary>
internal sealed class RunningProcess(IReplicaStore disk) : IReplicaStore
{
    private readonly CancellationTokenSource dying = new();
    private IDisposable? lead;

    /// <summary>Is cancelled when it dies.</summary>
    public CancellationToken Dying => dying.Token;

    /// <summary>It is gone, and what it had locked with it.</summary>
    public void Die()
    {
        if (dying.IsCancellationRequested) return;
        dying.Cancel();
        Release();
    }

    public T Read<T>(Func<IReplicaReading, T> read) => Living().Read(read);

    public T Write<T>(Func<IReplicaWriting, T> write) => Living().Write(write);

    public long Version() => Living().Version();

    public IDisposable? TryLead()
    {
        lead = Living().TryLead();
        return lead is null ? null : new Lead(this);
    }

    public void Dispose() => Die();

    private IReplicaStore Living() => dying.IsCancellationRequested ? throw new ProcessDiedException() : disk;

    private void Release()
    {
        lead?.Dispose();
        lead = null;
    }

    private sealed class Lead(RunningProcess process) : IDisposable
    {
        public void Dispose() => process.Release();
    }
}

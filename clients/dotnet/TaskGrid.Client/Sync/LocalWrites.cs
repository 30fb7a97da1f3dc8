namespace TaskGrid.Client;

/// <summary>Notices new changes in the outbox: those of this process at once, those of other processes within a quarter of a second.</summary>
internal sealed class LocalWrites(IReplicaStore store, WakeSignal wake, TimeProvider time)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

    /// <summary>Completes once there is something to send.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var version = store.Version();
        while (store.Read(reading => reading.Unanswered()) == 0)
        {
            while (store.Version() is var now && now == version)
                if (await WokenAsync(cancellationToken)) break;
            version = store.Version();
        }
    }

    private async Task<bool> WokenAsync(CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var woken = wake.WaitAsync(done.Token);
        var first = await Task.WhenAny(woken, Task.Delay(Between, time, done.Token));
        await done.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return first == woken;
    }
}

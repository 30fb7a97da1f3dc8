namespace TaskGrid.Client;

/// <summary>Wakes the sync loop. Waking the awake is remembered once.</summary>
public sealed class WakeSignal
{
    private readonly Lock gate = new();
    private TaskCompletionSource waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Wakes whoever waits, or the next one who does.</summary>
    public void Set()
    {
        lock (gate) waiting.TrySetResult();
    }

    /// <summary>Completes at the next <see cref="Set"/>, or at once if it came since the last wait completed.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        Task current;
        lock (gate) current = waiting.Task;
        await current.WaitAsync(cancellationToken);
        lock (gate)
        {
            if (waiting.Task == current) waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}

namespace TaskGrid.Simulation;

/// <summary>What happens when, in virtual time.</summary>
internal sealed class Agenda(VirtualTime time)
{
    private readonly PriorityQueue<Func<Task>, (DateTimeOffset At, long Order)> queue = new();
    private long entries;

    /// <summary>The time of the world.</summary>
    public DateTimeOffset Now => time.Now;

    /// <summary>Notes something down.</summary>
    public void At(DateTimeOffset at, Func<Task> what) => queue.Enqueue(what, (at, entries++));

    /// <summary>Notes something down that takes no time.</summary>
    public void At(DateTimeOffset at, Action what) => At(at, () =>
    {
        what();
        return Task.CompletedTask;
    });

    /// <summary>Lets time pass until nothing is left to happen.</summary>
    public async Task PlayAsync()
    {
        while (queue.TryDequeue(out var what, out var when))
        {
            if (when.At > time.Now) time.Pass(when.At - time.Now);
            await what();
        }
    }
}

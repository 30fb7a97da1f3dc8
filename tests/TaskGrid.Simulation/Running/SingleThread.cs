namespace TaskGrid.Simulation;

/// <summary>
/// Runs asynchronous code on the calling thread, one continuation after the other in the order in which they became ready. With it,
/// whatever happens at once happens in the same order at every run of a seed.
/// </summary>
internal sealed class SingleThread : TaskScheduler
{
    private readonly Queue<Task> ready = new();
    private readonly Thread thread = Thread.CurrentThread;

    /// <summary>Runs the work to its end.</summary>
    /// <exception cref="InvalidOperationException">It waits for something that nobody here will ever do.</exception>
    public static void Run(Func<Task> work)
    {
        var scheduler = new SingleThread();
        var whole = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.None, scheduler).Unwrap();
        while (!whole.IsCompleted)
        {
            if (!scheduler.ready.TryDequeue(out var next)) throw new InvalidOperationException("nothing is left to do, and the work has not ended");
            scheduler.TryExecuteTask(next);
        }
        whole.GetAwaiter().GetResult();
    }

    protected override void QueueTask(Task task)
    {
        if (Thread.CurrentThread != thread) throw new InvalidOperationException("a continuation came from another thread: the order would not repeat");
        ready.Enqueue(task);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => ready;
}

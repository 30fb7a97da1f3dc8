namespace TaskGrid.Simulation.Tests.EdgeCases;

/// <summary>The time of a simulated world with timers, which fire when a test lets it pass.</summary>
internal sealed class HandTime(VirtualTime world) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly HashSet<HandTimer> armed = [];

    /// <summary>Timers that wait.</summary>
    public int Armed
    {
        get
        {
            lock (gate) return armed.Count;
        }
    }

    public override long TimestampFrequency => world.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => world.GetUtcNow();

    public override long GetTimestamp() => world.GetTimestamp();

    /// <summary>Time passes; timers fire in their order.</summary>
    public void Pass(TimeSpan time)
    {
        var end = world.Now + time;
        while (Take(end) is { } timer)
        {
            if (timer.Due > world.Now) world.Pass(timer.Due - world.Now);
            timer.Fire();
        }
        if (end > world.Now) world.Pass(end - world.Now);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan) throw new NotSupportedException("nobody here asks for a period");
        var timer = new HandTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private HandTimer? Take(DateTimeOffset end)
    {
        lock (gate)
        {
            var next = armed.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            if (next is not null) armed.Remove(next);
            return next;
        }
    }

    private sealed class HandTimer(HandTime time, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.gate)
            {
                time.armed.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                Due = time.GetUtcNow() + dueTime;
                return time.armed.Add(this);
            }
        }

        public void Dispose()
        {
            lock (time.gate) time.armed.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

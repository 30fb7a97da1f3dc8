namespace TaskGrid.Client;

/// <summary>How long to wait after failures: exponential with full jitter, or what the server asked for and a little more.</summary>
public sealed class Backoff(Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(60);
    private const double Spread = 0.25;
    private int failures;

    /// <summary>It worked: the next wait is a first one.</summary>
    public void Reset() => failures = 0;

    /// <summary>How long to wait now. Clients that failed together come back apart.</summary>
    public TimeSpan Next(TimeSpan? asked)
    {
        var most = Math.Min(First.TotalMilliseconds * Math.Pow(2, Math.Min(failures++, 16)), Most.TotalMilliseconds);
        if (asked is { } time && time > TimeSpan.Zero) return time * (1 + (random.NextDouble() * Spread));
        return TimeSpan.FromMilliseconds(most * random.NextDouble());
    }
}

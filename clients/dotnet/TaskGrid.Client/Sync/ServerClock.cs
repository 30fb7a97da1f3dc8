namespace TaskGrid.Client;

/// <summary>Learns how far the device's clock is off the server's, from the exchange with the shortest way there and back.</summary>
internal sealed class ServerClock(TimeProvider time)
{
    private static readonly TimeSpan Jump = TimeSpan.FromMilliseconds(500);
    private TimeSpan shortest = TimeSpan.MaxValue;
    private (DateTimeOffset Wall, long Ticks)? last;

    /// <summary>Milliseconds to add to the device's clock; null before the first exchange.</summary>
    public long? Offset { get; private set; }

    /// <summary>An exchange begins.</summary>
    public DateTimeOffset Begin()
    {
        var now = time.GetUtcNow();
        // The clock was set meanwhile: what was learned of it is worth nothing.
        if (last is { } known && (now - known.Wall - time.GetElapsedTime(known.Ticks)).Duration() > Jump) shortest = TimeSpan.MaxValue;
        last = (now, time.GetTimestamp());
        return now;
    }

    /// <summary>It ended, and the server's time was this.</summary>
    public void End(DateTimeOffset sent, DateTimeOffset server)
    {
        var received = time.GetUtcNow();
        if (received - sent > shortest) return;
        shortest = received - sent;
        Offset = (long)(server - (sent + (shortest / 2))).TotalMilliseconds;
    }
}

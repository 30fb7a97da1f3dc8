namespace TaskGrid.Client;

/// <summary>Learns how far the device's clock is off the server's, from the exchange with the shortest way there and back.</summary>
/// <remarks>
/// The way is measured by a clock that nobody sets. What an exchange says is off by half its way at most:
/// <code>
///    sent ------ server's time ------ received        offset = server's time − (sent + way / 2)  ±  way / 2
/// </code>
/// So where two exchanges cannot both be right, the device's clock was set in between, and only the later one is.
/// </remarks>
internal sealed class ServerClock(TimeProvider time)
{
    // Whole milliseconds are kept of either measurement.
    private const double Rounding = 2;
    private TimeSpan shortest = TimeSpan.MaxValue;

    /// <summary>Milliseconds to add to the device's clock; null before the first exchange.</summary>
    public long? Offset { get; private set; }

    /// <summary>An exchange begins.</summary>
    public Sending Begin() => new(time.GetUtcNow(), time.GetTimestamp());

    /// <summary>It ended, and the server's time was this.</summary>
    public void End(Sending begun, DateTimeOffset server)
    {
        var way = time.GetElapsedTime(begun.Timestamp);
        var offset = (long)(server - (begun.Sent + (way / 2))).TotalMilliseconds;
        if (way > shortest && !WasSet(offset, way)) return;
        (shortest, Offset) = (way, offset);
    }

    private bool WasSet(long offset, TimeSpan way) =>
        Math.Abs(offset - Offset!.Value) > ((way + shortest).TotalMilliseconds / 2) + Rounding;

    /// <summary>When an exchange began.</summary>
    /// <param name="Sent">By the device's clock.</param>
    /// <param name="Timestamp">By the clock that nobody sets.</param>
    public readonly record struct Sending(DateTimeOffset Sent, long Timestamp);
}

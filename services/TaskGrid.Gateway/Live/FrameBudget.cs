namespace TaskGrid.Gateway.Live;

/// <summary>So many a second, lasting, and ten times as many at once. For one reader; not shared between threads.</summary>
internal sealed class FrameBudget(int perSecond, TimeProvider clock)
{
    private const int Burst = 10;

    private double left = (double)perSecond * Burst;
    private long last = clock.GetTimestamp();

    public bool TrySpend()
    {
        var now = clock.GetTimestamp();
        left = Math.Min((double)perSecond * Burst, left + clock.GetElapsedTime(last, now).TotalSeconds * perSecond);
        last = now;
        if (left < 1) return false;
        left--;
        return true;
    }
}

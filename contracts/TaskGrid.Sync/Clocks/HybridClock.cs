using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>
/// A client's hybrid logical clock: it follows the estimate of the server's time, never goes back on its own, and stands above all
/// that its owner has seen. The estimate comes in as data.
/// </summary>
/// <param name="Last">The last stamp that it gave out.</param>
/// <param name="Seen">The highest adjusted stamp that it has seen.</param>
public readonly record struct HybridClock(Stamp Last, Stamp Seen)
{
    /// <summary>Gives out the next stamp: the estimate as it is, unless the clock stands there or above already.</summary>
    /// <param name="estimate">The estimate of the server's time, in unix milliseconds.</param>
    /// <param name="stamp">The stamp.</param>
    /// <returns>The clock from now on.</returns>
    public HybridClock Next(long estimate, out Stamp stamp)
    {
        stamp = Stamp.Max(new Stamp(estimate, 0), Stamp.Max(Last, Seen).Next());
        return this with { Last = stamp };
    }

    /// <summary>The clock after an adjusted stamp was seen: in a result, a canonical change or a snapshot.</summary>
    public HybridClock Observe(Stamp adjusted) => this with { Seen = Stamp.Max(Seen, adjusted) };

    /// <summary>
    /// The clock after the server held one of its stamps, that is after it ran ahead: set down to the higher of what it has seen
    /// and the estimate. It is never set up by this.
    /// </summary>
    public HybridClock SetDown(long estimate)
    {
        Stamp floor = Stamp.Max(Seen, new Stamp(estimate, 0));
        return Last > floor ? this with { Last = floor } : this;
    }
}

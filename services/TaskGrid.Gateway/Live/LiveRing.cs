using System.Diagnostics;
using TaskGrid.Contracts;

namespace TaskGrid.Gateway.Live;

/// <summary>A reason to look at an organization's log.</summary>
/// <param name="From">The head before, where known.</param>
/// <param name="To">The head at least.</param>
/// <param name="Changes">The changes between as a JSON array, where the ring brought them.</param>
/// <param name="Cause">The trace that it belongs to.</param>
/// <param name="IsCheck">Also look whether everybody may still listen.</param>
internal sealed record LiveRing(long From, long To, string? Changes, ActivityContext Cause = default, bool IsCheck = false)
{
    /// <summary>Look, whatever the head is.</summary>
    public static readonly LiveRing Look = new(-1, long.MaxValue, null);

    /// <summary>Look whether everybody may still listen.</summary>
    public static readonly LiveRing Check = new(-1, 0, null, IsCheck: true);

    /// <summary>The head is here.</summary>
    public static LiveRing At(long head) => new(-1, head, null);

    /// <summary>A ring of the bus. One that names no step tells that access has changed beside the log: the organization was closed.</summary>
    public static LiveRing Of(OrganizationAdvanced ring) =>
        new(ring.From, ring.To, ring.Changes, Activity.Current?.Context ?? default, IsCheck: ring.From == ring.To);
}

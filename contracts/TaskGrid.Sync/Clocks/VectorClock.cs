using System.Collections.Immutable;
using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>How two vector clocks stand to each other.</summary>
public enum ClockOrder
{
    /// <summary>Both saw the same.</summary>
    Equal,

    /// <summary>The second saw all that the first saw, and more.</summary>
    Before,

    /// <summary>The first saw all that the second saw, and more.</summary>
    After,

    /// <summary>Each saw something that the other did not.</summary>
    Concurrent,
}

/// <summary>
/// A vector clock: of each replica, how many of its changes were seen. The protocol sends the compact form (<see cref="CausalClock"/>),
/// which says the same as long as clients learn of each other through the log alone; this is what it stands for.
/// </summary>
public sealed class VectorClock : IEquatable<VectorClock>
{
    private readonly ImmutableSortedDictionary<ReplicaId, long> _seen;

    private VectorClock(ImmutableSortedDictionary<ReplicaId, long> seen) => _seen = seen;

    /// <summary>Nothing was seen.</summary>
    public static VectorClock Empty { get; } = new(ImmutableSortedDictionary<ReplicaId, long>.Empty);

    /// <summary>The highest number seen of a replica; 0 if none.</summary>
    public long this[ReplicaId replica] => _seen.GetValueOrDefault(replica);

    /// <summary>The clock of these changes, each with all earlier ones of its replica.</summary>
    public static VectorClock Of(IEnumerable<Origin> changes)
    {
        ImmutableSortedDictionary<ReplicaId, long>.Builder seen = ImmutableSortedDictionary.CreateBuilder<ReplicaId, long>();
        foreach (Origin change in changes)
            if (change.N > seen.GetValueOrDefault(change.Replica)) // an entry of 0 says nothing and would make equal clocks differ
                seen[change.Replica] = change.N;
        return new(seen.ToImmutable());
    }

    /// <summary>What a compact clock stands for.</summary>
    /// <param name="clock">The compact clock of a change.</param>
    /// <param name="author">Its replica and number.</param>
    /// <param name="atBase">The clock of the log up to the base.</param>
    public static VectorClock From(CausalClock clock, Origin author, VectorClock atBase)
    {
        IEnumerable<Origin> own = clock.Replicas.Select(entry => new Origin(entry.Key, entry.Value));
        return atBase.Merge(Of(author.N > 1 ? own.Append(new Origin(author.Replica, author.N - 1)) : own));
    }

    /// <summary>True if the change was seen.</summary>
    public bool Includes(Origin change) => change.N <= this[change.Replica];

    /// <summary>The clock that has seen this change too.</summary>
    public VectorClock Including(Origin change) => Includes(change) ? this : new(_seen.SetItem(change.Replica, change.N));

    /// <summary>The least clock that has seen all that both saw.</summary>
    public VectorClock Merge(VectorClock other) => other._seen.Aggregate(this, (merged, entry) => merged.Including(new Origin(entry.Key, entry.Value)));

    /// <summary>How this clock stands to another.</summary>
    public ClockOrder CompareTo(VectorClock other) => (Within(other), other.Within(this)) switch
    {
        (true, true) => ClockOrder.Equal,
        (true, false) => ClockOrder.Before,
        (false, true) => ClockOrder.After,
        _ => ClockOrder.Concurrent,
    };

    /// <inheritdoc/>
    public bool Equals(VectorClock? other) => other is not null && CompareTo(other) == ClockOrder.Equal;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VectorClock);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (KeyValuePair<ReplicaId, long> entry in _seen)
            hash.Add(entry);
        return hash.ToHashCode();
    }

    private bool Within(VectorClock other) => _seen.All(entry => entry.Value <= other[entry.Key]);
}

using System.Collections.Immutable;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Client;

/// <summary>Where a replica stands. Written in the same transaction as whatever moves it.</summary>
public sealed record ReplicaMark
{
    /// <summary>The organization whose log this store follows.</summary>
    public required OrganizationId Organization { get; init; }

    /// <summary>Whose store it is.</summary>
    public required UserId User { get; init; }

    /// <summary>The replica that new changes belong to.</summary>
    public required ReplicaId Replica { get; init; }

    /// <summary>The number that the next change takes.</summary>
    public long NextN { get; init; } = 1;

    /// <summary>The confirmed state is that of the log at this seq.</summary>
    public long Base { get; init; }

    /// <summary>The log's identity; null before the first answer.</summary>
    public string? History { get; init; }

    /// <summary>The clock that stamps new changes.</summary>
    public HybridClock Clock { get; init; }

    /// <summary>Milliseconds to add to the device's clock for an estimate of the server's.</summary>
    public long ClockOffset { get; init; }

    /// <summary>Digest of the confirmed tasks, as a sum.</summary>
    public ulong Digest { get; init; }

    /// <summary>What the replica carries in its clocks after a fork, until base covers it: former replicas and their last numbers.</summary>
    public ImmutableSortedDictionary<ReplicaId, long> Former { get; init; } = ImmutableSortedDictionary<ReplicaId, long>.Empty;

    /// <summary>When the digest last disagreed and a snapshot was taken, as Unix milliseconds; 0 if never.</summary>
    public long ResyncedAt { get; init; }

    /// <summary>Access was lost: the confirmed state is gone, the outbox is kept.</summary>
    public bool Quarantined { get; init; }

    /// <summary>The last time that a sync reached the head, as Unix milliseconds; 0 if never.</summary>
    public long SyncedAt { get; init; }

    /// <summary>What a change that is made now has seen.</summary>
    public CausalClock Sees => new(Base, Former);
}

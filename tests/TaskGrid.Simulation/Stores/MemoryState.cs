using System.Collections.Immutable;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation;

/// <summary>All that a store holds, as a value: a transaction makes the next one, a crash forgets it, a copied profile shares it.</summary>
public sealed record MemoryState
{
    /// <summary>Where the replica stands.</summary>
    public required ReplicaMark Mark { get; init; }

    internal ImmutableDictionary<TaskId, (TaskLine Line, ulong Term)> Tasks { get; init; } = ImmutableDictionary<TaskId, (TaskLine, ulong)>.Empty;

    internal ImmutableDictionary<DefinitionId, DefinitionLine> Definitions { get; init; } = ImmutableDictionary<DefinitionId, DefinitionLine>.Empty;

    internal ImmutableDictionary<UserId, MemberLine> Members { get; init; } = ImmutableDictionary<UserId, MemberLine>.Empty;

    internal ImmutableDictionary<UserId, string> Emails { get; init; } = ImmutableDictionary<UserId, string>.Empty;

    internal ImmutableDictionary<ConflictId, ConflictNote> Conflicts { get; init; } = ImmutableDictionary<ConflictId, ConflictNote>.Empty;

    internal ImmutableSortedDictionary<long, OutboxRow> Outbox { get; init; } = ImmutableSortedDictionary<long, OutboxRow>.Empty;

    internal ImmutableDictionary<Origin, long> Places { get; init; } = ImmutableDictionary<Origin, long>.Empty;

    internal ImmutableSortedDictionary<long, RejectedChange> Rejected { get; init; } = ImmutableSortedDictionary<long, RejectedChange>.Empty;

    internal ImmutableDictionary<TaskId, ImmutableSortedDictionary<long, JournalEntry>> Journal { get; init; } =
        ImmutableDictionary<TaskId, ImmutableSortedDictionary<long, JournalEntry>>.Empty;

    internal ImmutableList<KnownDevice> Devices { get; init; } = [];

    internal long LastPlace { get; init; }

    internal long LastRejected { get; init; }
}

/// <summary>A change of the outbox with the task that it was made on, and since when it is kept.</summary>
internal sealed record OutboxRow(OutboxChange Change, TaskId? Task, long KeptFrom);

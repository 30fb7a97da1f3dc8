using System.Collections.Immutable;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Domain.Organizations;

/// <summary>An organization at some version: a closed family.</summary>
public abstract record OrganizationState
{
    private OrganizationState() { }

    /// <summary>Never founded.</summary>
    public sealed record Absent : OrganizationState
    {
        /// <summary>The one instance.</summary>
        public static readonly Absent Instance = new();
    }

    /// <summary>Founded.</summary>
    /// <param name="Core">What its own stream says.</param>
    /// <param name="Head">How far the log reaches.</param>
    /// <param name="Replicas">The stores that ever pushed.</param>
    /// <param name="Tree">Every task's place, tombstones included.</param>
    /// <param name="Conflicts">Which task each conflict belongs to.</param>
    public sealed record Present(
        OrganizationCore Core,
        LogHead Head,
        ImmutableDictionary<ReplicaId, ReplicaMark> Replicas,
        TaskTree Tree,
        ImmutableDictionary<ConflictId, ConflictRef> Conflicts) : OrganizationState;
}

/// <summary>What an organization's own stream says of it.</summary>
public sealed record OrganizationCore
{
    /// <summary>Events in its stream.</summary>
    public required long Version { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Closed: nobody is a member.</summary>
    public bool Closed { get; init; }

    /// <summary>Its members.</summary>
    public ImmutableSortedDictionary<UserId, MemberState> Members { get; init; } = ImmutableSortedDictionary<UserId, MemberState>.Empty;

    /// <summary>Projects, labels and views.</summary>
    public ImmutableSortedDictionary<DefinitionId, DefinitionState> Definitions { get; init; } =
        ImmutableSortedDictionary<DefinitionId, DefinitionState>.Empty;
}

/// <summary>A member.</summary>
/// <param name="Name">The name that others see.</param>
/// <param name="Role">The role.</param>
public sealed record MemberState(string Name, Role Role);

/// <summary>A project, label or view.</summary>
/// <param name="Kind">project, label or view.</param>
/// <param name="Seq">The last change that touched it.</param>
/// <param name="Properties">A register each.</param>
public sealed record DefinitionState(string Kind, long Seq, ImmutableSortedDictionary<string, Register> Properties);

/// <summary>How far an organization's log reaches: the fence against a second writer.</summary>
/// <param name="Seq">The last change.</param>
/// <param name="Version">Raised by every commit, also one that only rejects.</param>
/// <param name="Digest">Sum of the tasks' digest terms, modulo 2^64.</param>
/// <param name="History">The log's identity; a restored backup starts a new one.</param>
public sealed record LogHead(long Seq, long Version, ulong Digest, string History);

/// <summary>What the log knows of a replica.</summary>
/// <param name="Replica">The store.</param>
/// <param name="User">Whose it is.</param>
/// <param name="LastN">The highest number that was answered.</param>
/// <param name="LastBase">The highest base of its changes.</param>
public sealed record ReplicaMark(ReplicaId Replica, UserId User, long LastN, long LastBase);

/// <summary>Where a conflict lives.</summary>
/// <param name="Task">Its task.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Field">Its field.</param>
/// <param name="Versions">Its versions, as far as the tree must know them: what each wrote as parent, or whether it deletes.</param>
public sealed record ConflictRef(TaskId Task, string Kind, string? Field, ImmutableSortedDictionary<long, ConflictVersion> Versions)
{
    /// <summary>Deciding it moves, deletes or restores: the organization settles that.</summary>
    public bool ConcernsTree => Field == Fields.Parent || Kind == ConflictKinds.DeletedEdited;

    /// <summary>What the index keeps of a conflict.</summary>
    public static ConflictRef Of(ConflictNote note)
    {
        var concernsTree = note.Field == Fields.Parent || note.Kind == ConflictKinds.DeletedEdited;
        return new ConflictRef(note.Task, note.Kind, note.Field,
            concernsTree ? note.Versions.ToImmutableSortedDictionary(v => v.Seq, v => v) : ImmutableSortedDictionary<long, ConflictVersion>.Empty);
    }
}

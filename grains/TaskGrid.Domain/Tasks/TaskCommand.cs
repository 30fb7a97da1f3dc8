using System.Collections.Immutable;
using TaskGrid.Contracts;

namespace TaskGrid.Domain.Tasks;

/// <summary>What a task is asked to decide: a closed family.</summary>
public abstract record TaskCommand
{
    private TaskCommand() { }

    /// <summary>A person's change of this task.</summary>
    /// <param name="Organization">Whose log; conflict ids are derived from it.</param>
    /// <param name="Subject">The task; a resolve names it only through its conflict.</param>
    /// <param name="Change">As sent; its base raised to that of the author's earlier changes.</param>
    /// <param name="Author">Who.</param>
    /// <param name="Seq">Its place in the log, if all before it in the batch stand.</param>
    /// <param name="Now">The server's time.</param>
    /// <param name="Settlement">What the organization settled of it in the tree; null for what does not concern the tree.</param>
    public sealed record Apply(
        OrganizationId Organization, TaskId Subject, Change Change, Author Author, long Seq, DateTimeOffset Now, Settlement? Settlement)
        : TaskCommand
    {
        /// <summary>Replica and number.</summary>
        public Origin Origin => new(Author.Replica, Change.N);
    }

    /// <summary>A change of another task reaches this one.</summary>
    /// <param name="Organization">Whose log.</param>
    /// <param name="Meta">Of that change.</param>
    /// <param name="By">That task.</param>
    /// <param name="Cascade">How.</param>
    public sealed record Follow(OrganizationId Organization, EventMeta Meta, TaskId By, Cascade Cascade) : TaskCommand
    {
        /// <summary>The id of the conflict that the change makes on this task.</summary>
        public ConflictId IdOf(string kind, TaskId task) => DerivedIds.Conflict(Organization, Meta.Seq, kind, task);
    }
}

/// <summary>How a change of another task reaches a task.</summary>
public enum Cascade
{
    /// <summary>A delete takes it along.</summary>
    TakeAlong,

    /// <summary>A delete of its parent sends it to the top level.</summary>
    GoToTop,

    /// <summary>A restore or a move brings it back.</summary>
    ComeBack,
}

/// <summary>What the organization settled of a change that concerns the tree: a closed family.</summary>
public abstract record Settlement
{
    private Settlement() { }

    /// <summary>A create under a parent, or a move.</summary>
    /// <param name="Outcome">Where it stands now.</param>
    /// <param name="Restored">The tasks that came back by it, this one included.</param>
    public sealed record Placed(Placement Outcome, ImmutableArray<TaskId> Restored) : Settlement;

    /// <summary>A delete.</summary>
    /// <param name="Taken">Subtasks that go along.</param>
    /// <param name="Top">Subtasks that go to the top level.</param>
    public sealed record Removed(ImmutableArray<TaskId> Taken, ImmutableArray<TaskId> Top) : Settlement;

    /// <summary>A restore.</summary>
    /// <param name="Back">What comes back with it.</param>
    /// <param name="ParentCleared">Its parent is deleted: it comes back at the top level.</param>
    public sealed record BroughtBack(ImmutableArray<TaskId> Back, bool ParentCleared) : Settlement;
}

/// <summary>Where a create or a move puts a task.</summary>
public enum Placement
{
    /// <summary>Where it says, if its register's write wins.</summary>
    AsSent,

    /// <summary>At the top level: the parent is deleted.</summary>
    Orphaned,

    /// <summary>Where it was: it would make a loop.</summary>
    Loop,
}

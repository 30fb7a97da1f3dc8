using System.Collections.Immutable;
using TaskGrid.Domain.Tasks;
using TaskGrid.Contracts;

namespace TaskGrid.Domain.Organizations;

/// <summary>A push that entered a batch.</summary>
/// <param name="Author">Who.</param>
/// <param name="Repeated">Answers to what was taken in before.</param>
/// <param name="Changes">What is new, with what is planned for each.</param>
public sealed record PlannedPush(Author Author, ImmutableArray<ChangeResult> Repeated, ImmutableArray<PlannedChange> Changes);

/// <summary>What is planned for a change.</summary>
/// <param name="Received">As received.</param>
/// <param name="Outcome">What is planned.</param>
public sealed record PlannedChange(ReceivedChange Received, PlannedOutcome Outcome);

/// <summary>What is planned for a change: a closed family.</summary>
public abstract record PlannedOutcome
{
    private PlannedOutcome() { }

    /// <summary>It is rejected; it takes no place in the log.</summary>
    /// <param name="Rejection">Why.</param>
    public sealed record Rejected(Rejection Rejection) : PlannedOutcome;

    /// <summary>A task decides it.</summary>
    /// <param name="Task">The task.</param>
    /// <param name="Index">Which of the task's commands it is.</param>
    /// <param name="Seq">Its place in the log.</param>
    public sealed record ByTask(TaskId Task, int Index, long Seq) : PlannedOutcome;

    /// <summary>The organization decided it.</summary>
    /// <param name="Event">What happened.</param>
    /// <param name="Index">Which of the organization's events it is.</param>
    public sealed record ByOrganization(OrganizationEvent Event, int Index) : PlannedOutcome;
}

/// <summary>A batch, settled as far as the organization can: places in the log, tree, definitions, and what each task has to decide.</summary>
/// <param name="Pushes">In the order of arrival.</param>
/// <param name="Tasks">The commands of each touched task, in the order of the log.</param>
/// <param name="Tree">The tree afterwards.</param>
/// <param name="Core">The organization afterwards.</param>
/// <param name="Events">The organization's own events.</param>
/// <param name="Seq">The log's last place afterwards.</param>
public sealed record BatchPlan(
    ImmutableArray<PlannedPush> Pushes,
    ImmutableDictionary<TaskId, ImmutableArray<TaskCommand>> Tasks,
    TaskTree Tree,
    OrganizationCore Core,
    ImmutableArray<OrganizationEvent> Events,
    long Seq);

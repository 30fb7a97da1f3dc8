using System.Collections.Immutable;
using TaskGrid.Contracts;
using TaskGrid.Domain.Organizations;
using TaskGrid.Domain.Tasks;
using TaskGrid.Sync;

namespace TaskGrid.Grains.Ports;

/// <summary>Reads what grains need to decide. Each answer is one consistent state of the log.</summary>
public interface IStateReader
{
    /// <summary>An organization with its replicas, tree and conflict index; <see cref="OrganizationState.Absent"/> if unknown.</summary>
    Task<OrganizationState> LoadOrganizationAsync(OrganizationId organization, CancellationToken cancellationToken);

    /// <summary>How far an organization's log reaches now; null if unknown. Cheap: one row.</summary>
    Task<LogHead?> LoadHeadAsync(OrganizationId organization, CancellationToken cancellationToken);

    /// <summary>The tasks that exist among these, tombstones included.</summary>
    Task<ImmutableArray<TaskState.Present>> LoadTasksAsync(
        OrganizationId organization, ImmutableArray<TaskId> tasks, CancellationToken cancellationToken);

    /// <summary>What became of a replica's numbers with <paramref name="fromN"/> ≤ n ≤ <paramref name="toN"/>, in order; changes that were taken in as the feed has them.</summary>
    Task<ImmutableArray<GivenAnswer>> LoadReceiptsAsync(
        OrganizationId organization, ReplicaId replica, long fromN, long toN, CancellationToken cancellationToken);

    /// <summary>The canonical edits of a text field with seq above <paramref name="since"/>, in order; resolves that replaced the text included.</summary>
    Task<ImmutableArray<TextLogEntry>> LoadTextLogAsync(
        OrganizationId organization, TaskId task, string field, long since, CancellationToken cancellationToken);

    /// <summary>A register of a task with all its steps, also those that its state let go of; empty where the field was never written.</summary>
    Task<Register> LoadRegisterAsync(OrganizationId organization, TaskId task, string field, CancellationToken cancellationToken);
}

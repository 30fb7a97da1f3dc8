using System.Collections.Immutable;
using TaskGrid.Contracts;
using TaskGrid.Domain.Organizations;
using TaskGrid.Domain.Tasks;
using TaskGrid.Grains.Ports;
using TaskGrid.Sync;
using TaskGrid.TestKit;

namespace TaskGrid.Simulation;

/// <summary>Where a commit is cut off.</summary>
internal enum CommitCut
{
    /// <summary>Nowhere.</summary>
    None,

    /// <summary>Nothing reaches the log.</summary>
    Before,

    /// <summary>All of it reaches the log, and nobody hears of it.</summary>
    After,
}

/// <summary>The reference log behind a connection that breaks where it is told to. Every call gives others a turn, as a real one does.</summary>
internal sealed class UnsafeLog(InMemoryEventStore store) : IEventCommitter, IStateReader
{
    /// <summary>What becomes of the next commit.</summary>
    public CommitCut Next { get; set; }

    /// <summary>What happens at the cut beside it; once.</summary>
    public Action? AtCut { get; set; }

    public async Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken)
    {
        var cut = Next;
        Next = CommitCut.None;
        await Task.Yield();
        if (cut == CommitCut.Before) throw Broken("before the commit");
        var outcome = await store.CommitAsync(commit, cancellationToken);
        await Task.Yield();
        return cut == CommitCut.After ? throw Broken("before the answer") : outcome;
    }

    public async Task<OrganizationState> LoadOrganizationAsync(OrganizationId organization, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return await store.LoadOrganizationAsync(organization, cancellationToken);
    }

    public async Task<ImmutableArray<TaskState.Present>> LoadTasksAsync(
        OrganizationId organization, ImmutableArray<TaskId> tasks, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return await store.LoadTasksAsync(organization, tasks, cancellationToken);
    }

    public Task<LogHead?> LoadHeadAsync(OrganizationId organization, CancellationToken cancellationToken) => store.LoadHeadAsync(organization, cancellationToken);

    public Task<Register> LoadRegisterAsync(OrganizationId organization, TaskId task, string field, CancellationToken cancellationToken) =>
        store.LoadRegisterAsync(organization, task, field, cancellationToken);

    public Task<ImmutableArray<GivenAnswer>> LoadReceiptsAsync(
        OrganizationId organization, ReplicaId replica, long fromN, long toN, CancellationToken cancellationToken) =>
        store.LoadReceiptsAsync(organization, replica, fromN, toN, cancellationToken);

    public Task<ImmutableArray<TextLogEntry>> LoadTextLogAsync(
        OrganizationId organization, TaskId task, string field, long since, CancellationToken cancellationToken) =>
        store.LoadTextLogAsync(organization, task, field, since, cancellationToken);

    private IOException Broken(string where)
    {
        AtCut?.Invoke();
        AtCut = null;
        return new IOException($"the connection broke {where}");
    }
}

using System.Collections.Immutable;
using TaskGrid.Contracts;
using TaskGrid.Domain.Organizations;
using TaskGrid.Domain.Tasks;
using TaskGrid.Grains.Ports;
using TaskGrid.Sync;
using TaskGrid.TestKit;

namespace TaskGrid.Grains.Tests;

/// <summary>Where a commit is cut off.</summary>
public enum Cut
{
    /// <summary>Nothing reaches the log.</summary>
    Before,

    /// <summary>All of it reaches the log, but nobody hears of it.</summary>
    After,

    /// <summary>Somebody else wrote first.</summary>
    RaceLost,
}

/// <summary>The reference log with a connection that breaks where a test says.</summary>
public sealed class FaultyEventStore : IEventCommitter, IStateReader
{
    private readonly InMemoryEventStore store = new();
    private readonly Queue<Cut> cuts = new();
    private int reads;

    public int Commits { get; private set; }

    /// <summary>How often a task had to ask the log for edits that it did not hold.</summary>
    public int TextLogReads => reads;

    public InMemoryEventStore Inner => store;

    public void CutNext(params Cut[] next)
    {
        lock (cuts) foreach (var cut in next) cuts.Enqueue(cut);
    }

    public async Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken)
    {
        Cut? cut;
        lock (cuts) cut = cuts.TryDequeue(out var next) ? next : null;
        if (cut == Cut.Before) throw new IOException("the connection broke before the commit");
        if (cut == Cut.RaceLost) return new CommitOutcome.Lost(true, []);
        var outcome = await store.CommitAsync(commit, cancellationToken);
        Commits++;
        return cut == Cut.After ? throw new IOException("the connection broke before the answer") : outcome;
    }

    public Task<OrganizationState> LoadOrganizationAsync(OrganizationId organization, CancellationToken cancellationToken) =>
        store.LoadOrganizationAsync(organization, cancellationToken);

    public Task<ImmutableArray<TaskState.Present>> LoadTasksAsync(
        OrganizationId organization, ImmutableArray<TaskId> tasks, CancellationToken cancellationToken) =>
        store.LoadTasksAsync(organization, tasks, cancellationToken);

    public Task<LogHead?> LoadHeadAsync(OrganizationId organization, CancellationToken cancellationToken) => store.LoadHeadAsync(organization, cancellationToken);

    public Task<Register> LoadRegisterAsync(OrganizationId organization, TaskId task, string field, CancellationToken cancellationToken) =>
        store.LoadRegisterAsync(organization, task, field, cancellationToken);

    public Task<ImmutableArray<GivenAnswer>> LoadReceiptsAsync(
        OrganizationId organization, ReplicaId replica, long fromN, long toN, CancellationToken cancellationToken) =>
        store.LoadReceiptsAsync(organization, replica, fromN, toN, cancellationToken);

    public Task<ImmutableArray<TextLogEntry>> LoadTextLogAsync(
        OrganizationId organization, TaskId task, string field, long since, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref reads);
        return store.LoadTextLogAsync(organization, task, field, since, cancellationToken);
    }
}

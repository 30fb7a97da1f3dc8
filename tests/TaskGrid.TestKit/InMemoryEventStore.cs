using System.Collections.Immutable;
using TaskGrid.Contracts;
using TaskGrid.Domain.Organizations;
using TaskGrid.Domain.Tasks;
using TaskGrid.Grains.Ports;
using TaskGrid.Sync;

namespace TaskGrid.TestKit;

/// <summary>
/// The reference of the log: what <see cref="IEventCommitter"/> and <see cref="IStateReader"/> promise, in a dictionary. Tests of deciders
/// and grains run on it; it is held to the same conformance suite as the log on PostgreSQL. Nothing that serves people uses it.
/// </summary>
public sealed class InMemoryEventStore : IEventCommitter, IStateReader
{
    private readonly Lock gate = new();
    private readonly Dictionary<OrganizationId, InMemoryLog> logs = [];

    /// <inheritdoc />
    public Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken)
    {
        CommitShape.Require(commit);
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            var log = logs.GetValueOrDefault(commit.Organization) ?? InMemoryLog.Empty;
            if (log.FindLoss(commit) is { } lost) return Task.FromResult<CommitOutcome>(lost);
            logs[commit.Organization] = log.With(commit);
            return Task.FromResult<CommitOutcome>(new CommitOutcome.Committed());
        }
    }

    /// <inheritdoc />
    public Task<OrganizationState> LoadOrganizationAsync(OrganizationId organization, CancellationToken cancellationToken) =>
        ReadAsync(organization, log => log.State, cancellationToken);

    /// <inheritdoc />
    public Task<LogHead?> LoadHeadAsync(OrganizationId organization, CancellationToken cancellationToken) =>
        ReadAsync(organization, log => log.Head, cancellationToken);

    /// <inheritdoc />
    public Task<ImmutableArray<TaskState.Present>> LoadTasksAsync(
        OrganizationId organization, ImmutableArray<TaskId> tasks, CancellationToken cancellationToken) =>
        ReadAsync(organization, log => tasks.Distinct().Where(log.Tasks.ContainsKey).Select(task => log.Tasks[task]).ToImmutableArray(), cancellationToken);

    /// <inheritdoc />
    public Task<ImmutableArray<GivenAnswer>> LoadReceiptsAsync(
        OrganizationId organization, ReplicaId replica, long fromN, long toN, CancellationToken cancellationToken) =>
        ReadAsync(organization, log => log.AnswersTo(replica, fromN, toN), cancellationToken);

    /// <inheritdoc />
    public Task<ImmutableArray<TextLogEntry>> LoadTextLogAsync(
        OrganizationId organization, TaskId task, string field, long since, CancellationToken cancellationToken) =>
        ReadAsync(organization, log => log.TextLog(task, field, since), cancellationToken);

    /// <inheritdoc />
    public Task<Register> LoadRegisterAsync(OrganizationId organization, TaskId task, string field, CancellationToken cancellationToken) =>
        ReadAsync(organization, log => log.RegisterOf(task, field), cancellationToken);

    /// <summary>The feed of an organization, in order.</summary>
    public ImmutableList<FeedEntry> FeedOf(OrganizationId organization)
    {
        lock (gate) return logs.TryGetValue(organization, out var log) ? log.Feed : [];
    }

    /// <summary>The events of a stream, in order.</summary>
    public ImmutableArray<object> EventsOf(OrganizationId organization, string stream)
    {
        lock (gate) return logs.TryGetValue(organization, out var log) ? log.EventsOf(stream) : [];
    }

    /// <summary>An organization's whole log as it now is.</summary>
    public InMemoryLog LogOf(OrganizationId organization)
    {
        lock (gate) return logs.GetValueOrDefault(organization) ?? InMemoryLog.Empty;
    }

    /// <summary>Puts a log in the place of what is there, as a restored backup does.</summary>
    public void Restore(OrganizationId organization, InMemoryLog log)
    {
        lock (gate) logs[organization] = log;
    }

    private Task<T> ReadAsync<T>(OrganizationId organization, Func<InMemoryLog, T> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate) return Task.FromResult(read(logs.GetValueOrDefault(organization) ?? InMemoryLog.Empty));
    }
}

using System.Collections.Immutable;
using Npgsql;
using TaskGrid.Contracts;
using TaskGrid.EventStore.Marten.Queries.Search;

namespace TaskGrid.EventStore.Marten.Queries;

/// <summary>The reads of the gateway over the rows that every commit writes.</summary>
public sealed class OrganizationQueries(NpgsqlDataSource database, TimeProvider time) : IOrganizationQueries
{
    /// <inheritdoc/>
    public Task<PullPage?> PullAsync(OrganizationId organization, ReplicaId? replica, long since, int limit, CancellationToken cancellationToken) =>
        LogQueries.PullAsync(database, organization, replica, since, limit, cancellationToken);

    /// <inheritdoc/>
    public Task WriteSnapshotAsync(OrganizationId organization, ReplicaId? replica, Stream output, CancellationToken cancellationToken) =>
        SnapshotQuery.WriteAsync(database, organization, replica, output, cancellationToken);

    /// <inheritdoc/>
    public Task<string?> TextAsync(OrganizationId organization, TaskId task, string field, long since, CancellationToken cancellationToken) =>
        TaskQueries.TextAsync(database, organization, task, field, since, cancellationToken);

    /// <inheritdoc/>
    public Task<string> ConflictsAsync(
        OrganizationId organization, bool openOnly, TaskId? task, string? after, int limit, CancellationToken cancellationToken) =>
        TaskQueries.ConflictsAsync(database, organization, openOnly, task, after, limit, cancellationToken);

    /// <inheritdoc/>
    public Task<string?> HistoryAsync(OrganizationId organization, TaskId task, string? after, int limit, CancellationToken cancellationToken) =>
        TaskQueries.HistoryAsync(database, organization, task, after, limit, cancellationToken);

    /// <inheritdoc/>
    public Task<SearchOutcome> SearchAsync(OrganizationId organization, SearchQuery query, CancellationToken cancellationToken) =>
        TaskSearch.RunAsync(database, organization, query, query.Today ?? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), cancellationToken);

    /// <inheritdoc/>
    public Task<ImmutableDictionary<OrganizationId, long>> HeadsAsync(
        ImmutableArray<OrganizationId> organizations, CancellationToken cancellationToken) =>
        MemberQueries.HeadsAsync(database, organizations, cancellationToken);

    /// <inheritdoc/>
    public Task<ImmutableArray<OrganizationInfo>> MembershipsAsync(UserId user, CancellationToken cancellationToken) =>
        MemberQueries.MembershipsAsync(database, user, cancellationToken);

    /// <inheritdoc/>
    public Task<ImmutableArray<MemberLine>> MembersAsync(OrganizationId organization, CancellationToken cancellationToken) =>
        MemberQueries.MembersAsync(database, organization, cancellationToken);

    /// <inheritdoc/>
    public Task<UserId?> ReplicaOwnerAsync(OrganizationId organization, ReplicaId replica, CancellationToken cancellationToken) =>
        MemberQueries.ReplicaOwnerAsync(database, organization, replica, cancellationToken);
}

using System.Collections.Immutable;
using TaskGrid.Contracts;

namespace TaskGrid.EventStore.Marten.Queries;

/// <summary>Reads for the gateway. Access was checked before; every query is bound to one organization.</summary>
public interface IOrganizationQueries
{
    /// <summary>A page of the log from <paramref name="since"/>. Null for an unknown organization.</summary>
    Task<PullPage?> PullAsync(OrganizationId organization, ReplicaId? replica, long since, int limit, CancellationToken cancellationToken);

    /// <summary>Writes the NDJSON snapshot (head line, definition and member lines, task lines) from one REPEATABLE READ transaction.</summary>
    Task WriteSnapshotAsync(OrganizationId organization, ReplicaId? replica, Stream output, CancellationToken cancellationToken);

    /// <summary>The canonical edits of a text field in (since, to], as JSON <c>{edits:[{seq, replica, n, edit}], to}</c>. Null for an unknown task.</summary>
    Task<string?> TextAsync(OrganizationId organization, TaskId task, string field, long since, CancellationToken cancellationToken);

    /// <summary>Conflicts, as JSON <c>{conflicts:[…], next?}</c>; <paramref name="after"/> is a former page's next.</summary>
    Task<string> ConflictsAsync(OrganizationId organization, bool openOnly, TaskId? task, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>Canonical changes that touched a task, as JSON <c>{entries:[…], next?}</c>. Null for an unknown task.</summary>
    Task<string?> HistoryAsync(OrganizationId organization, TaskId task, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>Searches tasks; keyset paging.</summary>
    Task<SearchOutcome> SearchAsync(OrganizationId organization, SearchQuery query, CancellationToken cancellationToken);

    /// <summary>The heads of these organizations, for gateways that check whether a ring was lost.</summary>
    Task<ImmutableDictionary<OrganizationId, long>> HeadsAsync(ImmutableArray<OrganizationId> organizations, CancellationToken cancellationToken);

    /// <summary>Where a user is a member.</summary>
    Task<ImmutableArray<OrganizationInfo>> MembershipsAsync(UserId user, CancellationToken cancellationToken);

    /// <summary>The members of an organization, by name; addresses are the accounts' affair.</summary>
    Task<ImmutableArray<MemberLine>> MembersAsync(OrganizationId organization, CancellationToken cancellationToken);

    /// <summary>Whose a replica is in an organization; null if nobody pushed with it.</summary>
    Task<UserId?> ReplicaOwnerAsync(OrganizationId organization, ReplicaId replica, CancellationToken cancellationToken);
}

/// <summary>A page of the log, its changes still as JSON text.</summary>
/// <param name="From">The seq that was asked for.</param>
/// <param name="To">The seq that the page reaches.</param>
/// <param name="Head">The log's last seq.</param>
/// <param name="Changes">JSON texts of canonical changes in (From, To].</param>
/// <param name="Taken">The replica's highest number in the state at To or rejected.</param>
/// <param name="Digest">16 hex digits, where To is the head.</param>
/// <param name="History">The log's identity.</param>
public sealed record PullPage(long From, long To, long Head, ImmutableArray<string> Changes, long Taken, string? Digest, string History);

/// <summary>A search.</summary>
/// <param name="User">Who asks: <c>me</c> in a filter.</param>
/// <param name="Filter">In the closed grammar of SPEC.md; null for all that is not deleted.</param>
/// <param name="Text">Full text.</param>
/// <param name="Sort">A field, with <c>-</c> before it for descending.</param>
/// <param name="Cursor">A former page's cursor.</param>
/// <param name="Limit">1 to 500.</param>
public sealed record SearchQuery(UserId User, string? Filter, string? Text, string? Sort, string? Cursor, int Limit)
{
    /// <summary>The day that <c>today</c> is in a filter; null for the date in UTC.</summary>
    public DateOnly? Today { get; init; }
}

/// <summary>What became of a search.</summary>
public abstract record SearchOutcome
{
    private SearchOutcome() { }

    /// <summary>A page.</summary>
    /// <param name="Tasks">JSON texts of task lines.</param>
    /// <param name="Next">The next page's cursor; null at the end.</param>
    public sealed record Found(ImmutableArray<string> Tasks, string? Next) : SearchOutcome
    {
        /// <summary>The seq whose state the page shows.</summary>
        public long Head { get; init; }
    }

    /// <summary>The query is not of the grammar: 400 invalid.</summary>
    /// <param name="Detail">What is wrong and where, for a person.</param>
    public sealed record Invalid(string Detail) : SearchOutcome
    {
        /// <summary>The parameter that is wrong: filter, q, sort, cursor or limit.</summary>
        public string Parameter { get; init; } = "filter";

        /// <summary>With a filter: where the offending token begins, in code points.</summary>
        public int? Position { get; init; }
    }
}

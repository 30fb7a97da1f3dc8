using System.Collections.Immutable;
using TaskGrid.Contracts;
using TaskGrid.Domain.Organizations;
using TaskGrid.Domain.Tasks;

namespace TaskGrid.Grains.Ports;

/// <summary>Writes the log. The only way into it.</summary>
/// <remarks>
/// Atomic and durable: when <see cref="CommitOutcome.Committed"/> is returned, all of the commit is on disk; in every other case, an
/// exception included, either all of it is or nothing. After an exception nobody knows which: throw memory away, reload, and let the
/// receipts answer what was taken in. A commit is refused whole if the head or any stream is not where the commit expects it.
/// </remarks>
public interface IEventCommitter
{
    /// <summary>Appends a commit.</summary>
    Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken);
}

/// <summary>One transaction of one organization.</summary>
public sealed record Commit
{
    /// <summary>Whose log.</summary>
    public required OrganizationId Organization { get; init; }

    /// <summary>The head that must still stand; null where the organization must not exist yet.</summary>
    public required LogHead? Expected { get; init; }

    /// <summary>The head afterwards: version one higher, seq higher by the number of feed entries.</summary>
    public required LogHead Next { get; init; }

    /// <summary>Events, each stream once.</summary>
    public ImmutableArray<StreamAppend> Streams { get; init; } = [];

    /// <summary>One for each change, seq consecutive from the expected head's + 1.</summary>
    public ImmutableArray<FeedEntry> Feed { get; init; } = [];

    /// <summary>One for each change, rejected ones included; a number that has one is never taken in again.</summary>
    public ImmutableArray<Receipt> Receipts { get; init; } = [];

    /// <summary>What is now known of each replica that pushed.</summary>
    public ImmutableArray<ReplicaMark> Replicas { get; init; } = [];

    /// <summary>The touched tasks as they now are.</summary>
    public ImmutableArray<TaskState.Present> Tasks { get; init; } = [];

    /// <summary>The organization's own state, where it changed.</summary>
    public OrganizationCore? Core { get; init; }

    /// <summary>Conflicts that were recorded, joined or resolved, as they now are.</summary>
    public ImmutableArray<ConflictNote> Conflicts { get; init; } = [];
}

/// <summary>Events for one stream.</summary>
/// <param name="Stream">The stream's key (<see cref="StreamKeys"/>).</param>
/// <param name="ExpectedVersion">Events that must be in it before; 0 for a new stream.</param>
/// <param name="Events">Of <see cref="TaskEvent"/> or <see cref="OrganizationEvent"/>.</param>
public sealed record StreamAppend(string Stream, long ExpectedVersion, ImmutableArray<object> Events);

/// <summary>One place in the log.</summary>
/// <param name="Seq">The place.</param>
/// <param name="Stream">The stream of the change's own event.</param>
/// <param name="Version">Its version there.</param>
/// <param name="Task">The task that the change is on.</param>
/// <param name="Also">Other tasks that it touched.</param>
/// <param name="Change">The canonical change.</param>
/// <param name="Json">Its JSON, as pulls and sockets send it.</param>
public sealed record FeedEntry(
    long Seq, string Stream, long Version, TaskId? Task, ImmutableArray<TaskId> Also, CanonicalChange Change, string Json);

/// <summary>
/// What is kept of a number for ever: enough to answer its change sent again, and to tell another change under it, however old the copied
/// profile is that sends it. Of a change that was taken in the answer follows from the feed (ADR 0012).
/// </summary>
/// <param name="Origin">Replica and number.</param>
/// <param name="Hash">SHA-256 of the change's canonical JSON as sent.</param>
/// <param name="Seq">Its place in the log; null if it was rejected.</param>
/// <param name="Rejection">The answer, if it was rejected.</param>
public sealed record Receipt(Origin Origin, ImmutableArray<byte> Hash, long? Seq, ChangeResult? Rejection);

/// <summary>The keys of streams within an organization (the tenant).</summary>
public static class StreamKeys
{
    /// <summary>The organization's own stream.</summary>
    public static string OfOrganization(OrganizationId organization) => $"organization/{organization}";

    /// <summary>A task's stream.</summary>
    public static string OfTask(TaskId task) => $"task/{task}";
}

/// <summary>What became of a commit.</summary>
public abstract record CommitOutcome
{
    private CommitOutcome() { }

    /// <summary>All of it is durable.</summary>
    public sealed record Committed : CommitOutcome;

    /// <summary>Nothing of it is: somebody else wrote. Throw memory away, reload, decide again.</summary>
    /// <param name="HeadMoved">The head did not stand.</param>
    /// <param name="Streams">Streams that were not at their expected version, where known.</param>
    public sealed record Lost(bool HeadMoved, ImmutableArray<string> Streams) : CommitOutcome;
}

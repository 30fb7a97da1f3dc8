using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace TaskGrid.Contracts;

/// <summary>What became of a change.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChangeStatus>))]
public enum ChangeStatus
{
    /// <summary>It took effect as sent; an adjusted stamp alone is still this.</summary>
    [JsonStringEnumMemberName("accepted")]
    Accepted,

    /// <summary>The canonical change differs from the sent one, or a conflict was recorded.</summary>
    [JsonStringEnumMemberName("merged")]
    Merged,

    /// <summary>It changed nothing; its number is used up.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,
}

/// <summary>The answer to one change. Sent again, the change is answered with the same.</summary>
/// <param name="N">Its number.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Seq">Its place in the log; null if rejected.</param>
/// <param name="At">The adjusted stamp; null if rejected.</param>
/// <param name="Conflict">The conflict that it made, joined, closed or flipped; the first of them where there are more.</param>
/// <param name="Code">Why it was rejected: one of <see cref="Codes"/>.</param>
/// <param name="Detail">Why, for a person.</param>
/// <param name="Conflicts">The conflicts beside the first; null where there are none.</param>
public sealed record ChangeResult(
    long N,
    ChangeStatus Status,
    long? Seq = null,
    Stamp? At = null,
    ConflictNote? Conflict = null,
    string? Code = null,
    string? Detail = null,
    ImmutableArray<ConflictNote>? Conflicts = null);

/// <summary>A problem: RFC 9457 with a stable code.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">One of <see cref="Codes"/>.</param>
/// <param name="Title">What is wrong, for a person.</param>
/// <param name="Detail">More of it.</param>
/// <param name="Expected">With <c>gap</c>: the number that a push should start at.</param>
/// <param name="N">With <c>replica_forked</c>: the first number that differs.</param>
/// <param name="Errors">With <c>invalid</c>: per field.</param>
/// <param name="Position">With <c>invalid</c> of a filter: the offset in code points of what is wrong.</param>
public sealed record Problem(
    int Status,
    string Code,
    string Title,
    string? Detail = null,
    long? Expected = null,
    long? N = null,
    ImmutableSortedDictionary<string, string>? Errors = null,
    long? Position = null);

/// <summary>A page of the log.</summary>
/// <param name="From">The seq that was asked for.</param>
/// <param name="To">The seq that the page reaches.</param>
/// <param name="Head">The log's last seq.</param>
/// <param name="More">There is more than this page.</param>
/// <param name="Changes">The canonical changes in (From, To].</param>
/// <param name="Taken">The replica's own highest number that is in the state at <paramref name="To"/> or rejected.</param>
/// <param name="Digest">Of the state at <paramref name="To"/>, where that is the head: 16 hex digits.</param>
/// <param name="History">The log's identity; a restored backup starts a new one.</param>
/// <param name="ServerTime">The server's time.</param>
/// <param name="States">Instead of a long way of changes: whole tasks as of <paramref name="To"/>, tombstones included.</param>
/// <param name="Next">More states follow on the page that begins after this.</param>
public sealed record PullAnswer(
    long From,
    long To,
    long Head,
    bool More,
    ImmutableArray<CanonicalChange> Changes,
    long Taken,
    string? Digest,
    string History,
    DateTimeOffset ServerTime,
    ImmutableArray<TaskLine>? States = null,
    string? Next = null);

/// <summary>The answer to a push. It is durable: committed, on disk.</summary>
/// <param name="Results">One for each change, in the order of n.</param>
/// <param name="Head">The log's last seq.</param>
/// <param name="History">The log's identity.</param>
/// <param name="ServerTime">The server's time.</param>
/// <param name="Pull">What a pull from the push's <c>since</c> would answer.</param>
public sealed record PushAnswer(
    ImmutableArray<ChangeResult> Results,
    long Head,
    string History,
    DateTimeOffset ServerTime,
    PullAnswer? Pull = null);

/// <summary>The first line of a snapshot.</summary>
/// <param name="Seq">The state is as of this.</param>
/// <param name="Count">How many task lines follow.</param>
/// <param name="Taken">As in <see cref="PullAnswer"/>.</param>
/// <param name="Digest">Of the state: 16 hex digits.</param>
/// <param name="History">The log's identity.</param>
public sealed record SnapshotHead(long Seq, long Count, long Taken, string Digest, string History);

using System.Collections.Immutable;
using System.Text.Json;
using TaskGrid.Contracts;

namespace TaskGrid.Client;

/// <summary>The sync requests of the protocol, for one signed-in user.</summary>
/// <remarks>
/// The contract: nothing throws but cancellation; every outcome is a <see cref="Reply{T}"/>. A request may have arrived although its
/// reply is <see cref="Reply{T}.Unreachable"/>. Signing in anew, where the access token ran out, is the transport's own business.
/// </remarks>
public interface ITransport
{
    /// <summary>Sends changes, and learns what came since.</summary>
    Task<Reply<PushAnswer>> PushAsync(PushRequest request, CancellationToken cancellationToken);

    /// <summary>Asks for what came since.</summary>
    Task<Reply<PullAnswer>> PullAsync(PullRequest request, CancellationToken cancellationToken);

    /// <summary>Takes the whole state.</summary>
    /// <param name="organization">The organization.</param>
    /// <param name="replica">The caller's replica.</param>
    /// <param name="progress">Told how many tasks of how many have come.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Reply<Snapshot>> SnapshotAsync(OrganizationId organization, ReplicaId replica, IProgress<(long Done, long Total)>? progress, CancellationToken cancellationToken);

    /// <summary>Asks for the canonical edits of a text after a seq.</summary>
    Task<Reply<TextHistory>> TextAsync(OrganizationId organization, TaskId task, string field, long since, CancellationToken cancellationToken);

    /// <summary>Asks for a page of conflicts.</summary>
    Task<Reply<ConflictPage>> ConflictsAsync(OrganizationId organization, bool openOnly, string? after, CancellationToken cancellationToken);

    /// <summary>Asks for a page of a task's history.</summary>
    Task<Reply<HistoryPage>> HistoryAsync(OrganizationId organization, TaskId task, string? after, CancellationToken cancellationToken);

    /// <summary>Asks who one is and where one is a member.</summary>
    Task<Reply<Me>> MeAsync(CancellationToken cancellationToken);

    /// <summary>Opens a live connection; its frames come in the order of the log.</summary>
    Task<Reply<ILiveConnection>> OpenLiveAsync(LiveHello hello, CancellationToken cancellationToken);
}

/// <summary>A push.</summary>
/// <param name="Organization">Where to.</param>
/// <param name="Replica">Whose changes.</param>
/// <param name="History">The identity of the log that the state came from.</param>
/// <param name="Since">What came after this is wanted with the answer.</param>
/// <param name="Changes">Consecutive changes, each as its bytes in the outbox.</param>
public sealed record PushRequest(OrganizationId Organization, ReplicaId Replica, string? History, long Since, IReadOnlyList<string> Changes);

/// <summary>A pull.</summary>
/// <param name="Organization">From where.</param>
/// <param name="Replica">The caller's replica.</param>
/// <param name="History">The identity of the log that the state came from.</param>
/// <param name="Since">What came after this is wanted.</param>
/// <param name="WaitSeconds">How long the server may hold the answer back until there is something.</param>
/// <param name="After">Where the next page of states begins.</param>
public sealed record PullRequest(OrganizationId Organization, ReplicaId Replica, string? History, long Since, int WaitSeconds = 0, string? After = null);

/// <summary>A whole state.</summary>
/// <param name="Head">Its first line.</param>
/// <param name="Definitions">Projects, labels and views.</param>
/// <param name="Members">Members.</param>
/// <param name="Tasks">Tasks, tombstones included.</param>
public sealed record Snapshot(SnapshotHead Head, IReadOnlyList<DefinitionLine> Definitions, IReadOnlyList<MemberLine> Members, IReadOnlyList<LoadedTask> Tasks);

/// <summary>One canonical edit of a text.</summary>
/// <param name="Seq">Its place in the log.</param>
/// <param name="Replica">Whose it was; null if the server's.</param>
/// <param name="N">Its number there.</param>
/// <param name="Edit">As applied.</param>
public sealed record TextHistoryEdit(long Seq, ReplicaId? Replica, long? N, TextEdit Edit);

/// <summary>The canonical edits of a text, in order of seq.</summary>
/// <param name="Edits">The edits.</param>
/// <param name="To">They reach up to this.</param>
public sealed record TextHistory(ImmutableArray<TextHistoryEdit> Edits, long To);

/// <summary>A page of conflicts.</summary>
/// <param name="Conflicts">The conflicts.</param>
/// <param name="Next">Where the next page begins; null on the last one.</param>
public sealed record ConflictPage(ImmutableArray<ConflictNote> Conflicts, string? Next);

/// <summary>A page of a task's history.</summary>
/// <param name="Entries">What happened, oldest first, each as the server tells it.</param>
/// <param name="Next">Where the next page begins; null on the last one.</param>
public sealed record HistoryPage(ImmutableArray<JsonElement> Entries, string? Next);

using System.Collections.Immutable;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Client;

/// <summary>
/// The server came back from an older backup: a new history. What of this store's changes its state does not hold, answered ones
/// included, is offered again under a new replica id.
/// </summary>
/// <remarks>
/// Seqs of the lost part mean nothing any more, so a base above the new state goes down to it. A text edit is expressed anew on the new
/// text; of one that was in the lost part, what its author typed comes again. Nothing is deleted on the strength of a text that is gone.
/// </remarks>
internal static class Reoffer
{
    /// <summary>Before the state is replaced: brings what the new one does not hold back into the outbox, oldest first.</summary>
    /// <returns>The places of those that the old confirmed state held.</returns>
    /// <param name="writing">The store.</param>
    /// <param name="held">The highest number of each replica of this store, former ones included, that the new state holds.</param>
    public static IReadOnlySet<long> Begin(IReplicaWriting writing, IReadOnlyDictionary<ReplicaId, long> held)
    {
        var lost = new HashSet<long>();
        foreach (var row in writing.Replicas().SelectMany(replica => writing.From(replica, 1)))
        {
            if (row.Origin.N <= held.GetValueOrDefault(row.Origin.Replica)) writing.Replace(row with { State = OutboxState.Done });
            else if (row.State >= OutboxState.Answered)
            {
                if (row.State == OutboxState.Done) lost.Add(row.Place);
                writing.Replace(row with { State = OutboxState.Sent, Shown = row.State == OutboxState.Done ? (row.Change.Body as ChangeBody.Text)?.Edit : row.Shown });
            }
        }
        return lost;
    }

    /// <summary>After it: gives them new numbers, and bases that the new log has.</summary>
    public static void End(IReplicaWriting writing, Func<ReplicaId> freshId, SnapshotHead head)
    {
        var rows = writing.Pending();
        NewReplica.Issue(writing, freshId, head.History, rows, ImmutableSortedDictionary<ReplicaId, long>.Empty, row => (Clock(row, head), Body(row)));
    }

    private static CausalClock Clock(OutboxChange row, SnapshotHead head) =>
        new(row.Shown is null ? Math.Min(row.Change.Clock.Base, head.Seq) : head.Seq);

    private static ChangeBody Body(OutboxChange row) => row.Shown is null ? row.Change.Body : PendingTexts.Edited(row, row.Shown);
}

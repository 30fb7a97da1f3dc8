using System.Collections.Immutable;
using TaskGrid.Contracts;

namespace TaskGrid.Client;

/// <summary>Issues changes anew under a replica id of their own.</summary>
internal static class NewReplica
{
    /// <summary>
    /// After a fork: the changes from <paramref name="n"/> up are this store's alone. They keep stamp and base; their clocks
    /// gain the old replica up to the last number that both copies share.
    /// </summary>
    public static void Fork(IReplicaWriting writing, ReplicaId fresh, long n)
    {
        var mark = writing.Mark;
        var former = n > 1 ? mark.Former.SetItem(mark.Replica, n - 1) : mark.Former;
        Issue(writing, fresh, writing.From(mark.Replica, n).Where(row => row.State < OutboxState.Answered), former,
            row => (new CausalClock(row.Change.Clock.Base, row.Change.Clock.Replicas.SetItems(former)), row.Change.Body));
    }

    /// <summary>Issues rows anew from 1, with the clock and body that they then have.</summary>
    public static void Issue(IReplicaWriting writing, ReplicaId fresh, IEnumerable<OutboxChange> rows,
        ImmutableSortedDictionary<ReplicaId, long> former, Func<OutboxChange, (CausalClock Clock, ChangeBody Body)> express)
    {
        var n = 1L;
        foreach (var row in rows.ToList())
        {
            var (clock, body) = express(row);
            writing.Replace(row.Anew(new Origin(fresh, n), new Change(n, row.Change.At, clock, body), row.Shown));
            n++;
        }
        writing.Put(writing.Mark with { Replica = fresh, NextN = n, Former = former });
    }
}

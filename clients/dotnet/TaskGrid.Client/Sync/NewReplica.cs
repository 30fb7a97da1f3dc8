using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TaskGrid.Contracts;

namespace TaskGrid.Client;

/// <summary>Issues changes anew under a replica id of their own.</summary>
internal static class NewReplica
{
    /// <summary>
    /// After a fork: the changes from <paramref name="n"/> up are this store's alone. They keep stamp and base; their clocks
    /// gain the old replica up to the last number that both copies share.
    /// </summary>
    public static void Fork(IReplicaWriting writing, Func<ReplicaId> freshId, long n)
    {
        var mark = writing.Mark;
        var former = n > 1 ? mark.Former.SetItem(mark.Replica, n - 1) : mark.Former;
        Issue(writing, freshId, mark.History, writing.From(mark.Replica, n).Where(row => row.State < OutboxState.Answered), former,
            row => (new CausalClock(row.Change.Clock.Base, row.Change.Clock.Replicas.SetItems(former)), row.Change.Body));
    }

    /// <summary>Issues rows anew from 1, with the clock and body that they then have.</summary>
    /// <remarks>
    /// The new id follows from what is issued first, where there is something: two copies of a profile that hold the same unsent work
    /// both get here, and under one id the server takes it in once. The log counts too: after a restored backup a number of one log says nothing
    /// of another's. Where they differ later, one of them is told of a fork again.
    /// </remarks>
    public static void Issue(IReplicaWriting writing, Func<ReplicaId> freshId, string? history, IEnumerable<OutboxChange> rows,
        ImmutableSortedDictionary<ReplicaId, long> former, Func<OutboxChange, (CausalClock Clock, ChangeBody Body)> express)
    {
        var issued = rows.ToList();
        var fresh = issued is [var head, ..] ? DerivedId(writing.Mark, history, Expressed(head, 1, express)) : freshId();
        var n = 1L;
        foreach (var row in issued)
        {
            writing.Replace(row.Anew(new Origin(fresh, n), Expressed(row, n, express), row.Shown));
            n++;
        }
        writing.Put(writing.Mark with { Replica = fresh, NextN = n, Former = former });
    }

    private static Change Expressed(OutboxChange row, long n, Func<OutboxChange, (CausalClock Clock, ChangeBody Body)> express)
    {
        var (clock, body) = express(row);
        return new Change(n, row.Change.At, clock, body);
    }

    /// <summary>A UUID of version 8 (RFC 9562): of the user, the former replica, the log that it is issued to and the first change.</summary>
    private static ReplicaId DerivedId(ReplicaMark mark, string? history, Change first)
    {
        var text = $"{mark.User}/{mark.Replica}/{history}/{JsonSerializer.Serialize(first, ContractsJson.Default.Change)}";
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return ReplicaId.From(new Guid(bytes, bigEndian: true));
    }
}

using Npgsql;
using TaskGrid.Contracts;
using TaskGrid.Domain.Organizations;
using TaskGrid.Sync;

namespace TaskGrid.EventStore.Marten.Queries;

/// <summary>Pages of the log. Changes leave as the text that was committed; nobody parses them on the way.</summary>
internal static class LogQueries
{
    /// <summary>Where a page ends before its limit, in characters: a log of long descriptions must not be held in memory whole.</summary>
    public const int PageCharacters = 8 * 1024 * 1024;

    public static async Task<PullPage?> PullAsync(
        NpgsqlDataSource database, OrganizationId organization, ReplicaId? replica, long since, int limit, CancellationToken cancellationToken)
    {
        await using var session = await LogSession.OpenAsync(database, cancellationToken);
        if (await HeadAsync(session, organization, cancellationToken) is not { } head) return null;
        var changes = new List<string>();
        var characters = 0;
        await using (var reader = await session.ReadAsync(
            "select change from tg.feed where organization = $1 and seq > $2 order by seq limit $3", cancellationToken, organization.Value, since, limit))
        {
            while (characters < PageCharacters && await reader.ReadAsync(cancellationToken))
            {
                changes.Add(reader.GetString(0));
                characters += changes[^1].Length;
            }
        }
        var to = since + changes.Count;
        return new PullPage(since, to, head.Seq, [.. changes], await TakenAsync(session, organization, replica, to, head.Seq, cancellationToken),
            to == head.Seq ? TaskDigest.Format(head.Digest) : null, head.History);
    }

    public static Task<LogHead?> HeadAsync(LogSession session, OrganizationId organization, CancellationToken cancellationToken) =>
        session.FirstAsync("select seq, version, digest, history from tg.heads where organization = $1",
            row => new LogHead(row.GetInt64(0), row.GetInt64(1), unchecked((ulong)row.GetInt64(2)), row.GetString(3)), cancellationToken, organization.Value);

    /// <summary>[PL7] The replica's highest n that is in the state at <paramref name="to"/> or rejected.</summary>
    public static async Task<long> TakenAsync(
        LogSession session, OrganizationId organization, ReplicaId? replica, long to, long head, CancellationToken cancellationToken)
    {
        if (replica is not { } store) return 0;
        // Along n, seq only rises: the last n in the state, and the rejections right after it.
        var sql = to >= head
            ? "select last_n from tg.replicas where organization = $1 and replica = $2"
            : """
              select coalesce(
                (select min(n) - 1 from tg.receipts where organization = $1 and replica = $2 and seq is not null and n > reached.n),
                (select last_n from tg.replicas where organization = $1 and replica = $2), 0)
              from (select coalesce((select n from tg.receipts where organization = $1 and replica = $2 and seq <= $3 order by n desc limit 1), 0) as n) reached
              """;
        object[] parameters = to >= head ? [organization.Value, store.Value] : [organization.Value, store.Value, to];
        return await session.FirstAsync(sql, row => row.GetInt64(0), cancellationToken, parameters);
    }
}

using Npgsql;
using TaskGrid.Contracts;
using TaskGrid.EventStore.Marten.Queries;

namespace TaskGrid.EventStore.Marten.Rebuilding;

/// <summary>What must hold of every log at every moment, asked with a few statements and no replay.</summary>
public static class LogCheck
{
    private static readonly (string Invariant, string Sql)[] Invariants =
    [
        ("the feed has no gaps and ends at the head",
            """
            select count(*) = h.seq and coalesce(min(f.seq), 1) = 1 and coalesce(max(f.seq), 0) = h.seq
            from tg.heads h left join tg.feed f using (organization) where organization = $1 group by h.seq
            """),
        ("every change of a replica has exactly the receipt that names its seq",
            """
            select not exists (
              (select replica, n, seq from tg.feed where organization = $1 and replica is not null
               except select replica, n, seq from tg.receipts where organization = $1 and seq is not null)
              union all
              (select replica, n, seq from tg.receipts where organization = $1 and seq is not null
               except select replica, n, seq from tg.feed where organization = $1 and replica is not null))
            """),
        ("every place in the feed is at an event",
            """
            select not exists (
              select from tg.feed f left join tg.mt_events e on e.tenant_id = f.organization::text and e.stream_id = f.stream and e.version = f.version
              where f.organization = $1 and e.version is null)
            """),
        ("receipts of a replica follow on without gaps up to its mark",
            """
            select not exists (
              select from tg.replicas m left join (
                select replica, count(*) as receipts, max(n) - min(n) + 1 as span, max(n) as last from tg.receipts where organization = $1 group by replica) r using (replica)
              where m.organization = $1 and m.last_n > 0 and (r.last is distinct from m.last_n or r.receipts <> r.span))
            """),
        ("a receipt keeps the answer of a rejected change, and of no other",
            "select not exists (select from tg.receipts where organization = $1 and (seq is null) <> (result is not null))"),
        ("every stream is as long as its snapshot says",
            """
            select not exists (
              select from tg.mt_streams s left join tg.tasks t on t.organization = $1 and s.id = 'task/' || t.id
              where s.tenant_id = $1::text and s.id like 'task/%' and s.version is distinct from t.version)
            """),
        ("the digest is the sum of the tasks' terms",
            """
            select coalesce(sum(t.digest_term::numeric), 0) % 18446744073709551616 - h.digest in (0, 18446744073709551616, -18446744073709551616)
            from tg.heads h left join tg.tasks t using (organization) where organization = $1 group by h.digest
            """),
    ];

    /// <summary>The invariants that do not hold of an organization.</summary>
    public static async Task<IReadOnlyList<string>> BrokenAsync(NpgsqlDataSource database, OrganizationId organization, CancellationToken cancellationToken)
    {
        await using var session = await LogSession.OpenAsync(database, cancellationToken);
        var broken = new List<string>();
        foreach (var (invariant, sql) in Invariants)
            if (!await session.FirstAsync(sql, row => row.GetBoolean(0), cancellationToken, organization.Value)) broken.Add(invariant);
        return broken;
    }

    /// <summary>Every organization that the log knows.</summary>
    public static async Task<IReadOnlyList<OrganizationId>> OrganizationsAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var organizations = new List<OrganizationId>();
        await using var command = database.CreateCommand("select organization from tg.heads order by organization");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) organizations.Add(new OrganizationId(reader.GetGuid(0)));
        return organizations;
    }
}

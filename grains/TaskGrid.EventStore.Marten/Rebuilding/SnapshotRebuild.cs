using Npgsql;
using TaskGrid.Contracts;
using TaskGrid.EventStore.Marten.Commits;
using TaskGrid.EventStore.Marten.Queries;

namespace TaskGrid.EventStore.Marten.Rebuilding;

/// <summary>Writes snapshots, feed and conflicts anew from events alone. Events, receipts and marks of replicas stay as they are.</summary>
public static class SnapshotRebuild
{
    private const int Chunk = 1_000;

    /// <summary>Rebuilds an organization in one transaction.</summary>
    /// <remarks>
    /// The head's row is locked for as long and its version rises: a grain that holds what stood in the old rows loses its next commit
    /// and reloads, and no commit slips in between replay and writing.
    /// </remarks>
    /// <exception cref="InvalidDataException">The events themselves cannot be folded; nothing was written.</exception>
    public static async Task WriteAsync(NpgsqlDataSource database, OrganizationId organization, CancellationToken cancellationToken)
    {
        await using var session = await LogSession.OpenForWriteAsync(database, cancellationToken);
        await session.ExecuteAsync(Command("select from tg.heads where organization = $1 for update", organization), cancellationToken);
        var replay = await Replay.OfAsync(session, organization, cancellationToken);
        if (replay.Faults.Count > 0) throw new InvalidDataException(string.Join(Environment.NewLine, replay.Faults));
        foreach (var table in (string[])["tasks", "feed", "conflicts", "members", "organizations"])
            await session.ExecuteAsync(Command($"delete from tg.{table} where organization = $1", organization), cancellationToken);
        foreach (var tasks in replay.Tasks.Values.Chunk(Chunk)) await WriteAsync(SnapshotStatements.Of(organization, tasks, null));
        await WriteAsync(SnapshotStatements.Of(organization, [], replay.Core));
        foreach (var feed in replay.Feed.Values.Chunk(Chunk)) await WriteAsync([LogStatements.Feed(organization, feed)]);
        foreach (var notes in replay.Conflicts.Chunk(Chunk)) await WriteAsync([LogStatements.Conflicts(organization, notes)]);
        var head = Command("update tg.heads set version = version + 1, seq = $2, digest = $3 where organization = $1", organization);
        head.Parameters.Add(new() { Value = replay.Feed.Keys.LastOrDefault() });
        head.Parameters.Add(new() { Value = unchecked((long)replay.Digest) });
        await session.ExecuteAsync(head, cancellationToken);
        await session.CommitAsync(cancellationToken);

        async Task WriteAsync(IEnumerable<QueuedStatement> statements)
        {
            foreach (var statement in statements) await session.ExecuteAsync(statement.ToCommand(), cancellationToken);
        }
    }

    /// <summary>Rebuilds the organizations whose snapshots are gone, as after a restore of events alone. Answers which.</summary>
    public static async Task<IReadOnlyList<OrganizationId>> WriteMissingAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var missing = new List<OrganizationId>();
        await using (var command = database.CreateCommand(
            """
            select h.organization from tg.heads h
            where not exists (select from tg.organizations o where o.organization = h.organization)
               or (not exists (select from tg.tasks t where t.organization = h.organization)
                   and exists (select from tg.mt_streams s where s.tenant_id = h.organization::text and s.id like 'task/%'))
            """))
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken)) missing.Add(new OrganizationId(reader.GetGuid(0)));
        }
        foreach (var organization in missing) await WriteAsync(database, organization, cancellationToken);
        return missing;
    }

    private static NpgsqlBatchCommand Command(string sql, OrganizationId organization) =>
        new(sql) { Parameters = { new() { Value = organization.Value } } };
}

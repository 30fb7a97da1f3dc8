using Npgsql;
using TaskGrid.EventStore.Marten.Queries;

namespace TaskGrid.EventStore.Marten.Restoring;

/// <summary>
/// Starts a new history for every log of a restored database [LG3]: seqs after the backup will be given to other changes than before, so
/// nobody may go on with a cursor, and whoever sent changes since offers them again.
/// </summary>
/// <remarks>
/// A head's version rises with its history: a grain that holds what stood before loses its next commit and reloads.
/// </remarks>
public static class NewHistories
{
    /// <summary>
    /// At every start: where the log stands elsewhere than before, it is a copy, and gets new histories. Answers of how many logs; 0 where it
    /// stands where it stood, or PostgreSQL does not tell.
    /// </summary>
    public static async Task<int> StartIfMovedAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var session = await LogSession.OpenForWriteAsync(database, cancellationToken);
        if (await Whereabouts.OfAsync(session, cancellationToken) is not { } now) return 0;
        var before = await session.FirstAsync("select place from tg.whereabouts for update", row => row.GetString(0), cancellationToken);
        if (before == now.Place) return 0;
        // A log that never said where it stands has not moved as far as anybody knows.
        var started = before is null ? 0 : await StartAsync(session, cancellationToken);
        await RememberAsync(session, now, before is null ? null : now.Run, cancellationToken);
        await session.CommitAsync(cancellationToken);
        return started;
    }

    /// <summary>
    /// On an operator's word: once for each restore. Answers of how many logs; null where it was done already since this database was
    /// put in place and its server started, unless <paramref name="again"/>.
    /// </summary>
    public static async Task<int?> StartAsync(NpgsqlDataSource database, bool again, CancellationToken cancellationToken)
    {
        await using var session = await LogSession.OpenForWriteAsync(database, cancellationToken);
        var now = await Whereabouts.OfAsync(session, cancellationToken);
        var done = await session.FirstAsync("select coalesce(restored_in, '') from tg.whereabouts for update", row => row.GetString(0), cancellationToken);
        if (!again && now is not null && done == now.Run) return null;
        var started = await StartAsync(session, cancellationToken);
        if (now is not null) await RememberAsync(session, now, now.Run, cancellationToken);
        await session.CommitAsync(cancellationToken);
        return started;
    }

    /// <summary>Servers that hold connections to the database, by address: they remember what stood before.</summary>
    public static async Task<IReadOnlyList<string>> ServersAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var session = await LogSession.OpenAsync(database, cancellationToken);
        await using var reader = await session.ReadAsync(
            """
            select distinct coalesce(host(client_addr), 'this machine') || ' as ' || application_name from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid() and application_name in ('taskgrid', 'taskgrid-orleans') order by 1
            """, cancellationToken);
        var servers = new List<string>();
        while (await reader.ReadAsync(cancellationToken)) servers.Add(reader.GetString(0));
        return servers;
    }

    private static async Task<int> StartAsync(LogSession session, CancellationToken cancellationToken)
    {
        await using var reader = await session.ReadAsync(
            "with moved as (update tg.heads set history = gen_random_uuid()::text, version = version + 1 returning 1) select count(*)::int from moved",
            cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return reader.GetInt32(0);
    }

    private static Task RememberAsync(LogSession session, Whereabouts now, string? restoredIn, CancellationToken cancellationToken) =>
        session.ExecuteAsync(new NpgsqlBatchCommand(
            """
            insert into tg.whereabouts (place, restored_in) values ($1, $2)
            on conflict (single) do update set place = excluded.place, restored_in = coalesce(excluded.restored_in, whereabouts.restored_in)
            """)
        {
            Parameters = { new() { Value = now.Place }, new() { Value = (object?)restoredIn ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text } },
        }, cancellationToken);
}

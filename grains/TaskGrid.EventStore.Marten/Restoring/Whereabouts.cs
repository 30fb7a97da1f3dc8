using Npgsql;
using TaskGrid.EventStore.Marten.Queries;

namespace TaskGrid.EventStore.Marten.Restoring;

/// <summary>Where the log stands now, as far as PostgreSQL tells.</summary>
/// <param name="Place">
/// Differs from before for a copy that was made by dump and restore (another server, database or table) or by recovery to a point in time
/// (another timeline). A data folder put back as it was has the same.
/// </param>
/// <param name="Run">The place and this run of the server: no restore leaves it as it is, but one of a running machine.</param>
internal sealed record Whereabouts(string Place, string Run)
{
    /// <summary>Asks PostgreSQL; null where it may not be asked.</summary>
    public static async Task<Whereabouts?> OfAsync(LogSession session, CancellationToken cancellationToken)
    {
        // A function that one may not call is refused even where it would not be reached.
        var mayAsk = await session.FirstAsync("""
            select has_function_privilege('pg_control_system()', 'execute') and has_function_privilege('pg_walfile_name(pg_lsn)', 'execute')
               and has_function_privilege('pg_current_wal_lsn()', 'execute')
            """, row => row.GetBoolean(0), cancellationToken);
        if (!mayAsk) return null;
        return await session.FirstAsync(
            """
            select concat_ws('/', s.system_identifier, substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8), d.oid, 'tg.heads'::regclass::oid) as place,
                   concat_ws('/', extract(epoch from pg_postmaster_start_time()), pg_relation_filenode('tg.heads')) as run
            from pg_control_system() s, pg_database d where d.datname = current_database()
            """, row => new Whereabouts(row.GetString(0), $"{row.GetString(0)}/{row.GetString(1)}"), cancellationToken);
    }
}

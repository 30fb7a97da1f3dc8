using System.Globalization;
using System.Text;
using Npgsql;
using TaskGrid.Contracts;

namespace TaskGrid.EventStore.Marten.Queries;

/// <summary>What the log says of one task, and of conflicts.</summary>
internal static class TaskQueries
{
    public static async Task<string?> TextAsync(
        NpgsqlDataSource database, OrganizationId organization, TaskId task, string field, long since, CancellationToken cancellationToken)
    {
        await using var session = await LogSession.OpenAsync(database, cancellationToken);
        if (!await ExistsAsync(session, organization, task, cancellationToken)) return null;
        var head = await LogQueries.HeadAsync(session, organization, cancellationToken);
        var json = new StringBuilder("{\"edits\":[");
        // A resolve that replaced the text is one of its edits.
        await using (var reader = await session.ReadAsync(
            """
            select json_build_object('seq', seq, 'replica', replica, 'n', n, 'edit', coalesce(change -> 'edit', change -> 'effect' -> 'edit'))::text
            from tg.feed where organization = $1 and task = $2 and field = $3 and seq > $4 and op in ('text', 'resolve') order by seq
            """, cancellationToken, organization.Value, task.Value, field, since))
        {
            while (await reader.ReadAsync(cancellationToken)) json.Append(json[^1] == '[' ? "" : ",").Append(reader.GetString(0));
        }
        return json.Append(CultureInfo.InvariantCulture, $"],\"to\":{head!.Seq}}}").ToString();
    }

    public static async Task<string> ConflictsAsync(
        NpgsqlDataSource database, OrganizationId organization, bool openOnly, TaskId? task, string? after, int limit, CancellationToken cancellationToken)
    {
        var key = PageKey.Parse(after);
        await using var session = await LogSession.OpenAsync(database, cancellationToken);
        await using var reader = await session.ReadAsync(
            $"""
             select note, seq, id from tg.conflicts
             where organization = $1 and (seq, id) > ($2, $3) {(openOnly ? "and open" : "")} {(task is null ? "" : "and task = $5")}
             order by seq, id limit $4
             """, cancellationToken,
            [organization.Value, key.Seq, key.Id, limit + 1, .. task is { } one ? new object[] { one.Value } : []]);
        var json = new StringBuilder("{\"conflicts\":[");
        var next = await AppendAsync(json, reader, limit, row => new PageKey(row.GetInt64(1), row.GetGuid(2)), cancellationToken);
        return End(json, next);
    }

    public static async Task<string?> HistoryAsync(
        NpgsqlDataSource database, OrganizationId organization, TaskId task, string? after, int limit, CancellationToken cancellationToken)
    {
        var key = PageKey.Parse(after);
        await using var session = await LogSession.OpenAsync(database, cancellationToken);
        if (!await ExistsAsync(session, organization, task, cancellationToken)) return null;
        await using var reader = await session.ReadAsync(
            """
            select change, seq from tg.feed
            where organization = $1 and seq > $3 and (task = $2 or (also <> '{}' and also @> array[$2]))
            order by seq limit $4
            """, cancellationToken, organization.Value, task.Value, key.Seq, limit + 1);
        var json = new StringBuilder("{\"entries\":[");
        var next = await AppendAsync(json, reader, limit, row => new PageKey(row.GetInt64(1), Guid.Empty), cancellationToken);
        return End(json, next);
    }

    private static Task<bool> ExistsAsync(LogSession session, OrganizationId organization, TaskId task, CancellationToken cancellationToken) =>
        session.FirstAsync("select true from tg.tasks where organization = $1 and id = $2", row => row.GetBoolean(0), cancellationToken,
            organization.Value, task.Value);

    /// <summary>Appends the first column of the rows, up to a page; answers the key of the last one if more follow.</summary>
    private static async Task<PageKey?> AppendAsync(
        StringBuilder json, NpgsqlDataReader reader, int limit, Func<NpgsqlDataReader, PageKey> key, CancellationToken cancellationToken)
    {
        PageKey? last = null;
        var count = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            if (count == limit || json.Length > LogQueries.PageCharacters) return last;
            if (count++ > 0) json.Append(',');
            json.Append(reader.GetString(0));
            last = key(reader);
        }
        return null;
    }

    private static string End(StringBuilder json, PageKey? next) =>
        json.Append(next is { } key ? $"],\"next\":\"{key}\"}}" : "]}").ToString();
}

using Npgsql;
using TaskGrid.Contracts;
using TaskGrid.Domain.Organizations;
using TaskGrid.EventStore.Marten.Commits;
using TaskGrid.EventStore.Marten.Json;
using TaskGrid.EventStore.Marten.Queries;
using TaskGrid.Sync;

namespace TaskGrid.EventStore.Marten.Rebuilding;

/// <summary>What a verification found.</summary>
/// <param name="Differences">Every place where what is stored does not follow from the events.</param>
/// <param name="Digest">Of the state that the events alone give.</param>
/// <param name="Tasks">How many tasks they give.</param>
public sealed record Verification(IReadOnlyList<string> Differences, string Digest, int Tasks);

/// <summary>Proves that what is stored beside the events is what follows from them; answers every difference.</summary>
public static class LogVerification
{
    /// <summary>Replays an organization's events and compares snapshots, feed, conflicts, members, digest and head.</summary>
    public static async Task<Verification> VerifyAsync(
        NpgsqlDataSource database, OrganizationId organization, CancellationToken cancellationToken)
    {
        await using var session = await LogSession.OpenAsync(database, cancellationToken);
        var replay = await Replay.OfAsync(session, organization, cancellationToken);
        var differences = new Differences(replay.Faults);
        await CompareTasksAsync(session, organization, replay, differences, cancellationToken);
        await CompareFeedAsync(session, organization, replay, differences, cancellationToken);
        await CompareConflictsAsync(session, organization, replay, differences, cancellationToken);
        await CompareOrganizationAsync(session, organization, replay, differences, cancellationToken);
        return new Verification(differences.Found, TaskDigest.Format(replay.Digest), replay.Tasks.Count);
    }

    private static async Task CompareTasksAsync(
        LogSession session, OrganizationId organization, Replay replay, Differences differences, CancellationToken cancellationToken)
    {
        await using var reader = await session.ReadAsync(
            """
            select id, seq, version, line, merge, place, deleted, digest_term, words::text, created, updated, due, priority, status, title, sort_order
            from tg.tasks where organization = $1
            """, cancellationToken, organization.Value);
        var missing = replay.Tasks.Keys.ToHashSet();
        while (await reader.ReadAsync(cancellationToken))
        {
            var task = new TaskId(reader.GetGuid(0));
            if (!missing.Remove(task))
            {
                differences.Add($"task {task}", "is stored, but no event made it");
                continue;
            }
            Compare(reader, TaskRow.Of(replay.Tasks[task]), differences);
        }
        foreach (var task in missing) differences.Add($"task {task}", "is not stored");
    }

    private static void Compare(NpgsqlDataReader stored, TaskRow row, Differences differences)
    {
        var what = $"task {row.Id}";
        differences.Compare(what, "seq", row.Seq, stored.GetInt64(1));
        differences.Compare(what, "version", row.Version, stored.GetInt64(2));
        differences.CompareJson(what, "line", row.Line, stored.GetString(3));
        differences.CompareText(what, "merge state", row.Merge, stored.GetString(4));
        differences.CompareText(what, "place in the tree", row.Place, stored.GetString(5));
        differences.Compare(what, "deleted", row.Deleted, stored.GetBoolean(6));
        differences.Compare(what, "digest term", row.DigestTerm, unchecked((ulong)stored.GetInt64(7)));
        if (!row.Words.Split(' ').ToHashSet().SetEquals(stored.GetString(8).Split(' '))) differences.Add(what, "words differ");
        differences.Compare(what, "created", row.Created.UtcDateTime, stored.GetDateTime(9));
        differences.Compare(what, "updated", row.Updated.UtcDateTime, stored.GetDateTime(10));
        differences.Compare(what, "due", row.Due?.UtcDateTime, stored.IsDBNull(11) ? null : stored.GetDateTime(11));
        differences.Compare(what, "priority", row.Priority, stored.IsDBNull(12) ? null : stored.GetInt16(12));
        differences.CompareText(what, "status", row.Status, stored.IsDBNull(13) ? null : stored.GetString(13));
        differences.CompareText(what, "title key", row.Title, stored.GetString(14));
        differences.CompareText(what, "order key", row.Order, stored.IsDBNull(15) ? null : stored.GetString(15));
    }

    private static async Task CompareFeedAsync(
        LogSession session, OrganizationId organization, Replay replay, Differences differences, CancellationToken cancellationToken)
    {
        await using var reader = await session.ReadAsync(
            "select seq, stream, version, task, also, replica, n, op, field, change from tg.feed where organization = $1 order by seq",
            cancellationToken, organization.Value);
        var missing = new SortedSet<long>(replay.Feed.Keys);
        while (await reader.ReadAsync(cancellationToken))
        {
            var seq = reader.GetInt64(0);
            var what = $"seq {seq}";
            if (!missing.Remove(seq))
            {
                differences.Add(what, "is in the feed, but no event has it");
                continue;
            }
            var entry = replay.Feed[seq];
            differences.CompareText(what, "stream", entry.Stream, reader.GetString(1));
            differences.Compare(what, "version", entry.Version, reader.GetInt64(2));
            differences.Compare(what, "task", entry.Task?.Value, reader.IsDBNull(3) ? null : reader.GetGuid(3));
            if (!entry.Also.Select(task => task.Value).ToHashSet().SetEquals(reader.GetFieldValue<Guid[]>(4))) differences.Add(what, "touches other tasks");
            differences.Compare(what, "replica", entry.Change.Origin?.Replica.Value, reader.IsDBNull(5) ? null : reader.GetGuid(5));
            differences.Compare(what, "n", entry.Change.Origin?.N, reader.IsDBNull(6) ? null : reader.GetInt64(6));
            differences.CompareText(what, "op", entry.Change.Body.Op, reader.GetString(7));
            differences.CompareText(what, "field", LogStatements.FieldOf(entry), reader.IsDBNull(8) ? null : reader.GetString(8));
            differences.CompareText(what, "canonical change", entry.Json, reader.GetString(9));
        }
        foreach (var seq in missing) differences.Add($"seq {seq}", "is not in the feed");
    }

    private static async Task CompareConflictsAsync(
        LogSession session, OrganizationId organization, Replay replay, Differences differences, CancellationToken cancellationToken)
    {
        await using var reader = await session.ReadAsync(
            "select id, seq, task, open, note from tg.conflicts where organization = $1", cancellationToken, organization.Value);
        var missing = replay.Conflicts.ToDictionary(note => note.Id);
        while (await reader.ReadAsync(cancellationToken))
        {
            var id = new ConflictId(reader.GetGuid(0));
            if (!missing.Remove(id, out var note))
            {
                differences.Add($"conflict {id}", "is stored, but no event recorded it");
                continue;
            }
            differences.Compare($"conflict {id}", "seq", LogStatements.SeqOf(note), reader.GetInt64(1));
            differences.Compare($"conflict {id}", "task", note.Task.Value, reader.GetGuid(2));
            differences.Compare($"conflict {id}", "open", note.Open, reader.GetBoolean(3));
            differences.CompareText($"conflict {id}", "record", StoredJson.Write(note), reader.GetString(4));
        }
        foreach (var id in missing.Keys) differences.Add($"conflict {id}", "is not stored");
    }

    private static async Task CompareOrganizationAsync(
        LogSession session, OrganizationId organization, Replay replay, Differences differences, CancellationToken cancellationToken)
    {
        var head = await LogQueries.HeadAsync(session, organization, cancellationToken);
        differences.Compare("head", "seq", replay.Feed.Keys.LastOrDefault(), head?.Seq);
        differences.CompareText("head", "digest", TaskDigest.Format(replay.Digest), head is null ? null : TaskDigest.Format(head.Digest));
        var core = await session.FirstAsync(
            "select core from tg.organizations where organization = $1", row => row.GetString(0), cancellationToken, organization.Value);
        differences.CompareText("organization", "state", replay.Core is null ? null : StoredJson.Write(replay.Core), core);
        var members = await session.FirstAsync(
            "select coalesce(string_agg(member || ' ' || role || ' ' || name, ', ' order by member), '') from tg.members where organization = $1",
            row => row.GetString(0), cancellationToken, organization.Value);
        var expected = replay.Core is null or { Closed: true } ? [] : replay.Core.Members.Select(member => $"{member.Key} {Roles.Word(member.Value.Role)} {member.Value.Name}");
        differences.CompareText("organization", "members", string.Join(", ", expected), members);
    }
}

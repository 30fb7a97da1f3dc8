using NpgsqlTypes;
using TaskGrid.Contracts;
using TaskGrid.EventStore.Marten.Json;
using TaskGrid.Grains.Ports;

namespace TaskGrid.EventStore.Marten.Commits;

/// <summary>What a commit writes beside events and snapshots: feed, receipts, replicas, conflicts. One statement a table, whatever their number.</summary>
internal static class LogStatements
{
    private const NpgsqlDbType Uuids = NpgsqlDbType.Array | NpgsqlDbType.Uuid;
    private const NpgsqlDbType Bigints = NpgsqlDbType.Array | NpgsqlDbType.Bigint;
    private const NpgsqlDbType Texts = NpgsqlDbType.Array | NpgsqlDbType.Text;
    private const NpgsqlDbType Jsons = NpgsqlDbType.Array | NpgsqlDbType.Json;

    public static IEnumerable<QueuedStatement> Of(Commit commit)
    {
        var organization = ((object?)commit.Organization.Value, NpgsqlDbType.Uuid);
        if (commit.Feed.Length > 0) yield return Feed(commit.Organization, [.. commit.Feed]);
        if (commit.Receipts.Length > 0) yield return Receipts(organization, [.. commit.Receipts]);
        if (commit.Replicas.Length > 0) yield return Replicas(organization, [.. commit.Replicas.OrderBy(mark => mark.Replica)]);
        if (commit.Conflicts.Length > 0) yield return Conflicts(commit.Organization, [.. commit.Conflicts.OrderBy(note => note.Id)]);
    }

    /// <summary>The seq by which a conflict stands in lists: that of the change that made it, so of its second version.</summary>
    public static long SeqOf(ConflictNote note) => note.Versions.Select(version => version.Seq).Order().Take(2).Last();

    // Arrays of arrays must be rectangular, so the tasks also touched travel as the text of one.
    public static QueuedStatement Feed(OrganizationId organization, FeedEntry[] feed) => new(
        """
        insert into tg.feed (organization, seq, stream, version, task, also, replica, n, op, field, change)
        select ?, r.seq, r.stream, r.version, r.task, r.also::uuid[], r.replica, r.n, r.op, r.field, r.change
        from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as r (seq, stream, version, task, also, replica, n, op, field, change)
        """,
        (organization.Value, NpgsqlDbType.Uuid),
        (Column(feed, e => e.Seq), Bigints),
        (Column(feed, e => e.Stream), Texts),
        (Column(feed, e => e.Version), Bigints),
        (Column(feed, e => e.Task?.Value), Uuids),
        (Column(feed, e => e.Also.IsDefaultOrEmpty ? "{}" : $"{{{string.Join(',', e.Also)}}}"), Texts),
        (Column(feed, e => e.Change.Origin?.Replica.Value), Uuids),
        (Column(feed, e => e.Change.Origin?.N), Bigints),
        (Column(feed, e => e.Change.Body.Op), Texts),
        (Column(feed, FieldOf), Texts),
        (Column(feed, e => e.Json), Jsons));

    private static QueuedStatement Receipts((object?, NpgsqlDbType) organization, Receipt[] receipts) => new(
        """
        insert into tg.receipts (organization, replica, n, hash, seq, result)
        select ?, r.* from unnest(?, ?, ?, ?, ?) as r
        """,
        organization,
        (Column(receipts, r => r.Origin.Replica.Value), Uuids),
        (Column(receipts, r => r.Origin.N), Bigints),
        (Column(receipts, r => r.Hash.ToArray()), NpgsqlDbType.Array | NpgsqlDbType.Bytea),
        (Column(receipts, r => r.Seq), Bigints),
        (Column(receipts, r => r.Rejection is null ? null : StoredJson.Write(r.Rejection)), Jsons));

    private static QueuedStatement Replicas((object?, NpgsqlDbType) organization, Domain.Organizations.ReplicaMark[] marks) => new(
        """
        insert into tg.replicas (organization, replica, owner, last_n, last_base)
        select ?, r.* from unnest(?, ?, ?, ?) as r
        on conflict (organization, replica) do update set owner = excluded.owner, last_n = excluded.last_n, last_base = excluded.last_base
        """,
        organization,
        (Column(marks, m => m.Replica.Value), Uuids),
        (Column(marks, m => m.User.Value), Uuids),
        (Column(marks, m => m.LastN), Bigints),
        (Column(marks, m => m.LastBase), Bigints));

    public static QueuedStatement Conflicts(OrganizationId organization, ConflictNote[] notes) => new(
        """
        insert into tg.conflicts (organization, id, seq, task, open, note)
        select ?, r.* from unnest(?, ?, ?, ?, ?) as r
        on conflict (organization, id) do update set seq = excluded.seq, open = excluded.open, note = excluded.note
        """,
        (organization.Value, NpgsqlDbType.Uuid),
        (Column(notes, note => note.Id.Value), Uuids),
        (Column(notes, SeqOf), Bigints),
        (Column(notes, note => note.Task.Value), Uuids),
        (Column(notes, note => note.Open), NpgsqlDbType.Array | NpgsqlDbType.Boolean),
        (Column(notes, note => StoredJson.Write(note)), Jsons));

    /// <summary>The field that a change is about, where it is about one.</summary>
    public static string? FieldOf(FeedEntry entry) => entry.Change.Body switch
    {
        ChangeBody.Set set => set.Field,
        ChangeBody.Text text => text.Field,
        ChangeBody.Add add => add.Field,
        ChangeBody.Remove remove => remove.Field,
        // A resolve that replaced a text belongs to that text's edits.
        ChangeBody.Resolve when entry.Change.Effect?.Edit is not null => entry.Change.Conflict?.Field,
        _ => null,
    };

    private static TValue[] Column<TRow, TValue>(TRow[] rows, Func<TRow, TValue> value) => Array.ConvertAll(rows, row => value(row));
}

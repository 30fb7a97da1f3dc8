using NpgsqlTypes;
using TaskGrid.Contracts;
using TaskGrid.Domain.Organizations;
using TaskGrid.Domain.Tasks;
using TaskGrid.EventStore.Marten.Json;

namespace TaskGrid.EventStore.Marten.Commits;

/// <summary>The snapshots of a commit: tasks and the organization as they now are. A rebuild writes the very same rows.</summary>
internal static class SnapshotStatements
{
    private const NpgsqlDbType Uuids = NpgsqlDbType.Array | NpgsqlDbType.Uuid;
    private const NpgsqlDbType Bigints = NpgsqlDbType.Array | NpgsqlDbType.Bigint;
    private const NpgsqlDbType Texts = NpgsqlDbType.Array | NpgsqlDbType.Text;
    private const NpgsqlDbType Times = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz;

    public static IEnumerable<QueuedStatement> Of(OrganizationId organization, IReadOnlyCollection<TaskState.Present> tasks, OrganizationCore? core)
    {
        if (tasks.Count > 0) yield return Tasks(organization, [.. tasks.Select(TaskRow.Of).OrderBy(row => row.Id)]);
        if (core is null) yield break;
        yield return Core(organization, core);
        yield return MembersGone(organization, core);
        yield return Members(organization, core);
    }

    // In the order of their ids, so that two commits that meet never wait for each other crosswise.
    private static QueuedStatement Tasks(OrganizationId organization, TaskRow[] rows) => new(
        """
        insert into tg.tasks
          (organization, id, seq, version, line, merge, place, deleted, digest_term, words, created, updated, due, priority, status, title, sort_order)
        select ?, r.id, r.seq, r.version, r.line, r.merge, r.place, r.deleted, r.digest_term, r.words::tsvector, r.created, r.updated,
               r.due, r.priority, r.status, r.title, r.sort_order
        from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          as r (id, seq, version, line, merge, place, deleted, digest_term, words, created, updated, due, priority, status, title, sort_order)
        on conflict (organization, id) do update set
          seq = excluded.seq, version = excluded.version, line = excluded.line, merge = excluded.merge, place = excluded.place,
          deleted = excluded.deleted, digest_term = excluded.digest_term, words = excluded.words, created = excluded.created,
          updated = excluded.updated, due = excluded.due, priority = excluded.priority, status = excluded.status, title = excluded.title,
          sort_order = excluded.sort_order
        """,
        (organization.Value, NpgsqlDbType.Uuid),
        (Column(rows, r => r.Id.Value), Uuids),
        (Column(rows, r => r.Seq), Bigints),
        (Column(rows, r => r.Version), Bigints),
        (Column(rows, r => r.Line), NpgsqlDbType.Array | NpgsqlDbType.Jsonb),
        (Column(rows, r => r.Merge), NpgsqlDbType.Array | NpgsqlDbType.Json),
        (Column(rows, r => r.Place), NpgsqlDbType.Array | NpgsqlDbType.Json),
        (Column(rows, r => r.Deleted), NpgsqlDbType.Array | NpgsqlDbType.Boolean),
        (Column(rows, r => unchecked((long)r.DigestTerm)), Bigints),
        (Column(rows, r => r.Words), Texts),
        (Column(rows, r => r.Created.UtcDateTime), Times),
        (Column(rows, r => r.Updated.UtcDateTime), Times),
        (Column(rows, r => r.Due?.UtcDateTime), Times),
        (Column(rows, r => r.Priority), NpgsqlDbType.Array | NpgsqlDbType.Smallint),
        (Column(rows, r => r.Status), Texts),
        (Column(rows, r => r.Title), Texts),
        (Column(rows, r => r.Order), Texts));

    private static QueuedStatement Core(OrganizationId organization, OrganizationCore core) => new(
        """
        insert into tg.organizations (organization, name, closed, core) values (?, ?, ?, ?)
        on conflict (organization) do update set name = excluded.name, closed = excluded.closed, core = excluded.core
        """,
        (organization.Value, NpgsqlDbType.Uuid),
        (core.Name, NpgsqlDbType.Text),
        (core.Closed, NpgsqlDbType.Boolean),
        (StoredJson.Write(core), NpgsqlDbType.Json));

    private static QueuedStatement MembersGone(OrganizationId organization, OrganizationCore core) => new(
        "delete from tg.members where organization = ? and member <> all (?)",
        (organization.Value, NpgsqlDbType.Uuid),
        (MembersOf(core).Select(member => member.Key.Value).ToArray(), Uuids));

    private static QueuedStatement Members(OrganizationId organization, OrganizationCore core) => new(
        """
        insert into tg.members (organization, member, name, role)
        select ?, r.* from unnest(?, ?, ?) as r
        on conflict (organization, member) do update set name = excluded.name, role = excluded.role
        where (members.name, members.role) <> (excluded.name, excluded.role)
        """,
        (organization.Value, NpgsqlDbType.Uuid),
        (MembersOf(core).Select(member => member.Key.Value).ToArray(), Uuids),
        (MembersOf(core).Select(member => member.Value.Name).ToArray(), Texts),
        (MembersOf(core).Select(member => Roles.Word(member.Value.Role)).ToArray(), Texts));

    // Nobody is a member of a closed organization.
    private static IEnumerable<KeyValuePair<UserId, MemberState>> MembersOf(OrganizationCore core) => core.Closed ? [] : core.Members;

    private static TValue[] Column<TValue>(TaskRow[] rows, Func<TaskRow, TValue> value) => Array.ConvertAll(rows, row => value(row));
}

using TaskGrid.Contracts;

namespace TaskGrid.Client.Sqlite;

/// <summary>Reads within one transaction.</summary>
internal class SqliteReading(SqliteSession session) : IReplicaReading
{
    private const string MarkSql = """
        SELECT organization, user, replica, next_n, base, history, last, seen, clock_offset, digest, former,
          resynced_at, quarantined, synced_at
        FROM mark
        """;

    private ReplicaMark? mark;

    protected SqliteSession Session => session;

    public ReplicaMark Mark
    {
        get => mark ??= session.Query(MarkSql, Rows.Mark).Single();
        protected set => mark = value;
    }

    public TaskLine? Task(TaskId task) => session.Query("SELECT line FROM tasks WHERE id = ?1", Rows.Task, task.ToString()).SingleOrDefault();

    public IEnumerable<TaskLine> Tasks() =>
        // Parsing dominates: all lines come out of the store first, then both cores read them.
        session.Query("SELECT line FROM tasks ORDER BY id", row => (byte[])row.GetValue(0))
            .AsParallel().AsOrdered().Select(Rows.Line);

    public IReadOnlyList<TaskLine> Since(long seq) => session.Query("SELECT line FROM tasks WHERE seq > ?1 ORDER BY seq", Rows.Task, seq);

    public long TaskCount() => session.Scalar<long>("SELECT count(*) FROM tasks");

    public IReadOnlyList<TaskId> TasksLike(string part, int limit) =>
        session.Query("SELECT id FROM tasks WHERE substr(id, 1, length(?1)) = ?1 OR substr(id, -length(?1)) = ?1 ORDER BY id LIMIT ?2",
            row => IdText.Parse<TaskId>(row.GetString(0)), part, limit);

    public IReadOnlyList<DefinitionLine> Definitions() => session.Query("SELECT line FROM definitions ORDER BY kind, id", Rows.Definition);

    public IReadOnlyList<KnownMember> Members() =>
        session.Query("SELECT m.line, e.email FROM members m LEFT JOIN emails e ON e.user = m.user ORDER BY m.user", Rows.Member);

    public IReadOnlyList<ConflictNote> Conflicts(bool openOnly) => openOnly
        ? session.Query("SELECT note FROM conflicts WHERE open = 1 ORDER BY seq DESC", Rows.Conflict)
        : session.Query("SELECT note FROM conflicts ORDER BY seq DESC", Rows.Conflict);

    public ConflictNote? Conflict(ConflictId id) =>
        session.Query("SELECT note FROM conflicts WHERE id = ?1", Rows.Conflict, id.ToString()).SingleOrDefault();

    public IReadOnlyList<OutboxChange> Pending() =>
        session.Query($"SELECT {Rows.OutboxColumns} FROM outbox WHERE state < 3 ORDER BY place", Rows.Outbox);

    public IReadOnlyList<OutboxChange> Pending(TaskId task) =>
        session.Query($"SELECT {Rows.OutboxColumns} FROM outbox WHERE state < 3 AND task = ?1 ORDER BY place", Rows.Outbox, task.ToString());

    public long Unanswered() => session.Scalar<long>("SELECT count(*) FROM outbox WHERE state < 2");

    public IReadOnlyList<OutboxChange> ToSend(ReplicaId replica, int count, int bytes)
    {
        var size = 0L;
        var rows = session.Query($"SELECT {Rows.OutboxColumns}, length(CAST(change AS BLOB)) FROM outbox WHERE state < 2 AND replica = ?1 ORDER BY n LIMIT ?2",
            row => (Change: Rows.Outbox(row), Size: row.GetInt64(7)), replica.ToString(), count);
        return [.. rows.TakeWhile((row, i) => (size += row.Size + 1) <= bytes || i == 0).Select(row => row.Change)];
    }

    public OutboxChange? Find(Origin origin) => session.Query($"SELECT {Rows.OutboxColumns} FROM outbox WHERE replica = ?1 AND n = ?2",
        Rows.Outbox, origin.Replica.ToString(), origin.N).SingleOrDefault();

    public IReadOnlyList<OutboxChange> From(ReplicaId replica, long n) =>
        session.Query($"SELECT {Rows.OutboxColumns} FROM outbox WHERE replica = ?1 AND n >= ?2 ORDER BY n", Rows.Outbox, replica.ToString(), n);

    public IReadOnlyList<ReplicaId> Replicas() => session.Query("SELECT DISTINCT replica FROM outbox", row => IdText.Parse<ReplicaId>(row.GetString(0)));

    public IReadOnlyList<RejectedChange> Rejected() =>
        session.Query("SELECT id, replica, n, change, code, detail, time FROM rejected ORDER BY id", Rows.Rejected);

    public IReadOnlyList<JournalEntry> Journal(TaskId task) =>
        session.Query("SELECT prior, change FROM journal WHERE task = ?1 ORDER BY seq", Rows.Journal, task.ToString());

    public IReadOnlyList<KnownDevice> Devices() =>
        session.Query("SELECT replica, user, number, own FROM devices ORDER BY user, number", Rows.Device);

    public IReadOnlyList<TaskId> Search(IReadOnlyCollection<string> words)
    {
        if (words.Count == 0) return session.Query("SELECT id FROM tasks", row => IdText.Parse<TaskId>(row.GetString(0)));
        var match = string.Join(" AND ", words.Select(word => $"\"{word}\"*"));
        return session.Query("SELECT t.id FROM search s JOIN tasks t ON t.key = s.rowid WHERE search MATCH ?1",
            row => IdText.Parse<TaskId>(row.GetString(0)), match);
    }

    public long Unindexed() => session.Scalar<long>("SELECT count(*) FROM tasks WHERE indexed = 0");
}

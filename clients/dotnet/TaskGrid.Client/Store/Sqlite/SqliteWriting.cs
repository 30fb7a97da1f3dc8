using System.Text.Json;
using TaskGrid.Contracts;
using TaskGrid.Contracts.Search;
using TaskGrid.Sync;

namespace TaskGrid.Client.Sqlite;

/// <summary>Writes within one transaction. The mark is kept in memory and written once, before the commit.</summary>
internal sealed class SqliteWriting(SqliteSession session) : SqliteReading(session), IReplicaWriting
{
    private const string MarkSql = """
        INSERT OR REPLACE INTO mark (one, organization, user, replica, next_n, base, history, last, seen, clock_offset, digest,
          former, resynced_at, quarantined, synced_at)
        VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
        """;

    private const string MeetSql = """
        INSERT INTO devices (replica, user, number, own) SELECT ?1, ?2, 1 + (SELECT count(*) FROM devices WHERE user = ?2), ?3
        WHERE NOT EXISTS (SELECT 1 FROM devices WHERE replica = ?1)
        """;

    // About 40 MB of ordinary changes: months of a busy team.
    private const long JournalKept = 100_000;

    private bool moved;
    private ReplicaId? met;

    public void Put(ReplicaMark mark)
    {
        Mark = mark;
        moved = true;
    }

    public void Put(TaskId task, JournalEntry entry) => Session.Run("INSERT OR IGNORE INTO journal (task, seq, prior, change) VALUES (?1, ?2, ?3, ?4)",
        task.ToString(), entry.Change.Seq, entry.Prior, JsonSerializer.Serialize(entry.Change, ContractsJson.Default.CanonicalChange));

    public void Meet(ReplicaId replica, UserId user)
    {
        // Changes of one device come in runs.
        if (met == replica) return;
        Meet(replica, user, own: false);
        met = replica;
    }

    public void Put(TaskLine line)
    {
        var term = TaskDigest.Term(line);
        var before = Session.Query("SELECT key, term, indexed FROM tasks WHERE id = ?1",
            row => (Key: row.GetInt64(0), Term: unchecked((ulong)row.GetInt64(1)), Indexed: row.GetInt64(2) != 0), line.Id.ToString());
        if (before is [var old])
        {
            if (old.Indexed) Session.Run("DELETE FROM search WHERE rowid = ?1", old.Key);
            Session.Run("UPDATE tasks SET line = ?2, term = ?3, seq = ?4, indexed = 0 WHERE key = ?1", old.Key, Rows.Json(line), unchecked((long)term), line.Seq);
        }
        else Insert(line.Id, line.Seq, Rows.Json(line), term);
        Put(Mark with { Digest = unchecked(Mark.Digest + term - (before is [var was] ? was.Term : 0)) });
    }

    public void Put(DefinitionLine line) => Session.Run("INSERT OR REPLACE INTO definitions (kind, id, line) VALUES (?1, ?2, ?3)",
        line.Kind, line.Id.ToString(), JsonSerializer.Serialize(line, ContractsJson.Default.DefinitionLine));

    public void Put(MemberLine line) => Session.Run("INSERT OR REPLACE INTO members (user, line) VALUES (?1, ?2)",
        line.Member.ToString(), JsonSerializer.Serialize(line, ContractsJson.Default.MemberLine));

    public void PutEmail(UserId user, string email) =>
        Session.Run("INSERT OR REPLACE INTO emails (user, email) VALUES (?1, ?2)", user.ToString(), email);

    public void RemoveMember(UserId user) => Session.Run("DELETE FROM members WHERE user = ?1", user.ToString());

    public void Put(ConflictNote note)
    {
        foreach (var version in note.Versions) Meet(version.Replica, version.User);
        Session.Run("INSERT OR REPLACE INTO conflicts (id, task, seq, open, note) VALUES (?1, ?2, ?3, ?4, ?5)",
            note.Id.ToString(), note.Task.ToString(), note.Versions is [.., var last] ? last.Seq : 0, note.Open ? 1 : 0,
            JsonSerializer.Serialize(note, ContractsJson.Default.ConflictNote));
    }

    public long Append(OutboxChange change)
    {
        Session.Run("INSERT INTO outbox (replica, n, state, task, change, shown, seq, made_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            change.Origin.Replica.ToString(), change.Origin.N, (long)change.State, ReplicaView.TaskOf(this, change.Change.Body)?.ToString(),
            change.Raw ?? Rows.Json(change.Change), Rows.Json(change.Shown), change.Seq, change.Change.At.Wall);
        return Session.LastId;
    }

    public void Replace(OutboxChange change) => Session.Run(
        "UPDATE outbox SET replica = ?2, n = ?3, state = ?4, change = ?5, shown = ?6, seq = ?7, made_at = coalesce(?8, made_at) WHERE place = ?1",
        change.Place, change.Origin.Replica.ToString(), change.Origin.N, (long)change.State,
        change.Raw ?? Rows.Json(change.Change), Rows.Json(change.Shown), change.Seq, change.SentAt);

    public void Remove(OutboxChange change) => Session.Run("DELETE FROM outbox WHERE place = ?1", change.Place);

    public void Reject(OutboxChange change, string code, string? detail, DateTimeOffset time)
    {
        Remove(change);
        Session.Run("INSERT INTO rejected (replica, n, change, code, detail, time) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            change.Origin.Replica.ToString(), change.Origin.N, Rows.Json(change.Change), code, detail, time.ToUnixTimeMilliseconds());
    }

    public void Forget(RejectedChange change) => Session.Run("DELETE FROM rejected WHERE id = ?1", change.Id);

    public void Prune(DateTimeOffset before)
    {
        Session.Run("DELETE FROM outbox WHERE state = 3 AND made_at < ?1", before.ToUnixTimeMilliseconds());
        Session.Run("DELETE FROM journal WHERE key <= (SELECT max(key) FROM journal) - ?1", JournalKept);
    }

    public void ClearConfirmed()
    {
        Session.Run("DELETE FROM tasks");
        Session.Run("INSERT INTO search (search) VALUES ('delete-all')");
        Session.Run("DELETE FROM definitions");
        Session.Run("DELETE FROM members");
        Session.Run("DELETE FROM conflicts");
        Session.Run("DELETE FROM journal");
        Put(Mark with { Digest = 0 });
    }

    public void Load(IEnumerable<LoadedTask> tasks)
    {
        var digest = Mark.Digest;
        foreach (var task in tasks)
        {
            Insert(task.Id, task.Seq, task.Json, task.Term);
            digest = unchecked(digest + task.Term);
        }
        Put(Mark with { Digest = digest });
    }

    public long Index(int atMost)
    {
        var rows = Session.Query("SELECT line, key FROM tasks WHERE indexed = 0 LIMIT ?1", row => (Line: Rows.Task(row), Key: row.GetInt64(1)), atMost);
        foreach (var (line, key) in rows)
        {
            Session.Run("INSERT INTO search (rowid, words) VALUES (?1, ?2)", key, string.Join(' ', TaskWords.Of(line)));
            Session.Run("UPDATE tasks SET indexed = 1 WHERE key = ?1", key);
        }
        return rows.Count < atMost ? 0 : Unindexed();
    }

    /// <summary>Writes the mark if it moved; the last step before the commit.</summary>
    public void Flush()
    {
        if (!moved) return;
        var mark = Mark;
        Session.Run(MarkSql, mark.Organization.ToString(), mark.User.ToString(), mark.Replica.ToString(), mark.NextN, mark.Base, mark.History,
            mark.Clock.Last.ToString(), mark.Clock.Seen.ToString(), mark.ClockOffset, unchecked((long)mark.Digest),
            JsonSerializer.Serialize(new CausalClock(0, mark.Former), ClientJson.Default.CausalClock), mark.ResyncedAt,
            mark.Quarantined ? 1L : 0L, mark.SyncedAt);
        Meet(mark.Replica, mark.User, own: true);
    }

    private void Meet(ReplicaId replica, UserId user, bool own) => Session.Run(MeetSql, replica.ToString(), user.ToString(), own ? 1L : 0L);

    private void Insert(TaskId id, long seq, byte[] line, ulong term) =>
        Session.Run("INSERT INTO tasks (id, seq, line, term, indexed) VALUES (?1, ?2, ?3, ?4, 0)", id.ToString(), seq, line, unchecked((long)term));
}

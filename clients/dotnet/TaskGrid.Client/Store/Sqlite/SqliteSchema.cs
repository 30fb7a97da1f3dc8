namespace TaskGrid.Client.Sqlite;

/// <summary>
/// The tables, as a list of steps: a store at version v runs the steps after v, each in the transaction that also moves the version.
/// Steps are never altered once released. None may drop the outbox or the refused changes: those exist nowhere else.
/// </summary>
internal static class SqliteSchema
{
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE mark (
          one INTEGER PRIMARY KEY CHECK (one = 1), organization TEXT NOT NULL, user TEXT NOT NULL, replica TEXT NOT NULL,
          next_n INTEGER NOT NULL, base INTEGER NOT NULL, history TEXT, last TEXT NOT NULL, seen TEXT NOT NULL, clock_offset INTEGER NOT NULL,
          digest INTEGER NOT NULL, former TEXT NOT NULL, resynced_at INTEGER NOT NULL, quarantined INTEGER NOT NULL,
          synced_at INTEGER NOT NULL) STRICT;
        CREATE TABLE tasks (
          key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, seq INTEGER NOT NULL, line BLOB NOT NULL, term INTEGER NOT NULL, indexed INTEGER NOT NULL) STRICT;
        CREATE INDEX tasks_seq ON tasks (seq);
        CREATE INDEX tasks_unindexed ON tasks (key) WHERE indexed = 0;
        CREATE TABLE definitions (kind TEXT NOT NULL, id TEXT NOT NULL, line TEXT NOT NULL, PRIMARY KEY (kind, id)) STRICT, WITHOUT ROWID;
        CREATE TABLE members (user TEXT PRIMARY KEY, line TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE emails (user TEXT PRIMARY KEY, email TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE conflicts (id TEXT PRIMARY KEY, task TEXT NOT NULL, seq INTEGER NOT NULL, open INTEGER NOT NULL, note TEXT NOT NULL) STRICT;
        CREATE INDEX conflicts_open ON conflicts (seq) WHERE open = 1;
        CREATE TABLE outbox (
          place INTEGER PRIMARY KEY AUTOINCREMENT, replica TEXT NOT NULL, n INTEGER NOT NULL, state INTEGER NOT NULL, task TEXT,
          change TEXT NOT NULL, shown TEXT, seq INTEGER, made_at INTEGER NOT NULL, UNIQUE (replica, n)) STRICT;
        CREATE INDEX outbox_pending ON outbox (place) WHERE state < 3;
        CREATE INDEX outbox_pending_task ON outbox (task, place) WHERE state < 3;
        CREATE INDEX outbox_unanswered ON outbox (replica, n) WHERE state < 2;
        CREATE INDEX outbox_done ON outbox (made_at) WHERE state = 3;
        CREATE TABLE rejected (
          id INTEGER PRIMARY KEY AUTOINCREMENT, replica TEXT NOT NULL, n INTEGER NOT NULL, change TEXT NOT NULL, code TEXT NOT NULL,
          detail TEXT, time INTEGER NOT NULL) STRICT;
        CREATE VIRTUAL TABLE search USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'ascii');
        """,
        """
        CREATE TABLE journal (
          key INTEGER PRIMARY KEY, task TEXT NOT NULL, seq INTEGER NOT NULL, prior INTEGER NOT NULL, change TEXT NOT NULL, UNIQUE (task, seq)) STRICT;
        CREATE TABLE devices (replica TEXT PRIMARY KEY, user TEXT NOT NULL, number INTEGER NOT NULL, own INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        INSERT INTO devices (replica, user, number, own) SELECT replica, user, 1, 1 FROM mark;
        """,
    ];

    public static void Apply(SqliteSession session)
    {
        if (session.Scalar<long>("PRAGMA user_version") == Steps.Length) return;
        session.Run("BEGIN IMMEDIATE");
        try
        {
            var version = session.Scalar<long>("PRAGMA user_version");
            if (version > Steps.Length)
                throw new InvalidOperationException("This store was written by a newer version of TaskGrid. Please update.");
            for (var step = version; step < Steps.Length; step++) session.Run(Steps[step]);
            session.Run($"PRAGMA user_version = {Steps.Length}");
            session.Run("COMMIT");
        }
        catch
        {
            session.RollBack();
            throw;
        }
    }
}

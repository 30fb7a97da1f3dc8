using Microsoft.Data.Sqlite;

namespace TaskGrid.Client.Sqlite;

/// <summary>One connection and its prepared statements. Not thread-safe: whoever holds it locks it.</summary>
internal sealed class SqliteSession : IDisposable
{
    private const int BusyMilliseconds = 15_000;
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> commands = new(StringComparer.Ordinal);

    public SqliteSession(string path)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = BusyMilliseconds / 1000 }.ToString());
        try
        {
            connection.Open();
            // FULL with WAL: a change is on disk when its mutator returns. The others only keep readers from waiting.
            Run($"PRAGMA busy_timeout = {BusyMilliseconds}");
            Scalar<string>("PRAGMA journal_mode = WAL");
            Run("PRAGMA synchronous = FULL");
            Run("PRAGMA foreign_keys = ON");
            Run("PRAGMA cache_size = -32000");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public long LastId => Scalar<long>("SELECT last_insert_rowid()");

    /// <summary>Runs a statement; answers how many rows it touched.</summary>
    public int Run(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    public T? Scalar<T>(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteScalar() is T value ? value : default;

    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> values)
    {
        using var reader = Bind(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(map(reader));
        return rows;
    }

    /// <summary>Takes back what was begun. Where the disk was full or failed, SQLite has done so by itself, and to do it again would hide the reason.</summary>
    public void RollBack()
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0) Run("ROLLBACK");
    }

    public void Dispose()
    {
        foreach (var command in commands.Values) command.Dispose();
        connection.Dispose();
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= values.Length; i++) command.Parameters.Add(new SqliteParameter($"?{i}", null));
            commands[sql] = command;
        }
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }
}

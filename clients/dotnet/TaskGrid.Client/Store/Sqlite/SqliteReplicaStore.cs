using Microsoft.Data.Sqlite;

namespace TaskGrid.Client.Sqlite;

/// <summary>A replica in one SQLite file: WAL, forced to disk at every commit, safe for several processes at once.</summary>
public sealed class SqliteReplicaStore : IReplicaStore
{
    private readonly string path;
    private readonly SqliteSession writer;
    private readonly SqliteSession reader;
    private readonly Lock writing = new();
    private readonly Lock reading = new();

    private SqliteReplicaStore(string path)
    {
        this.path = path;
        writer = new SqliteSession(path);
        try
        {
            SqliteSchema.Apply(writer);
            reader = new SqliteSession(path);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>Opens the store of a file, and makes it with this mark if it is new.</summary>
    /// <exception cref="InvalidOperationException">A newer version wrote it.</exception>
    /// <exception cref="StorageFullException">There is no room for what SQLite needs to open it.</exception>
    public static SqliteReplicaStore Open(string path, Func<ReplicaMark> first)
    {
        SqliteReplicaStore? store = null;
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
            store = new SqliteReplicaStore(path);
            if (!store.HasMark()) store.Write(w => Begin(store.writer, w, first));
            return store;
        }
        catch (Exception failure)
        {
            store?.Dispose();
            if (failure is not StorageFullException && StorageFullException.Is(failure)) throw new StorageFullException(failure);
            throw;
        }
    }

    /// <inheritdoc/>
    public T Read<T>(Func<IReplicaReading, T> read)
    {
        lock (reading)
        {
            reader.Run("BEGIN");
            try
            {
                return read(new SqliteReading(reader));
            }
            finally
            {
                reader.Run("ROLLBACK");
            }
        }
    }

    /// <inheritdoc/>
    public T Write<T>(Func<IReplicaWriting, T> write)
    {
        lock (writing)
        {
            try
            {
                // IMMEDIATE: the write lock is taken before anything is read, so numbers are given one by one across processes.
                writer.Run("BEGIN IMMEDIATE");
                var transaction = new SqliteWriting(writer);
                var result = write(transaction);
                transaction.Flush();
                writer.Run("COMMIT");
                return result;
            }
            catch (Exception failure)
            {
                writer.RollBack();
                if (failure is SqliteException && StorageFullException.Is(failure)) throw new StorageFullException(failure);
                throw;
            }
        }
    }

    /// <summary>Sets how many pages the file may have, at least those that it has: what a disk is that is full.</summary>
    internal void LimitPages(int most)
    {
        lock (writing) writer.Scalar<long>($"PRAGMA max_page_count = {most}");
    }

    /// <inheritdoc/>
    public long Version()
    {
        lock (reading) return reader.Scalar<long>("PRAGMA data_version");
    }

    /// <inheritdoc/>
    public IDisposable? TryLead()
    {
        try
        {
            return new FileStream(path + ".lead", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure)
        {
            return StorageFullException.Is(failure) ? throw new StorageFullException(failure) : null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (writing) writer.Dispose();
        lock (reading) reader.Dispose();
    }

    private bool HasMark()
    {
        lock (reading) return reader.Scalar<long>("SELECT count(*) FROM mark") == 1;
    }

    private static bool Begin(SqliteSession session, IReplicaWriting writing, Func<ReplicaMark> first)
    {
        // Another process may have made it between the look and the lock.
        if (session.Scalar<long>("SELECT count(*) FROM mark") == 0) writing.Put(first());
        return true;
    }
}

using TaskGrid.Client.Sqlite;

namespace TaskGrid.Client.Tests;

/// <summary>A store whose process dies at one of its writes: just before the commit, or just after it.</summary>
internal sealed class CrashingStore(IReplicaStore inner) : IReplicaStore
{
    private int writes;

    /// <summary>At which write from now on (from 1); 0 for never.</summary>
    public int CrashAt
    {
        get;
        set
        {
            field = value;
            writes = 0;
        }
    }

    public bool AfterCommit { get; set; }

    public bool Crashed { get; private set; }

    public T Read<T>(Func<IReplicaReading, T> read) => inner.Read(read);

    public T Write<T>(Func<IReplicaWriting, T> write)
    {
        if (++writes != CrashAt) return inner.Write(write);
        Crashed = true;
        if (AfterCommit) inner.Write(write);
        else
            try
            {
                inner.Write<T>(writing =>
                {
                    write(writing);
                    throw new CrashException();
                });
            }
            catch (CrashException)
            {
                // Rolled back, as a process that dies here would leave it.
            }
        throw new CrashException();
    }

    /// <summary>The file may not grow any more.</summary>
    public void LimitRoom() => ((SqliteReplicaStore)inner).LimitPages(1);

    /// <summary>There is room again.</summary>
    public void GiveRoom() => ((SqliteReplicaStore)inner).LimitPages(int.MaxValue);

    public long Version() => inner.Version();

    public IDisposable? TryLead() => inner.TryLead();

    public void Dispose() => inner.Dispose();
}

/// <summary>The process died.</summary>
internal sealed class CrashException : Exception;

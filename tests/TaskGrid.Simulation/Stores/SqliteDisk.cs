using Microsoft.Data.Sqlite;
using TaskGrid.Client;
using TaskGrid.Client.Sqlite;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation;

/// <summary>The store that people have, in a file of a folder.</summary>
internal sealed class SqliteDisk : IDisk
{
    private readonly HashSet<ReplicaId> replicas;
    private readonly string folder;
    private readonly string path;
    private readonly SqliteReplicaStore store;

    /// <summary>Opens the store of a file, and makes it if it is new.</summary>
    public SqliteDisk(string folder, Func<ReplicaMark> first)
        : this(folder, NewPath(folder), first, [])
    {
    }

    private SqliteDisk(string folder, string path, Func<ReplicaMark> first, HashSet<ReplicaId> replicas)
    {
        (this.folder, this.path, this.replicas) = (folder, path, replicas);
        store = SqliteReplicaStore.Open(path, first);
        replicas.Add(store.Read(reading => reading.Mark.Replica));
    }

    public Func<DiskFault> NextFault { get; set; } = () => DiskFault.None;

    /// <summary>Done changes are kept with what was shown last: nothing needs to be noted on the way.</summary>
    public IReadOnlyDictionary<(string? History, long Seq), (Origin Origin, TextEdit Shown)> CameBack => store.Read(reading => replicas
        .SelectMany(replica => reading.From(replica, 1))
        .Where(row => row is { State: OutboxState.Done, Seq: not null, Shown.IsEmpty: false })
        .ToDictionary(row => (reading.Mark.History, row.Seq!.Value), row => (row.Origin, row.Shown!)));

    public T Read<T>(Func<IReplicaReading, T> read) => store.Read(read);

    public T Write<T>(Func<IReplicaWriting, T> write)
    {
        var fault = NextFault();
        var result = store.Write(writing =>
        {
            var made = write(writing);
            replicas.Add(writing.Mark.Replica);
            // Whatever a callback throws, nothing of it stays: the same as a disk without room, or a process without time.
            return fault switch
            {
                DiskFault.Full => throw new IOException("the disk is full"),
                DiskFault.DiesBefore => throw new ProcessDiedException(),
                _ => made,
            };
        });
        return fault == DiskFault.DiesAfter ? throw new ProcessDiedException() : result;
    }

    public long Version() => store.Version();

    public IDisposable? TryLead() => store.TryLead();

    public IDisk Copy()
    {
        var copy = NewPath(folder);
        using (var from = Connect(path))
        using (var to = Connect(copy)) from.BackupDatabase(to);
        return new SqliteDisk(folder, copy, () => throw new InvalidOperationException("the copy is empty"), [.. replicas]);
    }

    public void Dispose() => store.Dispose();

    private static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static string NewPath(string folder) => Path.Combine(folder, $"{Guid.NewGuid():N}.db");
}

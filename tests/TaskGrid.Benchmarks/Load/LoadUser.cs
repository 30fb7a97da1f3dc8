using System.Collections.Concurrent;
using System.Diagnostics;
using TaskGrid.Client;
using TaskGrid.Client.Sqlite;
using TaskGrid.Contracts;

namespace TaskGrid.Benchmarks.Load;

/// <summary>A person with the real client engine: a store on disk, a sync loop, and an eye on what arrives.</summary>
internal sealed class LoadUser : IAsyncDisposable, IProgress<SyncEvent>
{
    private readonly SqliteReplicaStore store;
    private readonly Replica replica;
    private readonly ConcurrentDictionary<TaskId, long> written;
    private readonly ConcurrentQueue<long> acknowledgements;
    private readonly HashSet<TaskId> seen = [];
    private readonly ConcurrentQueue<double> latencies = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Task<SyncOutcome> syncing;

    public LoadUser(
        LoadAccount account, OrganizationId organization, Uri gateway, string path,
        ConcurrentDictionary<TaskId, long> written, ConcurrentQueue<long> acknowledgements)
    {
        (Account, Organization) = (account, organization);
        (this.written, this.acknowledgements) = (written, acknowledgements);
        store = account.OpenStore(organization, path);
        var wake = new WakeSignal();
        replica = new Replica(store, TimeProvider.System, wake);
        var loop = new SyncLoop(store, account.TransportTo(gateway), wake, TimeProvider.System, new Random(), this);
        syncing = Task.Run(() => loop.RunAsync(stopping.Token));
    }

    public LoadAccount Account { get; }

    public OrganizationId Organization { get; }

    public IEnumerable<double> Latencies => latencies;

    public long Unsent => store.Read(reading => reading.Unanswered());

    public int Outstanding
    {
        get
        {
            Look();
            lock (seen) return written.Count - seen.Count;
        }
    }

    public ulong Digest => store.Read(reading => reading.Mark.Digest);

    public bool IsUpToDate => store.Read(reading => reading.Mark.Base) > 0;

    public void Write(TaskId task, int number)
    {
        lock (seen) seen.Add(task); // one's own is seen at once
        if (replica.Write(new ChangeBody.Create(task, TaskValues.Titled($"Written under load, number {number}"))) is not WriteOutcome.Written)
            throw new InvalidOperationException("a local write was refused");
    }

    public void Report(SyncEvent value)
    {
        if (value is SyncEvent.Pushed { Answered: > 0 }) acknowledgements.Enqueue(Stopwatch.GetTimestamp());
        if (value is SyncEvent.Pulled) Look();
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        try
        {
            await syncing;
        }
        catch (OperationCanceledException)
        {
        }
        store.Dispose();
        stopping.Dispose();
    }

    private void Look()
    {
        if (syncing is { IsCompleted: true }) throw new InvalidOperationException($"a sync loop ended: {syncing.Result}");
        lock (seen)
        {
            var missing = written.Where(pair => !seen.Contains(pair.Key)).ToList();
            if (missing.Count == 0) return;
            foreach (var (task, at) in store.Read(reading => missing.Where(pair => reading.Task(pair.Key) is not null).ToList()))
            {
                seen.Add(task);
                latencies.Enqueue(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
            }
        }
    }
}

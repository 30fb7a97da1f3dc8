using TaskGrid.Client.Sqlite;
using TaskGrid.Contracts;

namespace TaskGrid.Client.Tests;

/// <summary>One device of one user: a store on disk, a replica and its way to the server.</summary>
internal sealed class Device : IDisposable
{
    private readonly string folder;

    public Device(FakeServer server, UserId user, TimeProvider time, string? copyOf = null)
    {
        Time = time;
        folder = Directory.CreateTempSubdirectory("tg-client-").FullName;
        if (copyOf is not null)
            foreach (var file in Directory.GetFiles(copyOf)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        Store = new CrashingStore(Open(server, user));
        Transport = new FakeTransport(server, user);
        Replica = new Replica(Store, time, new WakeSignal());
        Exchange = new SyncExchange(Store, Transport, time);
        User = user;
    }

    public UserId User { get; }

    public TimeProvider Time { get; }

    public string Folder => folder;

    public CrashingStore Store { get; }

    public FakeTransport Transport { get; }

    public Replica Replica { get; }

    public SyncExchange Exchange { get; private set; }

    public ReplicaMark Mark => Store.Read(reading => reading.Mark);

    public IReadOnlyList<RejectedChange> Rejected => Store.Read(reading => reading.Rejected());

    /// <summary>What a restarted process has: the same store, nothing in memory.</summary>
    public void Restart() => Exchange = new SyncExchange(Store, Transport, Time);

    public async Task<SyncOutcome> SyncAsync()
    {
        SyncOutcome outcome;
        do outcome = await Exchange.RunAsync(0, TestContext.Current.CancellationToken);
        while (outcome is SyncOutcome.More);
        return outcome;
    }

    public Origin Write(ChangeBody body) => Assert.IsType<WriteOutcome.Written>(Replica.Write(body)).Origins[0];

    public TaskId Create(string title, string description = "")
    {
        var task = TaskId.From(Guid.CreateVersion7());
        Write(new ChangeBody.Create(task, TaskValues.Titled(title) with { Description = description }));
        return task;
    }

    public void Type(TaskId task, string field, string text) =>
        Write(new ChangeBody.Text(task, field, TextEdit.Between(Shown(task)!.TextOf(field), text)));

    public TaskLine? Shown(TaskId task) => Store.Read(reading => ReplicaView.Task(reading, task));

    public IReadOnlyList<TaskLine> Confirmed => Store.Read(reading => reading.Tasks().ToList());

    public void Dispose()
    {
        Store.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private SqliteReplicaStore Open(FakeServer server, UserId user) => SqliteReplicaStore.Open(Path.Combine(folder, "replica.db"), () => new ReplicaMark
    {
        Organization = server.Organization,
        User = user,
        Replica = ReplicaId.From(Guid.CreateVersion7()),
    });
}

using TaskGrid.Client;
using TaskGrid.Client.Sqlite;
using TaskGrid.TestKit;

namespace TaskGrid.Simulation.Tests.Stores;

/// <summary>The store of a simulated device.</summary>
public sealed class MemoryStoreConformanceTests : OutboxConformance
{
    protected override IReplicaStore Open(ReplicaMark first) => new MemoryReplicaStore(new MemoryState { Mark = first });
}

/// <summary>The store of a real one.</summary>
public sealed class SqliteStoreConformanceTests : OutboxConformance
{
    private readonly ScratchFolder folder = new();
    private int stores;

    protected override IReplicaStore Open(ReplicaMark first) => SqliteReplicaStore.Open(folder.File($"replica-{++stores}.db"), () => first);

    public override void Dispose()
    {
        base.Dispose();
        folder.Dispose();
    }
}

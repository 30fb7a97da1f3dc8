using TaskGrid.Grains.Ports;
using TaskGrid.TestKit;

namespace TaskGrid.EventStore.Tests.Conformance;

public sealed class InMemoryEventStoreTests : EventStoreConformance
{
    private readonly InMemoryEventStore store = new();

    protected override IEventCommitter Committer => store;

    protected override IStateReader Reader => store;
}

using TaskGrid.EventStore.Marten.Commits;
using TaskGrid.EventStore.Marten.Reading;
using TaskGrid.EventStore.Tests.Facts;
using TaskGrid.Grains.Ports;

namespace TaskGrid.EventStore.Tests.Conformance;

public sealed class MartenEventStoreTests(ADatabase database) : EventStoreConformance, IClassFixture<ADatabase>
{
    protected override IEventCommitter Committer { get; } = new MartenEventCommitter(database.Store, database.Source);

    protected override IStateReader Reader { get; } = new MartenStateReader(database.Source);
}

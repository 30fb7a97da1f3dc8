using TaskGrid.Contracts;

namespace TaskGrid.Client.Tests;

/// <summary>What a change says of what its author had seen, and how the outbox is sent.</summary>
public sealed class OutboxTests : IDisposable
{
    private readonly World world = new();

    public void Dispose() => world.Dispose();

    [Fact(DisplayName = "[CL1] A change says up to where its store held the log; own earlier changes are not written")]
    public async Task Clock()
    {
        var ana = world.DeviceOf(world.Ana);
        await ana.SyncAsync();
        var task = ana.Create("fence");
        ana.Write(new ChangeBody.Set(task, Fields.Status, FieldValue.Of("doing")));

        Assert.All(Pending(ana), row => Assert.Equal(new CausalClock(2), row.Change.Clock));

        await ana.SyncAsync();
        ana.Write(new ChangeBody.Set(task, Fields.Status, FieldValue.Of("done")));
        Assert.Equal(new CausalClock(4), Assert.Single(Pending(ana)).Change.Clock);
    }

    [Fact(DisplayName = "[CL3] What was made before others' changes came in is sent with the base that it was made on")]
    public async Task BaseStays()
    {
        var (ana, ben) = (world.DeviceOf(world.Ana), world.DeviceOf(world.Ben));
        var task = ana.Create("fence");
        await world.ConvergeAsync();
        ana.Write(new ChangeBody.Set(task, Fields.Status, FieldValue.Of("doing")));
        var made = Pending(ana)[0].Change.Clock;
        ben.Write(new ChangeBody.Set(task, Fields.Status, FieldValue.Of("done")));
        await ben.SyncAsync();

        Assert.True(ana.Exchange.TakeLive(new LiveFrame.Changes(ana.Mark.Base, world.Server.Head, [.. world.Server.Log.Skip((int)ana.Mark.Base)])));
        await ana.SyncAsync();

        Assert.Equal(made, world.Server.Log[^1].Clock);
        Assert.True(made.Base < world.Server.Head - 1);
    }

    [Fact(DisplayName = "[PU5] A push starts at the lowest number for which there is no answer, with the same bytes")]
    public async Task FromTheLowest()
    {
        var ana = world.DeviceOf(world.Ana);
        var task = ana.Create("fence");
        await ana.SyncAsync();
        ana.Write(new ChangeBody.Set(task, Fields.Status, FieldValue.Of("doing")));
        (ana.Transport.CutAt, ana.Transport.How) = (ana.Transport.Requests + 1, Cut.AnswerLost);
        await ana.SyncAsync();
        ana.Write(new ChangeBody.Set(task, Fields.Status, FieldValue.Of("done")));

        await ana.SyncAsync();

        var (lost, again) = (ana.Transport.Pushes[^2], ana.Transport.Pushes[^1]);
        Assert.Equal(lost.Changes, again.Changes.Take(1));
        Assert.Equal(2, again.Changes.Count);
        Assert.Equal(lost.Replica, again.Replica);
    }

    [Fact(DisplayName = "[PU9] [CL2] After a fork changes go on from 1 under a new id, keep stamp and base, and name the old replica in their clocks")]
    public async Task Fork()
    {
        var ana = world.DeviceOf(world.Ana);
        var task = ana.Create("fence");
        await ana.SyncAsync();
        var copy = world.DeviceOf(world.Ana, ana.Folder);
        ana.Write(new ChangeBody.Add(task, Fields.Labels, "one"));
        await ana.SyncAsync();
        copy.Write(new ChangeBody.Add(task, Fields.Labels, "two"));
        copy.Write(new ChangeBody.Add(task, Fields.Labels, "three"));
        var made = Pending(copy);

        await copy.SyncAsync();

        var issued = world.Server.Log.Where(change => change.Origin?.Replica == copy.Mark.Replica).ToList();
        Assert.NotEqual(ana.Mark.Replica, copy.Mark.Replica);
        Assert.Equal([1L, 2L], issued.Select(change => change.Origin!.Value.N));
        Assert.Equal(made.Select(row => row.Change.At), issued.Select(change => change.AtSent ?? change.At));
        foreach (var change in issued)
        {
            Assert.Equal(made[0].Change.Clock.Base, change.Clock!.Base);
            // The first of Ana's numbers is what both copies share; the second is what they disagree on.
            Assert.Equal(KeyValuePair.Create(ana.Mark.Replica, 1L), Assert.Single(change.Clock.Replicas));
        }

        copy.Write(new ChangeBody.Add(task, Fields.Labels, "four"));
        Assert.Empty(Assert.Single(Pending(copy)).Change.Clock.Replicas);
    }

    private static IReadOnlyList<OutboxChange> Pending(Device device) => device.Store.Read(reading => reading.Pending());
}

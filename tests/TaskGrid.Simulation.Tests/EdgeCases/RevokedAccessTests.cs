using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation.Tests.EdgeCases;

public sealed class RevokedAccessTests
{
    [Fact(DisplayName = "Edge case 10: access is revoked while offline: the tasks go, the unsent work stays with its author, and is sent when access returns")]
    public void Revoked_and_returned() => Stage.Play(async stage =>
    {
        var (ana, ben) = (await stage.DeviceOf(stage.Ana), await stage.DeviceOf(stage.Ben));
        var task = await stage.CreateAsync(ana, "Paint the fence");
        await stage.FallQuietAsync();
        ben.Comment(task, stage.NewComment(), "sent");
        await ben.SyncAsync();
        var made = stage.NewTask();
        ben.Type(task, Fields.Title, "Paint the fence blue");
        ben.Comment(task, stage.NewComment(), "unsent");
        ben.Do(new ChangeBody.Create(made, TaskValues.Titled("Buy paint")));
        Assert.True(await stage.Server.SetRoleAsync(stage.Ben, null));
        var head = stage.Log.Count;

        Assert.IsType<SyncOutcome.AccessLost>(await ben.SyncedAsync());
        Assert.Equal(head, stage.Log.Count);
        Assert.Equal((0, true), (ben.Store.Read(reading => reading.TaskCount()), ben.Mark.Quarantined));
        Assert.Equal(["text", "comment", "create"], ben.Pending.Select(change => change.Change.Body.Op));
        Assert.Equal([2L, 3, 4], ben.Pending.Select(change => change.Origin.N));
        // Asked again and again, it says the same and loses nothing.
        Assert.IsType<SyncOutcome.AccessLost>(await ben.SyncedAsync());
        Assert.Equal(3, ben.Pending.Count);

        // Meanwhile the others go on, and Ben is asked back.
        ana.Type(task, Fields.Title, "Paint the garden fence");
        await ana.SyncAsync();
        Assert.True(await stage.Server.SetRoleAsync(stage.Ben, Role.Member));
        await stage.FallQuietAsync();
        Assert.IsType<SyncOutcome.UpToDate>(ben.Last);
        foreach (var device in (Device[])[ana, ben])
        {
            Assert.Equal("Paint the garden fence blue", device.Shown(task).Title);
            Assert.Equal(["sent", "unsent"], device.Shown(task).Comments.Select(comment => comment.Body));
            Assert.Equal("Buy paint", device.Shown(made).Title);
        }
        Assert.Empty(ben.Refused);
        Assert.Equal([1L, 2, 3, 4], stage.Log.Where(change => change.User == stage.Ben.Id && change.Origin is not null).Select(change => change.Origin!.Value.N));
    });

    [Fact(DisplayName = "Edge case 10: access is revoked while a push is on its way: nothing of it counts, and all of it is kept")]
    public void Revoked_during_a_push() => Stage.Play(async stage =>
    {
        var ana = await stage.DeviceOf(stage.Ana);
        CutNetwork? network = null;
        var ben = await stage.DeviceOf(stage.Ben, server => network = new CutNetwork(server));
        var task = await stage.CreateAsync(ana, "Paint the fence");
        await ben.SyncAsync();
        ben.Comment(task, stage.NewComment(), "too late");
        network!.BeforeArrival = () => stage.Server.SetRoleAsync(stage.Ben, null);
        Assert.IsType<SyncOutcome.AccessLost>(await ben.SyncedAsync());
        await ana.SyncAsync();
        Assert.Empty(ana.Shown(task).Comments);
        Assert.Equal("too late", Assert.IsType<ChangeBody.Comment>(Assert.Single(ben.Pending).Change.Body).Body);
    });

    [Fact(DisplayName = "Edge case 10: the role shrinks to reading while offline: the changes are refused one by one with a reason, and can be tried again when it grows")]
    public void Made_a_viewer() => Stage.Play(async stage =>
    {
        var (ana, ben) = (await stage.DeviceOf(stage.Ana), await stage.DeviceOf(stage.Ben));
        var task = await stage.CreateAsync(ana, "Paint the fence");
        await stage.FallQuietAsync();
        ben.Comment(task, stage.NewComment(), "of a viewer");
        ben.Set(task, Fields.Status, "done");
        Assert.True(await stage.Server.SetRoleAsync(stage.Ben, Role.Viewer));
        await stage.FallQuietAsync();
        Assert.Equal([(Codes.Forbidden, "comment"), (Codes.Forbidden, "set")], ben.Refused.Select(change => (change.Code, change.Change.Body.Op)));
        Assert.All(ben.Refused, change => Assert.False(string.IsNullOrWhiteSpace(change.Detail)));
        Assert.Equal((0, (string?)null), (ben.Shown(task).Comments.Length, ben.Value(task, Fields.Status)));
        // His program says so at once now, before anything is written.
        Assert.Equal(Codes.Forbidden, Assert.IsType<WriteOutcome.Refused>(ben.Replica.Write(new ChangeBody.Delete(task))).Code);

        Assert.True(await stage.Server.SetRoleAsync(stage.Ben, Role.Member));
        await ben.SyncAsync();
        foreach (var change in ben.Refused) Assert.IsType<WriteOutcome.Written>(ben.Replica.Retry(change));
        await stage.FallQuietAsync();
        Assert.Equal("of a viewer", Assert.Single(ana.Shown(task).Comments).Body);
        Assert.Equal("done", ana.Value(task, Fields.Status));
        Assert.Empty(ben.Refused);
    });

    [Fact(DisplayName = "Edge case 10: a page of some proxy that says 404 takes nothing away: the server itself must say so, twice")]
    public void A_lying_proxy() => Stage.Play(async stage =>
    {
        CutNetwork? network = null;
        var ben = await stage.DeviceOf(stage.Ben, server => network = new CutNetwork(server));
        var task = await stage.CreateAsync(ben, "Paint the fence");
        ben.Comment(task, stage.NewComment(), "unsent");
        network!.Proxy = new Problem(404, Codes.NotFound, "not found");
        Assert.IsType<SyncOutcome.NotNow>(await ben.SyncedAsync());
        Assert.Equal((1L, false, 1), (ben.Store.Read(reading => reading.TaskCount()), ben.Mark.Quarantined, ben.Pending.Count));
        network.Proxy = null;
        Assert.IsType<SyncOutcome.UpToDate>(await ben.SyncedAsync());
        Assert.Equal("unsent", Assert.Single(ben.Shown(task).Comments).Body);
    });
}

using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation.Tests.EdgeCases;

public sealed class TwoDevicesTests
{
    [Fact(DisplayName = "Edge case 9: one person works on a computer and a phone, both offline: neither undoes the other, and each shows the same in the end")]
    public void Computer_and_phone() => Stage.Play(async stage =>
    {
        var (computer, phone, ben) = (await stage.DeviceOf(stage.Ana), await stage.DeviceOf(stage.Ana), await stage.DeviceOf(stage.Ben));
        var task = await stage.CreateAsync(computer, "Paint the fence");
        var id = stage.NewComment();
        computer.Comment(task, id, "Gren?");
        await stage.FallQuietAsync();

        computer.Type(task, Fields.Title, "Paint the garden fence");
        computer.Set(task, Fields.Status, "doing");
        computer.Do(new ChangeBody.Add(task, Fields.Watchers, stage.Ana.Id.ToString()));
        stage.Time.Pass(TimeSpan.FromMinutes(5));
        phone.Type(task, Fields.Title, "Paint the fence blue");
        phone.Set(task, Fields.Status, "done");
        phone.Do(new ChangeBody.EditComment(task, id, "Green?"));
        phone.Do(new ChangeBody.Remove(task, Fields.Watchers, stage.Ana.Id.ToString()));
        await phone.SyncAsync();
        await computer.SyncAsync();
        await stage.FallQuietAsync();

        foreach (var device in (Device[])[computer, phone, ben])
        {
            var shown = device.Shown(task);
            Assert.Equal("Paint the garden fence blue", shown.Title);
            Assert.Equal("done", device.Value(task, Fields.Status));
            Assert.Equal("Green?", Assert.Single(shown.Comments).Body);
            // The phone had not seen that the computer added her.
            Assert.Equal([stage.Ana.Id.ToString()], shown.Watchers);
            Assert.Empty(device.Open);
        }
        var note = Assert.Single(stage.Conflicts);
        Assert.Equal((ConflictKinds.Register, 2), (note.Kind, note.Versions.Select(version => version.Replica).Distinct().Count()));
        Assert.All(note.Versions, version => Assert.Equal(stage.Ana.Id, version.User));
        Assert.NotEqual(computer.Mark.Replica, phone.Mark.Replica);
    });

    [Fact(DisplayName = "Edge case 9: the phone deletes what the computer edits: the computer is asked, and its answer brings the task and the edit back on both")]
    public void Delete_on_the_phone() => Stage.Play(async stage =>
    {
        var (computer, phone) = (await stage.DeviceOf(stage.Ana), await stage.DeviceOf(stage.Ana));
        var task = await stage.CreateAsync(computer, "Paint the fence");
        await stage.FallQuietAsync();
        phone.Do(new ChangeBody.Delete(task));
        await phone.SyncAsync();
        var edit = computer.Type(task, Fields.Title, "Paint the garden fence");
        await stage.FallQuietAsync();
        Assert.True(computer.Shown(task).Deleted);
        computer.Choose(Assert.Single(computer.Open), edit, stage.Log);
        await stage.FallQuietAsync();
        foreach (var device in (Device[])[computer, phone])
            Assert.Equal((false, "Paint the garden fence", 0), (device.Shown(task).Deleted, device.Shown(task).Title, device.Open.Count));
    });

    [Fact(DisplayName = "Edge case 9: a data folder copied to a second device, both at work offline with one replica id: both keep all they typed, each once")]
    public void Copied_folder() => Stage.Play(async stage =>
    {
        var (computer, ben) = (await stage.DeviceOf(stage.Ana), await stage.DeviceOf(stage.Ben));
        var task = await stage.CreateAsync(computer, "Paint the fence");
        await stage.FallQuietAsync();
        computer.Comment(task, stage.NewComment(), "before the copy");
        var copy = stage.Copy(computer);
        computer.Type(task, Fields.Title, "Paint the garden fence");
        computer.Comment(task, stage.NewComment(), "on the computer");
        copy.Type(task, Fields.Title, "Paint the fence blue");
        copy.Comment(task, stage.NewComment(), "on the copy");
        await computer.SyncAsync();
        await stage.FallQuietAsync();

        foreach (var device in (Device[])[computer, copy, ben])
        {
            Assert.Equal("Paint the garden fence blue", device.Shown(task).Title);
            Assert.Equal(["before the copy", "on the computer", "on the copy"], device.Shown(task).Comments.Select(comment => comment.Body).Order());
        }
        Assert.NotEqual(computer.Mark.Replica, copy.Mark.Replica);
        Assert.Empty(computer.Refused.Concat(copy.Refused));
    });
}

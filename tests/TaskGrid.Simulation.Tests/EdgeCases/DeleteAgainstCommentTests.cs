using TaskGrid.Contracts;

namespace TaskGrid.Simulation.Tests.EdgeCases;

public sealed class DeleteAgainstCommentTests
{
    [Theory(DisplayName = "Edge case 2: a delete meets an offline comment, in either order: it stays deleted, the comment is kept, and whoever looks may restore and flip it")]
    [InlineData(true)]
    [InlineData(false)]
    public void Delete_and_comment(bool deleteFirst) => Stage.Play(async stage =>
    {
        var (ana, ben) = (await stage.DeviceOf(stage.Ana), await stage.DeviceOf(stage.Ben));
        var task = await stage.CreateAsync(ana, "Paint the fence");
        await stage.FallQuietAsync();
        var id = stage.NewComment();
        var comment = ben.Comment(task, id, "Green or blue?");
        var delete = ana.Do(new ChangeBody.Delete(task));
        foreach (var device in deleteFirst ? [ana, ben] : (Device[])[ben, ana]) await device.SyncAsync();
        await stage.FallQuietAsync();

        foreach (var device in (Device[])[ana, ben])
        {
            Assert.True(device.Shown(task).Deleted);
            Assert.Equal("Green or blue?", Assert.Single(device.Shown(task).Comments).Body);
            var note = Assert.Single(device.Open);
            Assert.Equal((ConflictKinds.DeletedEdited, ConflictRules.StaysDeleted), (note.Kind, note.Rule));
            Assert.Equal(["comment", "delete"], note.Versions.Select(version => version.Op).Order());
            Assert.Contains("Green or blue?", note.Versions.Single(version => version.Op == "comment").Value!.Json, StringComparison.Ordinal);
        }

        // Ben decides on a plane, and sees at once what he decided.
        var question = Assert.Single(ben.Open);
        ben.Choose(question, comment, stage.Log);
        Assert.False(ben.Shown(task).Deleted);
        await stage.FallQuietAsync();
        Assert.False(ana.Shown(task).Deleted);
        Assert.Equal("Green or blue?", Assert.Single(ana.Shown(task).Comments).Body);
        Assert.Empty(ana.Open);

        // Ana flips it.
        ana.Choose(question, delete, stage.Log);
        await stage.FallQuietAsync();
        Assert.True(ben.Shown(task).Deleted);
        Assert.Empty(ben.Open);
        Assert.Equal(stage.Ana.Id, Assert.Single(stage.Conflicts).ResolvedBy!.User);
    });

    [Fact(DisplayName = "Edge case 2: sixty comments on a task that is deleted meanwhile make one question, and none of them is lost")]
    public void Sixty_comments() => Stage.Play(async stage =>
    {
        var (ana, ben) = (await stage.DeviceOf(stage.Ana), await stage.DeviceOf(stage.Ben));
        var task = await stage.CreateAsync(ana, "Paint the fence");
        await stage.FallQuietAsync();
        ana.Do(new ChangeBody.Delete(task));
        await ana.SyncAsync();
        for (var i = 1; i <= 60; i++) ben.Comment(task, stage.NewComment(), $"comment {i}");
        await stage.FallQuietAsync();

        var note = Assert.Single(ana.Open);
        Assert.Equal(61, note.Versions.Length);
        ana.Do(new ChangeBody.Restore(task));
        await stage.FallQuietAsync();
        Assert.Equal(Enumerable.Range(1, 60).Select(i => $"comment {i}"), ben.Shown(task).Comments.Select(comment => comment.Body));
        Assert.Empty(ben.Open);
    });
}

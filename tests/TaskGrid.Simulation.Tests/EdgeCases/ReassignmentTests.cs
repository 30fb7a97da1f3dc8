using TaskGrid.Contracts;

namespace TaskGrid.Simulation.Tests.EdgeCases;

public sealed class ReassignmentTests
{
    [Theory(DisplayName = "Edge case 3: a task given to two people offline goes to the later choice, both are told, and the other choice is one step away")]
    [InlineData(true)]
    [InlineData(false)]
    public void Two_choices(bool laterArrivesFirst) => Stage.Play(async stage =>
    {
        var (ana, ben) = (await stage.DeviceOf(stage.Ana), await stage.DeviceOf(stage.Ben));
        var (cem, dia) = (await stage.DeviceOf(stage.Cem), await stage.DeviceOf(stage.Dia));
        var task = await stage.CreateAsync(ana, "Paint the fence");
        await stage.FallQuietAsync();
        var earlier = ana.Assign(task, stage.Cem);
        stage.Time.Pass(TimeSpan.FromSeconds(30));
        ben.Assign(task, stage.Dia);
        foreach (var device in laterArrivesFirst ? [ben, ana] : (Device[])[ana, ben]) await device.SyncAsync();
        await stage.FallQuietAsync();

        foreach (var device in (Device[])[ana, ben, cem, dia])
        {
            Assert.Equal(stage.Dia.Id.ToString(), device.Value(task, Fields.Assignee));
            var note = Assert.Single(device.Open);
            Assert.Equal((ConflictKinds.Reassigned, Fields.Assignee, ConflictRules.LaterStamp), (note.Kind, note.Field, note.Rule));
            Assert.Equal(new[] { stage.Cem, stage.Dia }.Select(person => person.Id.ToString()).Order(), note.Versions.Select(version => version.Value!.AsText()).Order());
            Assert.Equal(new[] { stage.Ana, stage.Ben }.Select(person => person.Id.ToString()).Order(), note.Versions.Select(version => version.User.ToString()).Order());
        }

        cem.Choose(Assert.Single(cem.Open), earlier, stage.Log);
        Assert.Equal(stage.Cem.Id.ToString(), cem.Value(task, Fields.Assignee));
        await stage.FallQuietAsync();
        Assert.Equal(stage.Cem.Id.ToString(), dia.Value(task, Fields.Assignee));
        Assert.Empty(dia.Open);
    });

    [Fact(DisplayName = "Edge case 3: who had seen the first choice, or made the same one, is asked nothing")]
    public void Seen_or_equal() => Stage.Play(async stage =>
    {
        var (ana, ben) = (await stage.DeviceOf(stage.Ana), await stage.DeviceOf(stage.Ben));
        var (seen, equal) = (await stage.CreateAsync(ana, "seen"), await stage.CreateAsync(ana, "equal"));
        await stage.FallQuietAsync();
        ana.Assign(seen, stage.Cem);
        await ana.SyncAsync();
        await ben.SyncAsync();
        // Ben's clock is wrong; that he has seen Ana's choice counts for more.
        ben.Clock.Skew = TimeSpan.FromHours(-5);
        ben.Restart();
        ben.Assign(seen, stage.Dia);
        ana.Assign(equal, stage.Dia);
        ben.Assign(equal, stage.Dia);
        await stage.FallQuietAsync();

        Assert.Equal(stage.Dia.Id.ToString(), ana.Value(seen, Fields.Assignee));
        Assert.Equal(stage.Dia.Id.ToString(), ana.Value(equal, Fields.Assignee));
        Assert.Empty(stage.Conflicts);
    });

    [Fact(DisplayName = "Edge case 3: two people decide one question at once, each differently: the later decision stands, and that they disagree is the next question")]
    public void Two_decisions() => Stage.Play(async stage =>
    {
        var (ana, ben) = (await stage.DeviceOf(stage.Ana), await stage.DeviceOf(stage.Ben));
        var task = await stage.CreateAsync(ana, "Paint the fence");
        await stage.FallQuietAsync();
        var (anas, bens) = (ana.Assign(task, stage.Cem), ben.Assign(task, stage.Dia));
        await stage.FallQuietAsync();
        var question = Assert.Single(ana.Open).Id;
        ana.Choose(Assert.Single(ana.Open), bens, stage.Log);
        stage.Time.Pass(TimeSpan.FromSeconds(1));
        ben.Choose(Assert.Single(ben.Open), anas, stage.Log);
        await stage.FallQuietAsync();

        foreach (var device in (Device[])[ana, ben])
        {
            Assert.Equal(stage.Cem.Id.ToString(), device.Value(task, Fields.Assignee));
            Assert.Equal(stage.Ben.Id, device.Known.Single(note => note.Id == question).ResolvedBy!.User);
            var next = Assert.Single(device.Open);
            Assert.Equal(["resolve", "resolve"], next.Versions.Select(version => version.Op));
        }
        // Seen by both, it is decided once more, and that is the end of it.
        ana.Choose(Assert.Single(ana.Open), ana.Open[0].Versions[^1].Seq);
        await stage.FallQuietAsync();
        Assert.Empty(ben.Open);
    });
}

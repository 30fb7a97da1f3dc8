using TaskGrid.Contracts;

namespace TaskGrid.Simulation.Tests.EdgeCases;

public sealed class ConcurrentEditsTests
{
    [Theory(DisplayName = "Edge case 1: two people edit every part of one task offline: texts have both, the later status stands, and only it is on record")]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_part_of_a_task(bool anaFirst) => Stage.Play(async stage =>
    {
        var (ana, ben) = (await stage.DeviceOf(stage.Ana), await stage.DeviceOf(stage.Ben));
        var task = await stage.CreateAsync(ana, "Paint the fence", "It is old.");
        ana.Do(new ChangeBody.Add(task, Fields.Labels, "garden"));
        await stage.FallQuietAsync();

        ana.Type(task, Fields.Title, "Paint the garden fence");
        ana.Type(task, Fields.Description, "It is old. Ana brings paint.");
        ana.Set(task, Fields.Priority, "high");
        ana.Do(new ChangeBody.Remove(task, Fields.Labels, "garden"));
        var anas = ana.Set(task, Fields.Status, "doing");
        stage.Time.Pass(TimeSpan.FromMinutes(1));
        ben.Type(task, Fields.Title, "Paint the fence blue");
        ben.Type(task, Fields.Description, "It is old. Ben brings brushes.");
        ben.Set(task, Fields.Priority, "high");
        ben.Set(task, Fields.DueDate, "2026-12-01");
        ben.Do(new ChangeBody.Add(task, Fields.Labels, "garden"));
        var bens = ben.Set(task, Fields.Status, "done");
        foreach (var device in anaFirst ? [ana, ben] : (Device[])[ben, ana]) await device.SyncAsync();
        await stage.FallQuietAsync();

        foreach (var device in (Device[])[ana, ben])
        {
            var shown = device.Shown(task);
            Assert.Equal("Paint the garden fence blue", shown.Title);
            Assert.Equal(anaFirst ? "It is old. Ana brings paint. Ben brings brushes." : "It is old. Ben brings brushes. Ana brings paint.", shown.Description);
            Assert.Equal(["garden"], shown.Labels);
            Assert.Equal(("done", "high", "2026-12-01"), (device.Value(task, Fields.Status), device.Value(task, Fields.Priority), device.Value(task, Fields.DueDate)));
            Assert.Empty(device.Open);
        }
        var note = Assert.Single(stage.Conflicts);
        Assert.Equal((ConflictKinds.Register, Fields.Status, ConflictRules.LaterStamp), (note.Kind, note.Field, note.Rule));
        Assert.Equal(["doing", "done"], note.Versions.Select(version => version.Value!.AsText()).Order());
        Assert.Equal([anas.Replica, bens.Replica], note.Versions.OrderBy(version => version.Value!.AsText()).Select(version => version.Replica));
    });

    [Theory(DisplayName = "Edge case 1: of three who replace one word offline everybody's word stands, and the three texts are on record for a person to choose")]
    [InlineData(0, 1, 2)]
    [InlineData(2, 1, 0)]
    [InlineData(1, 0, 2)]
    public void One_word(int first, int second, int third) => Stage.Play(async stage =>
    {
        Device[] devices = [await stage.DeviceOf(stage.Ana), await stage.DeviceOf(stage.Ben), await stage.DeviceOf(stage.Cem)];
        var task = await stage.CreateAsync(devices[0], "Paint the fence");
        await stage.FallQuietAsync();
        string[] words = ["gate", "door", "wall"];
        for (var i = 0; i < 3; i++) devices[i].Type(task, Fields.Title, $"Paint the {words[i]}");
        foreach (var i in (int[])[first, second, third]) await devices[i].SyncAsync();
        await stage.FallQuietAsync();

        Assert.Equal($"Paint the {words[first]}{words[second]}{words[third]}", devices[0].Shown(task).Title);
        var notes = stage.Conflicts;
        Assert.All(notes, note => Assert.Equal((ConflictKinds.TextOverlap, true), (note.Kind, note.Open)));
        var kept = notes.SelectMany(note => note.Versions).Select(version => version.Value!.AsText()).ToHashSet();
        Assert.Superset(words.Select(word => $"Paint the {word}").ToHashSet(), kept!);
        Assert.Equal(notes.Count, devices[2].Open.Count);
    });
}

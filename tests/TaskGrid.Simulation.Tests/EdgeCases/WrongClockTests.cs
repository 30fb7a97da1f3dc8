using TaskGrid.Contracts;

namespace TaskGrid.Simulation.Tests.EdgeCases;

public sealed class WrongClockTests
{
    private static readonly TimeSpan TenYears = TimeSpan.FromDays(3652);

    [Theory(DisplayName = "Edge case 6: a clock goes wrong by ten years while its device is offline: its writes neither win for ever nor vanish, and later ones count as they are made")]
    [InlineData(1)]
    [InlineData(-1)]
    public void Clocks_off_by_ten_years(int sign) => Stage.Play(async stage =>
    {
        var (ana, ben) = (await stage.DeviceOf(stage.Ana), await stage.DeviceOf(stage.Ben));
        var task = await stage.CreateAsync(ben, "Paint the fence");
        await stage.FallQuietAsync();
        var begun = stage.Time.Now;
        ana.Clock.Skew = sign * TenYears;
        ana.Type(task, Fields.Title, "Paint the garden fence");
        var wrong = ana.Set(task, Fields.Status, "doing");
        stage.Time.Pass(TimeSpan.FromHours(2));
        ben.Set(task, Fields.Status, "done");
        await ben.SyncAsync();
        stage.Time.Pass(TimeSpan.FromHours(1));
        await ana.SyncAsync();
        await stage.FallQuietAsync();

        // Ten years ahead: held to the moment at which it came, which is after Ben's. Ten years behind: before it.
        Assert.Equal(sign > 0 ? "doing" : "done", ben.Value(task, Fields.Status));
        Assert.Equal("Paint the garden fence", ben.Shown(task).Title);
        var version = Assert.Single(stage.Conflicts).Versions.Single(v => v.Replica == wrong.Replica);
        // Behind, the clock still stands above all that its owner had seen; so the stamp is that of the task's creation, and one.
        Assert.Equal(sign > 0 ? TenYears.TotalDays : 0, (version.AtSent.Wall - begun.ToUnixTimeMilliseconds()) / 86_400_000.0, 0.05);
        Assert.Equal(sign > 0, version.At != version.AtSent);
        // How far it is off is known to the client, to be shown.
        Assert.Equal(-sign * TenYears.TotalMilliseconds, ana.Mark.ClockOffset, TimeSpan.FromMinutes(1).TotalMilliseconds);

        // Ben, who sees what stands, decides otherwise; and then Ana again, with her clock still wrong.
        ben.Set(task, Fields.Status, "cancelled");
        await stage.FallQuietAsync();
        Assert.Equal("cancelled", ana.Value(task, Fields.Status));
        ana.Set(task, Fields.Status, "todo");
        await stage.FallQuietAsync();
        Assert.Equal("todo", ben.Value(task, Fields.Status));
        var stamp = stage.Log[^1];
        Assert.Null(stamp.AtSent);
        Assert.Single(stage.Conflicts);
    });

    [Fact(DisplayName = "Edge case 6: three devices, ten years ahead, right, and ten years behind, write one field at once: all three choices are kept and none of them rules the next")]
    public void Three_clocks() => Stage.Play(async stage =>
    {
        Device[] devices = [await stage.DeviceOf(stage.Ana), await stage.DeviceOf(stage.Ben), await stage.DeviceOf(stage.Cem)];
        var task = await stage.CreateAsync(devices[1], "Paint the fence");
        await stage.FallQuietAsync();
        for (var i = 0; i < 3; i++) devices[i].Clock.Skew = (1 - i) * TenYears;
        for (var i = 0; i < 3; i++) devices[i].Set(task, Fields.Priority, $"choice {i}");
        await stage.FallQuietAsync();

        Assert.All(devices, device => Assert.Equal("choice 0", device.Value(task, Fields.Priority)));
        Assert.Equal(["choice 0", "choice 1", "choice 2"], stage.Conflicts.SelectMany(note => note.Versions).Select(version => version.Value!.AsText()).Distinct().Order());
        foreach (var i in (int[])[2, 0, 1, 2])
        {
            devices[i].Set(task, Fields.Priority, $"again {i}");
            await stage.FallQuietAsync();
            Assert.All(devices, device => Assert.Equal($"again {i}", device.Value(task, Fields.Priority)));
        }
    });

    [Theory(DisplayName = "Edge case 6: nothing unsent is forgotten because a clock is ten years off, and a new task is not ten years old")]
    [InlineData(1)]
    [InlineData(-1)]
    public void Nothing_is_forgotten(int sign) => Stage.Play(async stage =>
    {
        var (ana, ben) = (await stage.DeviceOf(stage.Ana), await stage.DeviceOf(stage.Ben));
        ana.Clock.Skew = sign * TenYears;
        await ana.SyncAsync();
        var task = stage.NewTask();
        ana.Do(new ChangeBody.Create(task, TaskValues.Titled("Buy paint")));
        ana.Network.Offline = true;
        for (var day = 0; day < 40; day++)
        {
            stage.Time.Pass(TimeSpan.FromDays(1));
            ana.Comment(task, stage.NewComment(), $"day {day}");
            await ana.SyncAsync();
        }
        ana.Network.Offline = false;
        await stage.FallQuietAsync();
        Assert.Equal(Enumerable.Range(0, 40).Select(day => $"day {day}"), ben.Shown(task).Comments.Select(comment => comment.Body));
        Assert.InRange(ben.Shown(task).CreatedAt, stage.Time.Now - TimeSpan.FromDays(41), stage.Time.Now);
    });
}

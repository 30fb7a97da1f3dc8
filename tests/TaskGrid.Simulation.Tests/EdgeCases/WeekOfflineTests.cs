using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation.Tests.EdgeCases;

public sealed class WeekOfflineTests
{
    private const int Tasks = 100;
    private const int Own = 500;
    private const int Others = 3000;

    [Fact(DisplayName = "Edge case 4: a week offline, 500 changes against 3,000 of others: everything of both stands, and the few that cannot are on record")]
    public void A_week() => Stage.Play(async stage =>
    {
        var (ana, ben, cem) = (await stage.DeviceOf(stage.Ana), await stage.DeviceOf(stage.Ben), await stage.DeviceOf(stage.Cem));
        var tasks = new List<TaskId>();
        for (var i = 0; i < Tasks; i++) tasks.Add(await stage.CreateAsync(ben, $"task {i}.", $"about {i}."));
        await stage.FallQuietAsync();
        var (left, head) = (ana.Mark.Base, stage.Log.Count);

        ana.Network.Offline = true;
        var step = TimeSpan.FromDays(7) / Others;
        for (var i = 0; i < Others; i++)
        {
            stage.Time.Pass(step);
            var other = i % 2 == 0 ? ben : cem;
            Change(stage, other, tasks[i / 5 % Tasks], i, i % 2 == 0 ? "ben" : "cem");
            await other.SyncAsync();
            if (i % (Others / Own) == 0) Change(stage, ana, tasks[i / 30], i, "ana");
        }
        Assert.Equal(Own, ana.Pending.Count);
        Assert.Equal(left, ana.Mark.Base);
        ana.Network.Offline = false;
        Assert.IsType<SyncOutcome.UpToDate>(await ana.SyncedAsync());
        await stage.FallQuietAsync();

        Assert.Equal(head + Others + Own, stage.Log.Count);
        Assert.Empty(ana.Refused.Concat(ben.Refused).Concat(cem.Refused));
        var anas = stage.Log.Where(change => change.User == stage.Ana.Id && change.Seq > left).ToList();
        Assert.Equal(Own, anas.Count);
        Assert.All(anas, change => Assert.Equal(left, change.Clock!.Base));
        foreach (var device in (Device[])[ana, ben, cem]) NothingIsMissing(device, tasks);
        ConflictsAreTheStatuses(stage, tasks, left);
    });

    /// <summary>The five kinds of work take turns: each person does each of them on each task, again and again.</summary>
    private static void Change(Stage stage, Device device, TaskId task, int i, string who)
    {
        switch (Kind(i, who))
        {
            case 0:
                device.Type(task, Fields.Title, $"{device.Shown(task).Title} {who}{i}.");
                break;
            case 1:
                device.Comment(task, stage.NewComment(), $"{who}{i}.");
                break;
            case 2:
                device.Set(task, Fields.Status, $"{who}{i}.");
                break;
            case 3:
                device.Type(task, Fields.Description, $"{who}{i}. {device.Shown(task).Description}");
                break;
            default:
                device.Do(new ChangeBody.Add(task, Fields.Labels, $"{who}{i}."));
                break;
        }
    }

    // Ana makes every sixth of the others' changes one of her own; counted so, she does all five kinds as well.
    private static int Kind(int i, string who) => (who == "ana" ? i / 6 : i) % 5;

    private static void NothingIsMissing(Device device, List<TaskId> tasks)
    {
        for (var i = 0; i < Others; i++)
        {
            Assert.True(Holds(device.Shown(tasks[i / 5 % Tasks]), Kind(i, "ben"), $"{(i % 2 == 0 ? "ben" : "cem")}{i}."), $"{i} is missing on device {device.Number}");
            if (i % 6 == 0) Assert.True(Holds(device.Shown(tasks[i / 30]), Kind(i, "ana"), $"ana{i}."), $"Ana's {i} is missing on device {device.Number}");
        }
    }

    private static bool Holds(TaskLine line, int kind, string word) => kind switch
    {
        0 => line.Title.Contains(word, StringComparison.Ordinal),
        1 => line.Comments.Any(comment => comment.Body == word),
        3 => line.Description.Contains(word, StringComparison.Ordinal),
        4 => line.Labels.Contains(word),
        _ => true,
    };

    /// <summary>One record for each task on which Ana, too, had set the status: with her value and the one that it met. Nobody is asked.</summary>
    private static void ConflictsAreTheStatuses(Stage stage, List<TaskId> tasks, long left)
    {
        var anas = stage.Log.Where(change => change.Seq > left && change.User == stage.Ana.Id && change.Body is ChangeBody.Set).ToList();
        Assert.Equal(tasks.Order(), anas.Select(change => change.Body.TaskOf!.Value).Order());
        Assert.Equal(tasks.Order(), stage.Conflicts.Select(note => note.Task).Order());
        Assert.All(stage.Conflicts, note => Assert.Equal((ConflictKinds.Register, Fields.Status, false), (note.Kind, note.Field, note.Open)));
        Assert.All(anas, change => Assert.Contains(stage.Conflicts, note => note.Task == change.Body.TaskOf && note.Versions.Any(version => version.Seq == change.Seq)));
    }
}

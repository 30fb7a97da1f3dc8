using TaskGrid.Contracts;

namespace TaskGrid.Client.Tests;

public sealed class TaskStoryTests : IDisposable
{
    private readonly World world = new();
    private readonly Device ana;
    private readonly Device ben;

    public TaskStoryTests()
    {
        ana = world.DeviceOf(world.Ana);
        ben = world.DeviceOf(world.Ben);
    }

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task What_came_change_by_change_is_told_offline_with_the_task_before_and_after_each()
    {
        await SyncedAsync(ana, ben);
        var task = ana.Create("fence");
        Set(ana, task, "todo");
        await SyncedAsync(ana, ben);
        ben.Type(task, Fields.Title, "garden fence");
        Set(ben, task, "done");
        await SyncedAsync(ben, ana);
        ana.Transport.Offline = true;

        var story = Story(ana, task);

        Assert.True(story.Whole);
        Assert.Equal(["create", "set", "text", "set"], story.Steps.Select(step => step.Change.Body.Op));
        Assert.Equal([null, "fence", "fence", "garden fence"], story.Steps.Select(step => step.Before?.Title));
        Assert.Equal([null, "todo", "todo", "done"], story.Steps.Select(step => step.After![Fields.Status]?.AsText()));
        Assert.Equal([world.Ana, world.Ana, world.Ben, world.Ben], story.Steps.Select(step => step.Change.User));
    }

    [Fact]
    public async Task Own_changes_that_are_not_sent_yet_stand_at_the_end()
    {
        var task = ana.Create("fence");
        await SyncedAsync(ana);
        Set(ana, task, "doing");
        Set(ana, task, "done");

        var pending = Story(ana, task).Steps.Where(step => step.Pending).ToList();

        Assert.Equal([null, "doing"], pending.Select(step => step.Before![Fields.Status]?.AsText()));
        Assert.Equal(["doing", "done"], pending.Select(step => step.After![Fields.Status]?.AsText()));
    }

    [Fact]
    public async Task What_came_as_a_whole_state_leaves_a_gap_until_the_server_is_asked_and_then_it_is_kept()
    {
        var task = ana.Create("fence");
        Set(ana, task, "todo");
        await SyncedAsync(ana, ben);
        Assert.Empty(Story(ben, task).Steps);
        Assert.False(Story(ben, task).Whole);

        Set(ana, task, "doing");
        await SyncedAsync(ana, ben);
        Assert.Equal((1, true, false), (Story(ben, task).Steps.Count, Story(ben, task).Steps[0].Gap, Story(ben, task).Whole));

        var fetched = await StoryFetch.RunAsync(ben.Store, ben.Transport, task, TestContext.Current.CancellationToken);

        Assert.Equal(new Reply<int>.Answered(3), fetched);
        ben.Transport.Offline = true;
        Assert.True(Story(ben, task).Whole);
        Assert.Equal(["create", "set", "set"], Story(ben, task).Steps.Select(step => step.Change.Body.Op));
    }

    [Fact]
    public async Task States_that_come_between_changes_leave_a_gap()
    {
        var task = ana.Create("fence");
        await SyncedAsync(ana, ben);
        await StoryFetch.RunAsync(ben.Store, ben.Transport, task, TestContext.Current.CancellationToken);
        Assert.True(Story(ben, task).Whole);

        Set(ana, task, "doing");
        await SyncedAsync(ana);
        world.Server.AnswersStates = true;
        await SyncedAsync(ben);
        Assert.False(Story(ben, task).Whole);

        world.Server.AnswersStates = false;
        Set(ana, task, "done");
        await SyncedAsync(ana, ben);
        Assert.Equal([false, true], Story(ben, task).Steps.Select(step => step.Gap));
    }

    [Fact]
    public async Task What_the_server_knows_above_base_is_not_told_before_it_is_shown()
    {
        var task = ana.Create("fence");
        await SyncedAsync(ana, ben);
        Set(ana, task, "done");
        await SyncedAsync(ana);

        await StoryFetch.RunAsync(ben.Store, ben.Transport, task, TestContext.Current.CancellationToken);

        Assert.Equal(["create"], Story(ben, task).Steps.Select(step => step.Change.Body.Op));
        await SyncedAsync(ben);
        Assert.Equal(["create", "set"], Story(ben, task).Steps.Select(step => step.Change.Body.Op));
        Assert.True(Story(ben, task).Whole);
    }

    [Fact(DisplayName = "[AC5] With access goes what this device knew of the past")]
    public async Task Quarantine()
    {
        var task = ana.Create("fence");
        await SyncedAsync(ana, ben);
        await StoryFetch.RunAsync(ben.Store, ben.Transport, task, TestContext.Current.CancellationToken);
        world.Server.Remove(world.Ben);

        Assert.IsType<SyncOutcome.AccessLost>(await ben.SyncAsync());

        Assert.Empty(ben.Store.Read(reading => reading.Journal(task)));
    }

    [Fact]
    public async Task Each_users_devices_are_numbered_as_they_came_and_keep_their_numbers()
    {
        var phone = world.DeviceOf(world.Ana);
        await SyncedAsync(ana, ben, phone);
        foreach (var device in (Device[])[ben, ana, phone, ana])
        {
            device.Create("task");
            await SyncedAsync(device);
        }
        await SyncedAsync(ben);

        KnownDevice[] known = [new(ben.Mark.Replica, world.Ben, 1, true), new(ana.Mark.Replica, world.Ana, 1, false), new(phone.Mark.Replica, world.Ana, 2, false)];
        Assert.Equal(known.OrderBy(device => device.User).ThenBy(device => device.Number), ben.Store.Read(reading => reading.Devices()));
    }

    private static TaskStory Story(Device device, TaskId task) => device.Store.Read(reading => TaskStory.Of(reading, task));

    private static void Set(Device device, TaskId task, string status) => device.Write(new ChangeBody.Set(task, Fields.Status, FieldValue.Of(status)));

    private static async Task SyncedAsync(params Device[] devices)
    {
        foreach (var device in devices) Assert.IsType<SyncOutcome.UpToDate>(await device.SyncAsync());
    }
}

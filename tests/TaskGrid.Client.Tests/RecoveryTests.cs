using TaskGrid.Contracts;

namespace TaskGrid.Client.Tests;

/// <summary>What the simulator found, each in its smallest form: lost answers, copied profiles and whole states meeting one another.</summary>
public sealed class RecoveryTests : IDisposable
{
    private readonly World world = new();

    public void Dispose() => world.Dispose();

    [Fact(DisplayName = "[LV4] A change that a whole state held already leaves the overlay with its late answer")]
    public async Task A_late_answer_to_what_the_state_holds_is_the_end_of_it()
    {
        var (ana, ben) = (world.DeviceOf(world.Ana), world.DeviceOf(world.Ben));
        var task = ana.Create("fence");
        await world.ConvergeAsync();
        ben.Write(Status(task, "doing"));
        (ben.Transport.CutAt, ben.Transport.How) = (ben.Transport.Requests + 1, Cut.AnswerLost);
        await ben.SyncAsync();
        world.Server.Remove(world.Ben);
        await ben.SyncAsync();
        world.Server.Join(world.Ben, "Ben", Role.Member);

        await world.ConvergeAsync();
        ana.Write(Status(task, "done"));
        await world.ConvergeAsync();

        Assert.Equal("done", ben.Shown(task)![Fields.Status]!.AsText());
    }

    [Fact(DisplayName = "[PU8] A change of another copy under the same number is not taken for the own one")]
    public async Task What_another_copy_did_under_the_same_number_is_not_ours()
    {
        var ana = world.DeviceOf(world.Ana);
        var task = ana.Create("fence");
        await world.ConvergeAsync();
        var copy = world.DeviceOf(world.Ana, ana.Folder);
        Say(ana, task, "from the first");
        Say(copy, task, "from the copy");
        await ana.SyncAsync();

        // The copy hears of the other one's change before it sends its own.
        Assert.True(copy.Exchange.TakeLive(new LiveFrame.Changes(copy.Mark.Base, world.Server.Head, [.. world.Server.Log.Skip((int)copy.Mark.Base)])));
        await world.ConvergeAsync();

        Assert.Equal(["from the first", "from the copy"], ana.Shown(task)!.Comments.Select(comment => comment.Body));
    }

    [Fact(DisplayName = "[PU9] What both copies made before they parted is answered to both, also where it was refused")]
    public async Task What_both_copies_share_is_answered_to_both()
    {
        var ana = world.DeviceOf(world.Ana);
        var task = ana.Create("fence");
        await world.ConvergeAsync();
        world.Server.Refuses = change => change.Body is ChangeBody.Comment { Body: "shared" } ? (Codes.Forbidden, "not this one") : null;
        Say(ana, task, "shared");
        (ana.Transport.CutAt, ana.Transport.How) = (ana.Transport.Requests + 1, Cut.BeforeArrival);
        await ana.SyncAsync();
        var copy = world.DeviceOf(world.Ana, ana.Folder);
        Say(ana, task, "from the first");
        Say(copy, task, "from the copy");

        await world.ConvergeAsync();

        Assert.Equal(["from the copy", "from the first"], ana.Shown(task)!.Comments.Select(comment => comment.Body).Order());
        Assert.All([ana, copy], device => Assert.Equal("not this one", Assert.Single(device.Rejected).Detail));
    }

    private static ChangeBody.Set Status(TaskId task, string value) => new(task, Fields.Status, FieldValue.Of(value));

    private static void Say(Device device, TaskId task, string words) =>
        device.Write(new ChangeBody.Comment(task, CommentId.From(Guid.CreateVersion7()), words, null));
}

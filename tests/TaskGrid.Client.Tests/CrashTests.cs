using TaskGrid.Contracts;

namespace TaskGrid.Client.Tests;

public sealed class CrashTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_dies_at_any_of_its_writes_loses_nothing_and_does_nothing_twice(bool afterCommit)
    {
        var (crashAt, crashed) = (0, true);
        while (crashed)
        {
            using var world = new World();
            var (ana, ben) = (world.DeviceOf(world.Ana), world.DeviceOf(world.Ben));
            var shared = ben.Create("fence");
            await world.ConvergeAsync();
            (ana.Store.CrashAt, ana.Store.AfterCommit) = (++crashAt, afterCommit);
            var steps = new Steps(ana, shared);

            await steps.RunAsync();
            ben.Type(shared, Fields.Title, "fence, blue");
            await ben.SyncAsync();
            await steps.RunAsync();
            (crashed, ana.Store.CrashAt) = (ana.Store.Crashed, 0);

            await world.ConvergeAsync();

            Assert.Equal("The fence, blue", ben.Shown(shared)!.Title);
            Assert.Equal(["garden"], ben.Shown(shared)!.Labels);
            Assert.Single(ben.Shown(shared)!.Comments);
            Assert.Empty(ana.Rejected);
        }
        Assert.InRange(crashAt, 8, 40);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_refused_change_that_is_tried_again_is_never_both_on_the_list_and_in_the_outbox(bool afterCommit)
    {
        using var world = new World();
        var ana = world.DeviceOf(world.Ana);
        var task = ana.Create("fence");
        await ana.SyncAsync();
        world.Server.Refuses = change => change.Body is ChangeBody.Comment ? (Codes.Forbidden, "no") : null;
        ana.Write(new ChangeBody.Comment(task, CommentId.From(Guid.CreateVersion7()), "which green?", null));
        await ana.SyncAsync();
        (ana.Store.CrashAt, ana.Store.AfterCommit) = (1, afterCommit);

        Assert.Throws<CrashException>(() => ana.Replica.Retry(ana.Rejected[0]));

        Assert.Equal(1, ana.Rejected.Count + ana.Store.Read(reading => reading.Pending()).Count);
    }

    /// <summary>What Ana does, each step once. After a crash her program starts again and goes on with the step that she saw fail.</summary>
    private sealed class Steps(Device ana, TaskId task)
    {
        private readonly CommentId comment = CommentId.From(Guid.CreateVersion7());
        private int done;

        public async Task RunAsync()
        {
            var end = done + 3;
            while (done < end)
            {
                try
                {
                    await StepAsync(done);
                    done++;
                }
                catch (CrashException)
                {
                    ana.Restart();
                    if (Stands(done)) done++;
                }
            }
        }

        private Task StepAsync(int step)
        {
            switch (step)
            {
                case 0:
                    ana.Type(task, Fields.Title, "The fence");
                    return Task.CompletedTask;
                case 3:
                    ana.Write(new ChangeBody.Add(task, Fields.Labels, "garden"));
                    return Task.CompletedTask;
                case 4:
                    ana.Write(new ChangeBody.Comment(task, comment, "Green?", null));
                    return Task.CompletedTask;
                default:
                    return ana.SyncAsync();
            }
        }

        /// <summary>What a person sees after the restart: it is there, so it is not done again.</summary>
        private bool Stands(int step) => step switch
        {
            0 => ana.Shown(task)!.Title == "The fence",
            3 => ana.Shown(task)!.Labels.Length == 1,
            4 => ana.Shown(task)!.Comments.Length == 1,
            _ => false,
        };
    }
}

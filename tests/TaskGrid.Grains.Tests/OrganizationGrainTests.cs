using TaskGrid.Contracts;
using static TaskGrid.Grains.Tests.TwoSilos;

namespace TaskGrid.Grains.Tests;

public sealed class OrganizationGrainTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(DisplayName = "[PU1] A push is one commit and one ring with its changes")]
    public async Task A_push_is_one_commit_and_one_ring_with_its_changes()
    {
        var (id, grain, owner) = await silos.Founded();
        var changes = Enumerable.Range(1, 50).Select(n => Create(n, new TaskId(Guid.CreateVersion7()), $"Task {n}")).ToArray();
        var before = silos.Store.Commits;

        var taken = Assert.IsType<PushOutcome.Taken>(await grain.Push(Push(owner, NewReplica(), changes), Cancelled));

        Assert.Equal(before + 1, silos.Store.Commits);
        Assert.Equal(Enumerable.Range(2, 50).Select(seq => (long?)seq), taken.Results.Select(r => r.Seq));
        var rung = silos.Bell.Rung.Last(r => r.Organization == id.Value);
        Assert.Equal((1, 51), (rung.From, rung.To));
        Assert.NotNull(rung.Changes);
    }

    [Theory(DisplayName = "[PU4] A commit that is cut off is decided again and counts once")]
    [InlineData(Cut.Before)]
    [InlineData(Cut.After)]
    [InlineData(Cut.RaceLost)]
    public async Task A_commit_that_is_cut_off_is_decided_again_and_counts_once(Cut cut)
    {
        var (id, grain, owner) = await silos.Founded();
        var (task, replica) = (new TaskId(Guid.CreateVersion7()), NewReplica());
        silos.Store.CutNext(cut);

        var first = Assert.IsType<PushOutcome.Taken>(await grain.Push(Push(owner, replica, Create(1, task, "Once")), Cancelled));
        Assert.Equal(ChangeStatus.Accepted, Assert.Single(first.Results).Status);
        Assert.Equal(2, silos.Store.Inner.FeedOf(id).Count);
        var again = Assert.IsType<PushOutcome.Taken>(await grain.Push(
            Push(owner, replica, new Change(2, Stamp.At(DateTimeOffset.UtcNow), new CausalClock(2), new ChangeBody.Set(task, "status", FieldValue.Of("done")))),
            Cancelled));
        Assert.Equal(3, Assert.Single(again.Results).Seq);
    }

    [Fact(DisplayName = "[ER3] A log that stays out of reach takes nothing in and says so")]
    public async Task A_log_that_stays_out_of_reach_takes_nothing_in_and_says_so()
    {
        var (id, grain, owner) = await silos.Founded();
        var push = Push(owner, NewReplica(), Create(1, new TaskId(Guid.CreateVersion7()), "Later"));
        silos.Store.CutNext(Cut.Before, Cut.Before, Cut.Before);

        var refused = Assert.IsType<PushOutcome.Refused>(await grain.Push(push, Cancelled));
        Assert.Equal((503, Codes.Unavailable), (refused.Problem.Status, refused.Problem.Code));
        Assert.Single(silos.Store.Inner.FeedOf(id));
        Assert.IsType<PushOutcome.Taken>(await grain.Push(push, Cancelled));
    }

    [Fact(DisplayName = "[LG1] Pushes that wait together go into few commits and every one is answered")]
    public async Task Pushes_that_wait_together_go_into_few_commits_and_every_one_is_answered()
    {
        var (id, grain, owner) = await silos.Founded();
        var before = silos.Store.Commits;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ =>
            grain.Push(Push(owner, NewReplica(), Create(1, new TaskId(Guid.CreateVersion7()), "x")), Cancelled)));
        Assert.All(outcomes, o => Assert.IsType<PushOutcome.Taken>(o));
        Assert.Equal(Enumerable.Range(1, 101).Select(seq => (long)seq), silos.Store.Inner.FeedOf(id).Select(e => e.Seq));
        Assert.True(silos.Store.Commits - before < 100, "every push had a commit of its own");
    }

    [Fact(DisplayName = "[AC4] Who was removed is refused from the acknowledgement on")]
    public async Task Who_was_removed_is_refused_from_the_acknowledgement_on()
    {
        var (_, grain, owner) = await silos.Founded();
        var bob = new UserId(Guid.CreateVersion7());
        await grain.SetMember(new SetMember(owner, bob, "Bob", Role.Member, false));
        var replica = NewReplica();
        Assert.IsType<PushOutcome.Taken>(await grain.Push(Push(bob, replica, Create(1, new TaskId(Guid.CreateVersion7()), "In")), Cancelled));
        await grain.SetMember(new SetMember(owner, bob, "Bob", null, true));
        var refused = Assert.IsType<PushOutcome.Refused>(
            await grain.Push(Push(bob, replica, Create(2, new TaskId(Guid.CreateVersion7()), "Out")), Cancelled));
        Assert.Equal(404, refused.Problem.Status);
        Assert.Null((await grain.AccessOf(bob)).Role);
    }

    [Fact(DisplayName = "[TX5] A task that was idle merges an old text edit with what the log says")]
    public async Task A_task_that_was_idle_merges_an_old_text_edit_with_what_the_log_says()
    {
        var (id, grain, owner) = await silos.Founded();
        var (task, ada, bob) = (new TaskId(Guid.CreateVersion7()), NewReplica(), NewReplica());
        await grain.Push(Push(owner, ada, Create(1, task, "abc")), Cancelled);
        await grain.Push(Push(owner, ada, Text(2, 2, task, TextEdit.InsertAt(0, "1"))), Cancelled);
        await grain.Push(Push(owner, ada, Text(3, 3, task, TextEdit.InsertAt(4, "2"))), Cancelled);
        var before = silos.Store.TextLogReads;
        // Everything leaves memory: the task knows its snapshot only, and must read the edits since the old base from the log.
        await silos.Cluster.Client.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero, Cancelled);

        var merged = Assert.IsType<PushOutcome.Taken>(await grain.Push(Push(owner, bob, Text(1, 2, task, TextEdit.InsertAt(3, "z"))), Cancelled));

        Assert.True(silos.Store.TextLogReads > before, "the task was still in memory");
        Assert.Equal(ChangeStatus.Merged, Assert.Single(merged.Results).Status);
        var state = Assert.Single(await silos.Store.LoadTasksAsync(id, [task], Cancelled));
        Assert.Equal("1abc2z", state.Line.Title);
    }

    private static Change Text(long n, long seen, TaskId task, TextEdit edit) =>
        new(n, Stamp.At(DateTimeOffset.UtcNow), new CausalClock(seen), new ChangeBody.Text(task, Fields.Title, edit));

    private static ReplicaId NewReplica() => new(Guid.CreateVersion7());
}

using TaskGrid.Contracts;
using TaskGrid.Domain.Organizations;
using TaskGrid.Domain.Tasks;
using TaskGrid.EventStore.Marten.Json;
using TaskGrid.EventStore.Tests.Facts;
using TaskGrid.Grains.Ports;
using TaskGrid.Sync;

namespace TaskGrid.EventStore.Tests.Conformance;

/// <summary>What the remarks of <see cref="IEventCommitter"/> and <see cref="IStateReader"/> promise. Every store inherits it.</summary>
public abstract class EventStoreConformance
{
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected abstract IEventCommitter Committer { get; }

    protected abstract IStateReader Reader { get; }

    [Fact]
    public async Task An_unknown_organization_is_absent_and_has_no_tasks()
    {
        var nobody = ALog.OfNobody();

        Assert.IsType<OrganizationState.Absent>(await Reader.LoadOrganizationAsync(nobody.Organization, Token));
        Assert.Empty(await Reader.LoadTasksAsync(nobody.Organization, [ALog.NewTask()], Token));
        Assert.Empty(await Reader.LoadReceiptsAsync(nobody.Organization, nobody.Replica, 1, 10, Token));
    }

    [Fact]
    public async Task What_was_committed_is_read_back_as_it_was()
    {
        var log = await FoundedAsync();
        var creates = log.Creates("Paint the fence", "ペンキを買う", "🪣 \"quoted\" \\ back");
        log = await CommitAsync(log, creates);
        var sets = log.Sets(Fields.Status, "done", [.. log.Tasks.Keys]);
        log = await CommitAsync(log, sets);

        var state = Assert.IsType<OrganizationState.Present>(await Reader.LoadOrganizationAsync(log.Organization, Token));

        Assert.Equal(log.Head, state.Head);
        Assert.Equal(StoredJson.Write(log.Core!), StoredJson.Write(state.Core));
        Assert.Equal(new ReplicaMark(log.Replica, log.Owner, 6, 4), Assert.Single(state.Replicas).Value);
        Assert.Equal(3, state.Tree.Count);
        foreach (var (task, expected) in log.Tasks) Assert.Equal(TreeNode.Of(expected), state.Tree[task]);
        await AssertTasksAsync(log);
    }

    [Fact(DisplayName = "[PU4] Receipts answer a range of numbers in order: what was taken in from the log, rejections as they were given")]
    public async Task Receipts_answer_a_range_of_numbers()
    {
        var log = await FoundedAsync();
        log = await CommitAsync(log, log.Creates("a", "b"));
        var second = log.Tasks.Values.Single(task => task.Line.Title == "b").Line;
        log = await CommitAsync(log, log.Rejects());
        log = await CommitAsync(log, log.Creates("c"));

        var answers = await Reader.LoadReceiptsAsync(log.Organization, log.Replica, 2, 3, Token);

        Assert.Equal([2L, 3L], answers.Select(answer => answer.N));
        Assert.All(answers, answer => Assert.Equal(ALog.HashOf(answer.N), answer.Hash));
        var taken = Assert.IsType<GivenAnswer.Taken>(answers[0]).Change;
        Assert.Equal((3L, new Origin(log.Replica, 2), second.Id), (taken.Seq, taken.Origin, taken.Body.TaskOf));
        Assert.Equal(new ChangeResult(3, ChangeStatus.Rejected, Code: Codes.Unknown, Detail: "no such task"), Assert.IsType<GivenAnswer.Rejected>(answers[1]).Result);
    }

    [Fact(DisplayName = "[PU7] Numbers are known for ever, however many the replica has sent since")]
    public async Task Numbers_are_known_for_ever()
    {
        var log = await FoundedAsync();
        for (var i = 0; i < 20; i++) log = await CommitAsync(log, i % 3 == 2 ? log.Rejects() : log.Creates("a", "b"));

        var answers = await Reader.LoadReceiptsAsync(log.Organization, log.Replica, 1, log.LastN, Token);

        Assert.Equal(Enumerable.Range(1, (int)log.LastN).Select(n => ((long)n, ALog.HashOf(n))), answers.Select(answer => (answer.N, answer.Hash)), (a, b) => a.Item1 == b.Item1 && a.Item2.SequenceEqual(b.Item2));
    }

    [Fact(DisplayName = "[PU1] A commit on a head that moved is lost whole")]
    public async Task A_commit_on_a_head_that_moved_is_lost_whole()
    {
        var log = await FoundedAsync();
        var mine = log.Creates("mine");
        await CommitAsync(log, log.Creates("theirs"));

        var lost = Assert.IsType<CommitOutcome.Lost>(await Committer.CommitAsync(mine, Token));

        Assert.True(lost.HeadMoved);
        Assert.Empty(lost.Streams);
        await AssertNothingOfAsync(mine);
    }

    [Fact]
    public async Task A_commit_of_rejections_alone_moves_the_head_so_that_the_next_one_is_lost()
    {
        var log = await FoundedAsync();
        // From another replica, so that nothing but the head stands between the two.
        var mine = (log with { Replica = new ReplicaId(Guid.CreateVersion7()) }).Creates("mine");
        var rejection = log.Rejects();
        Assert.Equal(log.Head!.Seq, rejection.Next.Seq);
        await CommitAsync(log, rejection);

        Assert.True(Assert.IsType<CommitOutcome.Lost>(await Committer.CommitAsync(mine, Token)).HeadMoved);
        await AssertNothingOfAsync(mine);
    }

    [Fact(DisplayName = "[AC4] A commit decided before a member was removed is lost")]
    public async Task A_commit_decided_before_a_member_was_removed_is_lost()
    {
        var log = await FoundedAsync();
        var mine = (log with { Replica = new ReplicaId(Guid.CreateVersion7()) }).Creates("mine");
        await CommitAsync(log, log.Rejects() with { Receipts = [], Replicas = [], Core = log.Core! with { Members = log.Core.Members.Clear() } });

        Assert.True(Assert.IsType<CommitOutcome.Lost>(await Committer.CommitAsync(mine, Token)).HeadMoved);
        await AssertNothingOfAsync(mine);
    }

    [Fact]
    public async Task An_organization_is_founded_once()
    {
        var log = await FoundedAsync();

        var again = Assert.IsType<CommitOutcome.Lost>(await Committer.CommitAsync((log with { Head = null }).Founds("Another"), Token));

        Assert.True(again.HeadMoved);
        Assert.Equal("Fences Ltd", Assert.IsType<OrganizationState.Present>(await Reader.LoadOrganizationAsync(log.Organization, Token)).Core.Name);
    }

    [Fact]
    public async Task A_stream_at_another_version_loses_the_commit_and_is_named()
    {
        var log = await FoundedAsync();
        log = await CommitAsync(log, log.Creates(["a", "b", "c"]));
        var tasks = log.Tasks.Keys.ToArray();
        var commit = log.Sets(Fields.Status, "done", tasks);
        var offender = commit.Streams[1];
        var bad = commit with { Streams = commit.Streams.SetItem(1, offender with { ExpectedVersion = 7 }) };

        var lost = Assert.IsType<CommitOutcome.Lost>(await Committer.CommitAsync(bad, Token));

        Assert.False(lost.HeadMoved);
        Assert.Equal([offender.Stream], lost.Streams);
        await AssertTasksAsync(log);
        await AssertNothingOfAsync(bad);
    }

    [Fact]
    public async Task A_stream_that_should_be_new_and_is_not_loses_the_commit_and_is_named()
    {
        var log = await FoundedAsync();
        var line = log.LineOf(ALog.NewTask());
        log = await CommitAsync(log, log.Creates([line with { Title = "first" }]));
        var again = log.Creates([line with { Title = "second" }]);

        var lost = Assert.IsType<CommitOutcome.Lost>(await Committer.CommitAsync(again, Token));

        Assert.False(lost.HeadMoved);
        Assert.Equal([StreamKeys.OfTask(line.Id)], lost.Streams);
        await AssertTasksAsync(log);
    }

    [Fact(DisplayName = "[ID4] A number that has a receipt is never taken in again")]
    public async Task A_number_that_has_a_receipt_is_never_taken_in_again()
    {
        var log = await FoundedAsync();
        log = await CommitAsync(log, log.Creates("once"));
        var twice = (log with { LastN = 0 }).Creates("twice");

        await Assert.ThrowsAnyAsync<Exception>(() => Committer.CommitAsync(twice, Token));

        await AssertTasksAsync(log);
        Assert.Empty(await Reader.LoadTasksAsync(log.Organization, [.. twice.Tasks.Select(task => task.Line.Id)], Token));
        Assert.Equal(log.Head, Assert.IsType<OrganizationState.Present>(await Reader.LoadOrganizationAsync(log.Organization, Token)).Head);
    }

    [Fact(DisplayName = "[ID1] Organizations do not see each other, even with the same task and replica ids")]
    public async Task Organizations_do_not_see_each_other_even_with_the_same_task_and_replica_ids()
    {
        var first = await FoundedAsync();
        var second = await FoundedAsync() with { Replica = first.Replica };
        var task = ALog.NewTask();
        first = await CommitAsync(first, first.Creates([first.LineOf(task) with { Title = "first" }]));
        Assert.Empty(await Reader.LoadTasksAsync(second.Organization, [task], Token));

        second = await CommitAsync(second, second.Creates([second.LineOf(task) with { Title = "second" }]));

        Assert.Equal("first", Assert.Single(await Reader.LoadTasksAsync(first.Organization, [task], Token)).Line.Title);
        Assert.Equal("second", Assert.Single(await Reader.LoadTasksAsync(second.Organization, [task], Token)).Line.Title);
        Assert.Equal(1, Assert.IsType<OrganizationState.Present>(await Reader.LoadOrganizationAsync(second.Organization, Token)).Tree.Count);
    }

    [Fact]
    public async Task The_text_log_holds_the_edits_of_one_field_above_a_seq_in_order()
    {
        var log = await FoundedAsync();
        log = await CommitAsync(log, log.Creates("fence", "other"));
        var task = log.Tasks.Values.Single(state => state.Line.Title == "fence").Line.Id;
        log = await CommitAsync(log, log.Types(task, TextEdit.InsertAt(0, "the "), "the fence"));
        log = await CommitAsync(log, log.Sets(Fields.Status, "doing", task));
        log = await CommitAsync(log, log.Types(task, TextEdit.InsertAt(0, "Paint "), "Paint the fence"));

        var all = await Reader.LoadTextLogAsync(log.Organization, task, Fields.Title, 0, Token);
        var late = await Reader.LoadTextLogAsync(log.Organization, task, Fields.Title, all[0].Seq, Token);

        Assert.Equal([TextEdit.InsertAt(0, "the "), TextEdit.InsertAt(0, "Paint ")], all.Select(entry => entry.Sent));
        Assert.Equal(all[1], Assert.Single(late));
        Assert.Equal(log.Replica, all[0].Origin?.Replica);
        Assert.Empty(await Reader.LoadTextLogAsync(log.Organization, task, Fields.Description, 0, Token));
    }

    [Fact(DisplayName = "[PU1] A cancelled commit leaves all or nothing")]
    public async Task A_cancelled_commit_leaves_all_or_nothing()
    {
        var log = await FoundedAsync();
        var commit = log.Creates("maybe");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Committer.CommitAsync(commit, cancelled.Token));

        await AssertNothingOfAsync(commit);
        await CommitAsync(log, commit);
    }

    [Fact]
    public async Task A_commit_of_a_shape_that_no_reader_expects_is_refused_as_a_fault()
    {
        var log = await FoundedAsync();
        var commit = log.Creates("a", "b");

        await Assert.ThrowsAsync<ArgumentException>(() => Committer.CommitAsync(commit with { Feed = commit.Feed.RemoveAt(0) }, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Committer.CommitAsync(commit with { Receipts = [commit.Receipts[0] with { Seq = null }] }, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Committer.CommitAsync(commit with { Next = log.Head! with { Seq = log.Head.Seq + 2 } }, Token));
        await AssertNothingOfAsync(commit);
    }

    [Fact(DisplayName = "[LG1] Writers that race leave a log without gaps and every acknowledged change once")]
    public async Task Writers_that_race_leave_a_log_without_gaps_and_every_acknowledged_change_once()
    {
        var founded = await FoundedAsync();
        const int writers = 8, rounds = 6;

        var acknowledged = await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => WriteAsync(founded, rounds)));

        var state = Assert.IsType<OrganizationState.Present>(await Reader.LoadOrganizationAsync(founded.Organization, Token));
        Assert.Equal(1 + (writers * rounds), state.Head.Seq);
        Assert.Equal(1 + (writers * rounds), state.Head.Version);
        Assert.Equal(acknowledged.SelectMany(tasks => tasks).Order(), (await Reader.LoadTasksAsync(founded.Organization,
            [.. acknowledged.SelectMany(tasks => tasks)], Token)).Select(task => task.Line.Id).Order());
        Assert.Equal(Enumerable.Range(2, writers * rounds).Select(seq => (long)seq), (await Reader.LoadTasksAsync(founded.Organization,
            [.. acknowledged.SelectMany(tasks => tasks)], Token)).Select(task => task.Line.Seq).Order());
    }

    [Fact]
    public async Task A_register_is_read_with_all_its_steps_also_those_that_the_task_let_go_of()
    {
        var log = await FoundedAsync();
        log = await CommitAsync(log, log.Creates("often"));
        var task = log.Tasks.Keys.Single();
        for (var i = 0; i < 40; i++) log = await CommitAsync(log, log.Sets(i % 8 == 0 ? Fields.Priority : Fields.Status, $"v{i}", task));

        var whole = await Reader.LoadRegisterAsync(log.Organization, task, Fields.Status, Token);
        var kept = Assert.Single(await Reader.LoadTasksAsync(log.Organization, [task], Token)).Merge.Registers[Fields.Status];

        Assert.Equal(log.Tasks[task].Merge.Registers[Fields.Status], whole);
        Assert.Equal(whole.Trimmed(16), kept);
        Assert.Equal(Register.Empty, await Reader.LoadRegisterAsync(log.Organization, task, Fields.DueDate, Token));
    }

    [Fact]
    public async Task The_head_alone_is_that_of_the_whole_state()
    {
        var log = await FoundedAsync();
        log = await CommitAsync(log, log.Creates("a"));

        Assert.Equal(log.Head, await Reader.LoadHeadAsync(log.Organization, Token));
        Assert.Null(await Reader.LoadHeadAsync(new OrganizationId(Guid.CreateVersion7()), Token));
    }

    /// <summary>A writer as a grain is one: on a loss it throws memory away, reads the head again and decides again.</summary>
    private async Task<List<TaskId>> WriteAsync(ALog log, int rounds)
    {
        var mine = log with { Replica = new ReplicaId(Guid.CreateVersion7()) };
        var done = new List<TaskId>();
        while (done.Count < rounds)
        {
            var commit = mine.Creates($"round {done.Count}");
            if (await Committer.CommitAsync(commit, Token) is CommitOutcome.Committed)
            {
                mine = mine.After(commit);
                done.Add(commit.Tasks[0].Line.Id);
                continue;
            }
            var state = (OrganizationState.Present)await Reader.LoadOrganizationAsync(log.Organization, Token);
            mine = mine with { Head = state.Head };
        }
        return done;
    }

    private protected async Task<ALog> FoundedAsync()
    {
        var log = ALog.OfNobody();
        return await CommitAsync(log, log.Founds());
    }

    private protected async Task<ALog> CommitAsync(ALog log, Commit commit)
    {
        Assert.IsType<CommitOutcome.Committed>(await Committer.CommitAsync(commit, Token));
        return log.After(commit);
    }

    private protected async Task AssertTasksAsync(ALog log)
    {
        var read = await Reader.LoadTasksAsync(log.Organization, [.. log.Tasks.Keys], Token);
        Assert.Equal(log.Tasks.Count, read.Length);
        foreach (var state in read)
        {
            Assert.Equal(StoredJson.Write(log.Tasks[state.Line.Id].Line), StoredJson.Write(state.Line));
            Assert.Equal(StoredJson.Write(log.Tasks[state.Line.Id].Merge), StoredJson.Write(state.Merge));
        }
    }

    private protected async Task AssertNothingOfAsync(Commit commit)
    {
        var fresh = commit.Tasks.Where(task => task.Merge.Version == 1).Select(task => task.Line.Id);
        Assert.Empty(await Reader.LoadTasksAsync(commit.Organization, [.. fresh], Token));
    }
}

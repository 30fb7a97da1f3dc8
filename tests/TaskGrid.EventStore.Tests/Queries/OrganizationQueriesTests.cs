using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using TaskGrid.Contracts;
using TaskGrid.EventStore.Marten.Queries;
using TaskGrid.EventStore.Tests.Facts;
using TaskGrid.Grains.Ports;
using TaskGrid.Sync;

namespace TaskGrid.EventStore.Tests.Queries;

public sealed class OrganizationQueriesTests(ADatabase database) : IClassFixture<ADatabase>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private OrganizationQueries Queries => new(database.Source, TimeProvider.System);

    [Fact(DisplayName = "[PL1] A pull answers the committed texts in order, page by page, with the digest at the head alone")]
    public async Task Pulls()
    {
        var log = await FoundedAsync();
        var commit = log.Creates("a", "b", "日本");
        log = await CommitAsync(log, commit);

        var first = (await Queries.PullAsync(log.Organization, null, 1, 2, Token))!;
        var second = (await Queries.PullAsync(log.Organization, null, first.To, 2, Token))!;

        Assert.Equal((1L, 3L, 4L, null), (first.From, first.To, first.Head, first.Digest));
        Assert.Equal((3L, 4L, 4L), (second.From, second.To, second.Head));
        Assert.Equal(commit.Feed.Select(entry => entry.Json), first.Changes.Concat(second.Changes));
        Assert.Equal(TaskDigest.Format(log.Head!.Digest), second.Digest);
        Assert.Equal(log.Head.History, second.History);
        Assert.Null(await Queries.PullAsync(ALog.OfNobody().Organization, null, 0, 10, Token));
    }

    [Fact(DisplayName = "[PL7] taken is the replica's highest number in the state at to, with the rejections right after it")]
    public async Task Taken()
    {
        var log = await FoundedAsync();                               // seq 1
        log = await CommitAsync(log, log.Creates("a", "b"));          // n 1, 2 = seq 2, 3
        log = await CommitAsync(log, log.Rejects());                  // n 3
        var other = log with { Replica = new ReplicaId(Guid.CreateVersion7()), LastN = 0 };
        log = log with { Head = (await CommitAsync(other, other.Creates("other's"))).Head };    // seq 4
        log = await CommitAsync(log, log.Creates("c"));               // n 4 = seq 5
        log = await CommitAsync(log, log.Rejects());                  // n 5

        async Task<long> At(ReplicaId? replica, long to) => (await Queries.PullAsync(log.Organization, replica, to - 1, 1, Token))!.Taken;

        Assert.Equal(0, await At(log.Replica, 1));
        Assert.Equal(1, await At(log.Replica, 2));
        Assert.Equal(3, await At(log.Replica, 3));
        Assert.Equal(3, await At(log.Replica, 4));
        Assert.Equal(5, await At(log.Replica, 5));
        Assert.Equal(0, await At(other.Replica, 3));
        Assert.Equal(1, await At(other.Replica, 4));
        Assert.Equal(0, await At(null, 5));
    }

    [Fact(DisplayName = "[SN1] A snapshot is a head line, definitions, members and exactly count task lines that give the digest")]
    public async Task Snapshots()
    {
        var log = await FoundedAsync();
        var line = log.LineOf(ALog.NewTask()) with
        {
            Title = "Zaun streichen",
            Labels = ["bug", "garden"],
            Registers = Ordinal.Empty<FieldValue>().Add(Fields.Status, FieldValue.Of("doing")).Add("custom.effort", NumberOf("1e21")),
        };
        log = await CommitAsync(log, log.Creates([line, log.LineOf(ALog.NewTask()) with { Title = "b" }]));

        using var output = new MemoryStream();
        await Queries.WriteSnapshotAsync(log.Organization, log.Replica, output, Token);

        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n');
        Assert.Equal("", lines[^1]);
        var head = JsonSerializer.Deserialize(lines[0], ContractsJson.Default.SnapshotHead)!;
        Assert.Equal(new SnapshotHead(3, 2, 2, TaskDigest.Format(log.Head!.Digest), log.Head.History), head);
        Assert.Equal(new MemberLine("member", log.Owner, "Ada", Role.Owner), JsonSerializer.Deserialize(lines[1], ContractsJson.Default.MemberLine));
        var tasks = lines[2..^1].Select(text => JsonSerializer.Deserialize(text, ContractsJson.Default.TaskLine)!).ToList();
        Assert.Equal(log.Tasks.Values.Select(task => TaskDigest.Term(task.Line)).Order(), tasks.Select(TaskDigest.Term).Order());
        Assert.DoesNotContain(":null", string.Join("", lines[2..]).Replace(" ", ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_edits_are_those_of_one_field_above_since()
    {
        var log = await FoundedAsync();
        log = await CommitAsync(log, log.Creates("fence"));
        var task = log.Tasks.Keys.Single();
        log = await CommitAsync(log, log.Types(task, TextEdit.InsertAt(0, "the "), "the fence"));
        log = await CommitAsync(log, log.Types(task, TextEdit.InsertAt(9, "!"), "the fence!"));

        using var all = JsonDocument.Parse((await Queries.TextAsync(log.Organization, task, Fields.Title, 0, Token))!);
        using var none = JsonDocument.Parse((await Queries.TextAsync(log.Organization, task, Fields.Title, 4, Token))!);

        Assert.Equal(4, all.RootElement.GetProperty("to").GetInt64());
        Assert.Equal(
            $$"""[{"edit":["the "],"n":2,"replica":"{{log.Replica}}","seq":3},{"edit":[9,"!"],"n":3,"replica":"{{log.Replica}}","seq":4}]""",
            CanonicalJson.From(all.RootElement.GetProperty("edits")));
        Assert.Equal(0, none.RootElement.GetProperty("edits").GetArrayLength());
        Assert.Null(await Queries.TextAsync(log.Organization, ALog.NewTask(), Fields.Title, 0, Token));
    }

    [Fact(DisplayName = "[HT4] History holds what was done to a task and what reached it from another, page by page")]
    public async Task History_holds_what_was_done_to_a_task_and_what_reached_it_from_another_page_by_page()
    {
        var log = await FoundedAsync();
        log = await CommitAsync(log, log.Creates("parent", "child"));
        var (parent, child) = (TaskTitled(log, "parent"), TaskTitled(log, "child"));
        log = await CommitAsync(log, log.Sets(Fields.Status, "doing", child));
        var cascade = log.Sets(Fields.Status, "done", parent);
        log = await CommitAsync(log, cascade with { Feed = [cascade.Feed[0] with { Also = [child] }] });

        using var first = JsonDocument.Parse((await Queries.HistoryAsync(log.Organization, child, null, 2, Token))!);
        var next = first.RootElement.GetProperty("next").GetString();
        using var second = JsonDocument.Parse((await Queries.HistoryAsync(log.Organization, child, next, 2, Token))!);

        Assert.Equal([3L, 4L], Seqs(first, "entries"));
        Assert.Equal([5L], Seqs(second, "entries"));
        Assert.False(second.RootElement.TryGetProperty("next", out _));
        Assert.Null(await Queries.HistoryAsync(log.Organization, ALog.NewTask(), null, 2, Token));
        await Assert.ThrowsAsync<FormatException>(() => Queries.HistoryAsync(log.Organization, child, "x", 2, Token));
    }

    [Fact(DisplayName = "[HT4] Conflicts come by their place in the log, page by page, open ones alone if asked")]
    public async Task Conflicts_come_by_their_place_in_the_log_open_ones_alone_if_asked()
    {
        var log = await FoundedAsync();
        log = await CommitAsync(log, log.Creates("a", "b", "c"));
        var tasks = log.Tasks.Keys.ToArray();
        var notes = tasks.Select((task, i) => NoteOf(log, task, 2 + i, open: i != 1)).ToImmutableArray();
        log = await CommitAsync(log, log.Rejects() with { Conflicts = notes });
        log = await CommitAsync(log, log.Rejects() with { Conflicts = [notes[0] with { Open = false }] });

        using var open = JsonDocument.Parse(await Queries.ConflictsAsync(log.Organization, true, null, null, 10, Token));
        using var first = JsonDocument.Parse(await Queries.ConflictsAsync(log.Organization, false, null, null, 2, Token));
        using var second = JsonDocument.Parse(await Queries.ConflictsAsync(
            log.Organization, false, null, first.RootElement.GetProperty("next").GetString(), 2, Token));
        using var ofOne = JsonDocument.Parse(await Queries.ConflictsAsync(log.Organization, false, tasks[1], null, 10, Token));

        Assert.Equal([notes[2].Id], Ids(open));
        Assert.Equal(notes.Select(note => note.Id), Ids(first).Concat(Ids(second)));
        Assert.Equal([notes[1].Id], Ids(ofOne));
    }

    [Fact]
    public async Task Members_are_where_the_last_commit_says_and_nowhere_once_the_organization_is_closed()
    {
        var log = await FoundedAsync();
        var guest = new UserId(Guid.CreateVersion7());
        var with = log.Core!.Members.Add(guest, new("Bob", Role.Viewer));
        log = await CommitAsync(log, log.Rejects() with { Core = log.Core with { Members = with } });
        Assert.Equal([new MemberLine("member", log.Owner, "Ada", Role.Owner), new MemberLine("member", guest, "Bob", Role.Viewer)],
            await Queries.MembersAsync(log.Organization, Token));
        Assert.Equal([new OrganizationInfo(log.Organization, "Fences Ltd", Role.Viewer)], await Queries.MembershipsAsync(guest, Token));
        Assert.Equal(log.Owner, await Queries.ReplicaOwnerAsync(log.Organization, log.Replica, Token));
        Assert.Null(await Queries.ReplicaOwnerAsync(log.Organization, new ReplicaId(Guid.CreateVersion7()), Token));

        log = await CommitAsync(log, log.Rejects() with { Core = log.Core! with { Members = log.Core.Members.Remove(guest) } });
        Assert.Empty(await Queries.MembershipsAsync(guest, Token));

        log = await CommitAsync(log, log.Rejects() with { Core = log.Core! with { Closed = true } });
        Assert.Empty(await Queries.MembershipsAsync(log.Owner, Token));
        Assert.Empty(await Queries.MembersAsync(log.Organization, Token));
    }

    [Fact]
    public async Task Heads_are_told_for_known_organizations_alone()
    {
        var log = await FoundedAsync();
        log = await CommitAsync(log, log.Creates("a"));

        var heads = await Queries.HeadsAsync([log.Organization, ALog.OfNobody().Organization], Token);

        Assert.Equal(KeyValuePair.Create(log.Organization, 2L), Assert.Single(heads));
    }

    private static FieldValue NumberOf(string json) => FieldValue.From(JsonDocument.Parse(json).RootElement)!;

    private static TaskId TaskTitled(ALog log, string title) => log.Tasks.Values.Single(task => task.Line.Title == title).Line.Id;

    private static IEnumerable<long> Seqs(JsonDocument page, string list) =>
        page.RootElement.GetProperty(list).EnumerateArray().Select(entry => entry.GetProperty("seq").GetInt64());

    private static IEnumerable<ConflictId> Ids(JsonDocument page) =>
        page.RootElement.GetProperty("conflicts").EnumerateArray().Select(note => IdText.Parse<ConflictId>(note.GetProperty("id").GetString()!));

    private static ConflictNote NoteOf(ALog log, TaskId task, long seq, bool open)
    {
        ConflictVersion Version(long at) => new(at, FieldValue.Of("x"), log.Owner, log.Replica, Stamp.At(ALog.Noon), Stamp.At(ALog.Noon), "set");
        return new ConflictNote(new ConflictId(Guid.CreateVersion7()), ConflictKinds.Reassigned, task, Fields.Assignee, open,
            [Version(1), Version(seq)], ConflictRules.LaterStamp);
    }

    private async Task<ALog> FoundedAsync()
    {
        var log = ALog.OfNobody();
        return await CommitAsync(log, log.Founds());
    }

    private async Task<ALog> CommitAsync(ALog log, Commit commit)
    {
        Assert.IsType<CommitOutcome.Committed>(await database.Committer.CommitAsync(commit, Token));
        return log.After(commit);
    }
}

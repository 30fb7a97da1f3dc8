using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using TaskGrid.Contracts;
using TaskGrid.EventStore.Marten;
using TaskGrid.EventStore.Marten.Rebuilding;
using TaskGrid.EventStore.Marten.Schemas;
using TaskGrid.Grains;
using TaskGrid.Grains.Ports;
using TaskGrid.TestKit;

namespace TaskGrid.EventStore.Tests.Rebuilding;

/// <summary>
/// An organization whose members edited the same tasks without having seen each other: real grains over the real log, random pushes of
/// every op from a fixed seed. What the store keeps beside the events was made by the same code that serves people.
/// </summary>
public sealed class ALivelyOrganization : IAsyncLifetime
{
    private const int Seed = 1;
    private const int Pushes = 250;

    private readonly Random random = new(Seed);
    private readonly List<TaskId> tasks = [];
    private readonly List<(TaskId Task, CommentId Comment)> comments = [];
    private readonly List<(TaskId Task, AttachmentId Attachment)> attachments = [];
    private readonly List<ConflictNote> conflicts = [];
    private readonly DefinitionId project = new(Guid.Parse("0199a6a0-0000-7000-8000-000000000801"));
    private readonly List<(PushCommand Command, string Answer)> answered = [];
    private InProcessTestCluster cluster = null!;
    private DateTimeOffset now = DateTimeOffset.UtcNow;

    public string ConnectionString { get; private set; } = "";

    public Npgsql.NpgsqlDataSource Source { get; private set; } = null!;

    public OrganizationId Organization { get; } = new(Guid.CreateVersion7());

    /// <summary>How many of each status the pushes were answered with: a run without conflicts would prove little.</summary>
    public Dictionary<ChangeStatus, int> Answers { get; } = [];

    /// <summary>A task of which a register was written very often.</summary>
    public TaskId Hot { get; private set; }

    /// <summary>How many pushes were answered otherwise when they were sent again at the end.</summary>
    public int AnsweredOtherwise { get; private set; }

    /// <summary>What differed between what was stored and the events, before any test wrote anything anew.</summary>
    public IReadOnlyList<string> Differences { get; private set; } = ["not verified"];

    /// <summary>How many conflicts were told on a task that their change only reached.</summary>
    public int Reached { get; private set; }

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await PostgresServer.NewDatabaseAsync();
        Source = EventStoreDatabase.Open(ConnectionString);
        await EventStoreSchema.ApplyAsync(Source, CancellationToken.None);
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.Services
            .AddTaskGridGrains()
            .AddTaskGridEventStore(ConnectionString)
            .AddSingleton<IChangeBell, SilentBell>());
        builder.ConfigureClient(client => client.Services.AddTaskGridGrains());
        cluster = builder.Build();
        await cluster.DeployAsync();
        await LiveAsync();
        await cluster.DisposeAsync();
        Differences = (await LogVerification.VerifyAsync(Source, Organization, CancellationToken.None)).Differences;
    }

    public async ValueTask DisposeAsync() => await Source.DisposeAsync();

    private async Task LiveAsync()
    {
        var grain = cluster.Client.GetGrain<IOrganizationGrain>(GrainKeys.Of(Organization));
        UserId[] users = [new(Guid.CreateVersion7()), new(Guid.CreateVersion7())];
        await grain.Found(new FoundOrganization("Acme", users[0], "Ada"));
        await grain.SetMember(new SetMember(users[0], users[1], "Bob", Role.Admin, false));
        var authors = Enumerable.Range(0, 4).Select(i => new Author(users[i % 2], new ReplicaId(Guid.CreateVersion7()))).ToArray();
        for (var i = 0; i < Pushes; i++)
        {
            var author = authors[random.Next(authors.Length)];
            var changes = Enumerable.Range(0, random.Next(1, 9)).Select(_ => Next(author)).ToArray();
            var head = await PushAsync(grain, author, changes);
            // Most devices are behind most of the time.
            if (random.Next(4) == 0) author.Base = head;
        }
        await TakeAlongAsync(grain, authors[0], authors[1]);
        await WriteOneRegisterAsync(grain, authors);
        await SendAgainAsync(grain);
        await grain.Rename(new RenameOrganization(users[0], "Acme & Sons"));
        await grain.SetMember(new SetMember(users[0], users[1], "Bob", null, true));
    }

    /// <summary>Deletes take along subtasks that somebody edited meanwhile, and a restore answers what that left open.</summary>
    private async Task TakeAlongAsync(IOrganizationGrain grain, Author deletes, Author edits)
    {
        var parents = Enumerable.Range(0, 3).Select(_ => new ChangeBody.Create(new TaskId(Guid.CreateVersion7()), TaskValues.Titled("parent"))).ToList();
        var children = parents.Concat(parents).Select(parent => new ChangeBody.Create(new TaskId(Guid.CreateVersion7()), TaskValues.Titled("child") with
        {
            Registers = TaskValues.Titled("child").Registers.Add(Fields.Parent, FieldValue.Of(parent.Task.ToString())),
        })).ToList();
        deletes.Base = edits.Base = await PushAsync(grain, deletes, [.. parents.Concat(children).Select(create => Next(deletes, create))]);
        await PushAsync(grain, edits, [.. children.Select(child => Next(edits, new ChangeBody.Set(child.Task, Fields.Status, FieldValue.Of("doing"))))]);
        deletes.Base = await PushAsync(grain, deletes, [.. parents.Select(parent => Next(deletes, new ChangeBody.Delete(parent.Task)))]);
        await PushAsync(grain, deletes, Next(deletes, new ChangeBody.Restore(parents[0].Task)));
    }

    /// <summary>So often that its state lets go of old steps; one author is behind all the while, and one of the others now and then.</summary>
    private async Task WriteOneRegisterAsync(IOrganizationGrain grain, Author[] authors)
    {
        var hot = tasks[0];
        for (var i = 0; i < 60; i++)
        {
            var author = authors[i % authors.Length];
            var head = await PushAsync(grain, author, Next(author, new ChangeBody.Set(hot, Fields.Priority, FieldValue.Of($"p{i}"))));
            if (author != authors[0] && i % 5 != 0) author.Base = head;
        }
        Hot = hot;
    }

    private async Task<long> PushAsync(IOrganizationGrain grain, Author author, params Change[] changes)
    {
        var command = new PushCommand(author.User, author.Replica, null, [.. changes.Select(Sent)]);
        var taken = Assert.IsType<PushOutcome.Taken>(await grain.Push(command, CancellationToken.None));
        answered.Add((command, Json(taken.Results)));
        foreach (var (result, change) in taken.Results.Zip(changes))
        {
            Answers[result.Status] = Answers.GetValueOrDefault(result.Status) + 1;
            var notes = new[] { result.Conflict }.OfType<ConflictNote>().Concat(result.Conflicts ?? []).ToList();
            conflicts.AddRange(notes);
            Reached += notes.Count(note => change.Body is ChangeBody.OnTask on && on.Task != note.Task);
        }
        return taken.Head;
    }

    /// <summary>Sends every push once more, long after later ones of its replica were answered.</summary>
    private async Task SendAgainAsync(IOrganizationGrain grain)
    {
        foreach (var (command, answer) in answered)
        {
            var again = Assert.IsType<PushOutcome.Taken>(await grain.Push(command, CancellationToken.None));
            AnsweredOtherwise += Json(again.Results) == answer ? 0 : 1;
        }
    }

    private static string Json(IEnumerable<ChangeResult> results) =>
        string.Concat(results.Select(result => JsonSerializer.Serialize(result, ContractsJson.Default.ChangeResult)));

    private Change Next(Author author) => Next(author, Body());

    private Change Next(Author author, ChangeBody body)
    {
        now = now.AddMilliseconds(random.Next(50));
        return new Change(++author.N, Stamp.At(now), new CausalClock(author.Base), body);
    }

    private ChangeBody Body() => random.Next(tasks.Count < 4 ? 1 : 20) switch
    {
        0 => Create(),
        1 or 2 or 3 => new ChangeBody.Set(Task(), Fields.Status, FieldValue.Of(Pick("todo", "doing", "done"))),
        4 => new ChangeBody.Set(Task(), Fields.Assignee, FieldValue.Of(Guid.CreateVersion7().ToString())),
        5 => new ChangeBody.Set(Task(), "custom.größe", FieldValue.Of(Pick("S", "M", "日本"))),
        6 => Move(Task(), Task()),
        7 or 8 => new ChangeBody.Text(Task(), Pick(Fields.Title, Fields.Description), TextEdit.InsertAt(0, Pick("a ", "ä ", "😀"))),
        9 => new ChangeBody.Text(Task(), Fields.Title, TextEdit.DeleteAt(0, 4)),
        10 => new ChangeBody.Add(Task(), Fields.Labels, Pick("bug", "garden")),
        11 => new ChangeBody.Remove(Task(), Fields.Labels, Pick("bug", "garden")),
        12 => Comment(),
        13 when comments.Count > 0 => Of(comments, c => new ChangeBody.EditComment(c.Task, c.Comment, "edited")),
        14 when comments.Count > 0 => Of(comments, c => new ChangeBody.DeleteComment(c.Task, c.Comment)),
        15 => random.Next(2) == 0 || attachments.Count == 0 ? Attach() : Of(attachments, a => new ChangeBody.Detach(a.Task, a.Attachment)),
        16 => new ChangeBody.Delete(random.Next(5) == 0 ? new TaskId(Guid.CreateVersion7()) : Task()),
        17 => new ChangeBody.Restore(Task()),
        18 => new ChangeBody.Define("project", project, Ordinal.Empty<FieldValue?>().Add("name", FieldValue.Of(Pick("Website", "Garten"))).Add("archived", null)),
        19 when conflicts.Count > 0 => Of(conflicts, note => new ChangeBody.Resolve(note.Id, Of(note.Versions, version => version.Seq), null)),
        _ => new ChangeBody.Void(),
    };

    private ChangeBody.Create Create()
    {
        var task = new TaskId(Guid.CreateVersion7());
        var values = TaskValues.Titled("Paint the fence ペンキ") with { Labels = ["bug"] };
        if (tasks.Count > 0 && random.Next(2) == 0) values = values with { Registers = values.Registers.Add(Fields.Parent, FieldValue.Of(Task().ToString())) };
        tasks.Add(task);
        return new ChangeBody.Create(task, values);
    }

    private ChangeBody.Set Move(TaskId task, TaskId parent) =>
        new(task, Fields.Parent, task == parent || random.Next(4) == 0 ? null : FieldValue.Of(parent.ToString()));

    private ChangeBody.Comment Comment()
    {
        comments.Add((Task(), new CommentId(Guid.CreateVersion7())));
        return new ChangeBody.Comment(comments[^1].Task, comments[^1].Comment, "Green? 緑", null);
    }

    private ChangeBody.Attach Attach()
    {
        attachments.Add((Task(), new AttachmentId(Guid.CreateVersion7())));
        return new ChangeBody.Attach(attachments[^1].Task, attachments[^1].Attachment, 12, new string('a', 64), 0, "c2VhbGVk");
    }

    private TaskId Task() => Of(tasks, task => task);

    private string Pick(params string[] texts) => Of(texts, text => text);

    private TResult Of<T, TResult>(IReadOnlyList<T> all, Func<T, TResult> make) => make(all[random.Next(all.Count)]);

    private static SentChange Sent(Change change) =>
        new(change.N, [.. SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(change, ContractsJson.Default.Change))], change, null);

    private sealed class Author(UserId user, ReplicaId replica)
    {
        public UserId User => user;
        public ReplicaId Replica => replica;
        public long N { get; set; }
        public long Base { get; set; } = 2;
    }

    private sealed class SilentBell : IChangeBell
    {
        public void Ring(OrganizationAdvanced advanced)
        {
            // Nobody listens here.
        }
    }
}

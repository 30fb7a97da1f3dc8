using System.Text.Json;
using TaskGrid.Client;
using TaskGrid.Client.Sqlite;
using TaskGrid.Contracts;
using TaskGrid.TestKit;

namespace TaskGrid.EndToEnd.Tests.Sync;

/// <summary>The main job: two people edit offline, sync, and agree, with a real server and the real program.</summary>
[Trait("tier", "gate")]
public sealed class TwoPeopleOfflineTests : IDisposable
{
    private const int Imported = 10_000;
    private const int EditedByEach = 200;
    private const int EditedByBoth = 60;
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact(DisplayName = "[LG2] [TX7] Ten thousand tasks edited offline by two are the same everywhere after sync, and nothing typed is lost")]
    public async Task Ten_thousand_tasks_edited_offline_by_two_are_the_same_everywhere_after_sync_and_nothing_typed_is_lost()
    {
        await using var server = await TaskGridServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var (ana, ben, eva) = (new CommandLine(scratch, "ana"), new CommandLine(scratch, "ben"), new CommandLine(scratch, "eva"));
        await BeginAsync(server.Url, ana, ben, eva);
        var tasks = LinesOf(ana).Select(line => line.Id).Order().ToList();
        Assert.Equal(Imported, tasks.Count);

        // Offline: the server is not there at all.
        await server.StopAsync(TestContext.Current.CancellationToken);
        var anas = tasks[..EditedByEach];
        var bens = tasks[(EditedByEach - EditedByBoth)..((2 * EditedByEach) - EditedByBoth)];
        for (var i = 0; i < EditedByEach; i++)
        {
            await EditAsync(ana, anas[i], "ana", "doing", front: true);
            await EditAsync(ben, bens[i], "ben", "done", front: false);
        }
        await server.StartAgainAsync(TestContext.Current.CancellationToken);
        await ana.RunAsync("sync");
        await ben.RunAsync("sync");
        await ana.RunAsync("sync");
        await eva.RunAsync("sync");

        var exported = await ExportAsync(ana);
        Assert.Equal(exported, await ExportAsync(ben));
        Assert.Equal(exported, await ExportAsync(eva));
        await NothingIsMissingAsync(ana, anas, bens);
        await TheEventsAloneGiveTheSameAsync(server, (await ana.RunAsync("export", "--digest")).Trim());
    }

    private static async Task TheEventsAloneGiveTheSameAsync(TaskGridServer server, string digest)
    {
        var plan = ProcessPlan.Dotnet(Repository.ProgramOf("services/TaskGrid.Admin"), "rebuild", "--verify", "--database", server.Database);
        var (exitCode, standard, all) = await ProcessHost.RunAsync(plan, TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        Assert.True(exitCode == 0, all);
        Assert.Contains($"{Imported} tasks, digest {digest}", standard, StringComparison.Ordinal);
    }

    private async Task BeginAsync(Uri url, CommandLine ana, CommandLine ben, CommandLine eva)
    {
        foreach (var (person, name) in new[] { (ana, "ana"), (ben, "ben"), (eva, "eva") })
            await person.RunAsync("register", "--url", url.ToString(), "--email", $"{name}@example.com", "--name", name);
        await ana.RunAsync("org", "create", "Garden");
        await ana.RunAsync("import", WriteCsv());
        await ana.RunAsync("sync");
        foreach (var (person, name) in new[] { (ben, "ben"), (eva, "eva") })
        {
            await ana.RunAsync("org", "invite", $"{name}@example.com");
            await person.RunAsync("org", "use", "Garden");
        }
        await ben.RunAsync("sync");
        // Ana, too, has to know that Ben is a member before she goes offline, so that both stand at the same seq.
        await ana.RunAsync("sync");
    }

    private string WriteCsv()
    {
        var file = scratch.File("tasks.csv");
        File.WriteAllLines(file, ["title,description,status,labels,project", .. Enumerable.Range(1, Imported).Select(i =>
            $"\"Task number {i}, as imported\",\"What is to be done in {i}: words that 田中 and others wrote 🙂\",todo,one;two,Project {i % 60}")]);
        return file;
    }

    /// <summary>One person's edit of a task: title, description, status, label, comment, each with a word of its own.</summary>
    private static async Task EditAsync(CommandLine person, TaskId task, string name, string status, bool front)
    {
        using var store = Open(person);
        var line = store.Read(reading => ReplicaView.Task(reading, task))!;
        var word = $"{name}-{task.ToString()[^12..]}";
        string With(string text) => front ? $"{word} {text}" : $"{text} {word}";
        await person.QuickAsync("edit", task.ToString(), "--title", With(line.Title), "--description", With(line.Description), "--status", status, "--label", name);
        await person.QuickAsync("comment", task.ToString(), $"a comment by {word}");
    }

    private async Task<byte[]> ExportAsync(CommandLine person)
    {
        var file = scratch.File($"{Path.GetFileName(person.Folder)}.json");
        await person.RunAsync("export", file, "--json");
        return await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
    }

    private static async Task NothingIsMissingAsync(CommandLine ana, IReadOnlyList<TaskId> anas, IReadOnlyList<TaskId> bens)
    {
        using var store = Open(ana);
        foreach (var (name, status, tasks) in new[] { ("ana", "doing", anas), ("ben", "done", bens) })
        {
            foreach (var task in tasks)
            {
                var line = store.Read(reading => reading.Task(task))!;
                var word = $"{name}-{task.ToString()[^12..]}";
                Assert.Contains(word, line.Title, StringComparison.Ordinal);
                Assert.Contains(word, line.Description, StringComparison.Ordinal);
                Assert.Contains(name, line.Labels);
                Assert.Contains(line.Comments, comment => comment.Body == $"a comment by {word}");
                if (line[Fields.Status]!.AsText() != status) await LostStatusIsInHistoryAsync(ana, store, task, status);
            }
        }
        var both = anas.Intersect(bens).ToList();
        Assert.Equal(EditedByBoth, both.Count);
        var conflicts = store.Read(reading => reading.Conflicts(openOnly: false)).Where(note => note.Field == Fields.Status).Select(note => note.Task);
        Assert.Equal(both.Order(), conflicts.Order());
        Assert.Empty(store.Read(reading => reading.Rejected()));
        // The digest never differed from the server's: nothing here was healed by a snapshot.
        Assert.Equal(0, store.Read(reading => reading.Mark.ResyncedAt));
    }

    private static async Task LostStatusIsInHistoryAsync(CommandLine ana, IReplicaStore store, TaskId task, string status)
    {
        var note = Assert.Single(store.Read(reading => reading.Conflicts(openOnly: false)), note => note.Task == task && note.Field == Fields.Status);
        Assert.Contains(note.Versions, version => version.Value?.AsText() == status);
        // One process for each would only make the test slow: the first few speak for the route.
        if (task.ToString()[^1] != '0') return;
        using var history = JsonDocument.Parse(await ana.RunAsync("history", task.ToString(), "--json"));
        Assert.Contains(history.RootElement.EnumerateArray(), entry =>
            entry.GetProperty("op").GetString() == "set" && entry.GetProperty("value").GetString() == status);
    }

    private static IReadOnlyList<TaskLine> LinesOf(CommandLine person)
    {
        using var store = Open(person);
        return store.Read(reading => reading.Tasks().ToList());
    }

    private static SqliteReplicaStore Open(CommandLine person) =>
        SqliteReplicaStore.Open(Directory.GetFiles(person.Folder, "*.db", SearchOption.AllDirectories).Single(), () => throw new InvalidOperationException("no replica yet"));
}

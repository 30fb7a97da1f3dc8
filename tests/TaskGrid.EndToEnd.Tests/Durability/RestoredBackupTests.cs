using System.Diagnostics;
using Npgsql;
using TaskGrid.Client;
using TaskGrid.Contracts;
using TaskGrid.EndToEnd.Tests.Sync;
using TaskGrid.TestKit;

namespace TaskGrid.EndToEnd.Tests.Durability;

/// <summary>A database put back from a cold backup under a server and devices that went on since: real processes, real files.</summary>
[Trait("tier", "gate")]
public sealed class RestoredBackupTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => scratch.Dispose();

    [Fact(DisplayName = "[LG3] [PL9] After a backup is put back, nothing that was acknowledged and is still on a device is lost or there twice")]
    public async Task Nothing_that_is_still_on_a_device_is_lost()
    {
        await using var postgres = await PostgresServer.StartAsync(cancellationToken: Cancelled);
        await using var server = await TaskGridServer.StartAsync(new TaskGridServerPlan { Database = await postgres.CreateDatabaseAsync(Cancelled) }, Cancelled);
        var session = await Engine.RegisterAsync(server.Url, "ana", Cancelled);
        var organization = await Engine.CreateOrganizationAsync(server.Url, session, Cancelled);
        var old = await OnBothDevicesAsync(server, session, organization, "old", null);
        await StopAsync(server, postgres);
        await postgres.BackUpAsync(scratch.File("backup"), Cancelled);
        await StartAsync(server, postgres);

        var since = await OnBothDevicesAsync(server, session, organization, "since", old[0]);
        await StopAsync(server, postgres);
        await postgres.PutBackAsync(scratch.File("backup"), Cancelled);
        await postgres.StartAgainAsync(Cancelled);
        var first = await AdminAsync("restored", server.Database);
        var second = await AdminAsync("restored", server.Database);
        await server.StartAgainAsync(Cancelled);
        var after = await OnBothDevicesAsync(server, session, organization, "after", null);

        Assert.Contains("1 log got a new history", first, StringComparison.Ordinal);
        Assert.Contains("nothing to do", second, StringComparison.Ordinal);
        await using (var fresh = Engine.Start(server.Url, session, organization, scratch, "fresh"))
        {
            await ReachAsync(fresh, reading => reading.TaskCount() == old.Count + since.Count + after.Count);
            var titles = fresh.Store.Read(reading => reading.Tasks().ToDictionary(task => task.Id, task => task.Title));
            Assert.Equal(old.Concat(since).Concat(after).Order(), titles.Keys.Order());
            Assert.Contains("since, by one", titles[old[0]], StringComparison.Ordinal);
            Assert.Contains("since, by two", titles[old[0]], StringComparison.Ordinal);
            Assert.Equal(["since, by one", "since, by two"], fresh.Store.Read(reading => reading.Task(old[0])!.Comments.Select(comment => comment.Body).Order()));
        }
        Assert.Contains("all is well", await AdminAsync("check", server.Database), StringComparison.Ordinal);
        Assert.Contains("all is well", await AdminAsync("rebuild", server.Database, "--verify"), StringComparison.Ordinal);
    }

    /// <summary>Two devices of one person add tasks, and type and comment on a task that is there; both end with what both did, acknowledged.</summary>
    private async Task<IReadOnlyList<TaskId>> OnBothDevicesAsync(TaskGridServer server, Session session, OrganizationId organization, string phase, TaskId? edited)
    {
        await using var one = Engine.Start(server.Url, session, organization, scratch, "one");
        await using var two = Engine.Start(server.Url, session, organization, scratch, "two");
        await ReachAsync(one, reading => reading.Mark.Base > 0 && (edited is null || reading.Task(edited.Value) is not null));
        await ReachAsync(two, reading => reading.Mark.Base > 0 && (edited is null || reading.Task(edited.Value) is not null));
        List<TaskId> added = [];
        foreach (var (engine, name) in new[] { (one, "one"), (two, "two") })
        {
            for (var i = 0; i < 5; i++) added.Add(Add(engine, $"{phase} {i} by {name}"));
            if (edited is { } task) Write(engine, new ChangeBody.Text(task, Fields.Title, TextEdit.InsertAt(0, $"[{phase}, by {name}]")),
                new ChangeBody.Comment(task, CommentId.From(Guid.CreateVersion7()), $"{phase}, by {name}", null));
        }
        await ReachAsync(one, reading => reading.Pending().Count == 0 && added.All(task => reading.Task(task) is not null));
        await ReachAsync(two, reading => reading.Pending().Count == 0 && added.All(task => reading.Task(task) is not null));
        return added;
    }

    private static async Task ReachAsync(Engine engine, Func<IReplicaReading, bool> reached)
    {
        while (true)
        {
            var next = engine.When(_ => true);
            if (engine.Store.Read(reached)) return;
            await next;
        }
    }

    private static TaskId Add(Engine engine, string title)
    {
        var task = TaskId.From(Guid.CreateVersion7());
        Write(engine, new ChangeBody.Create(task, TaskValues.Titled(title)));
        return task;
    }

    private static void Write(Engine engine, params ChangeBody[] bodies) => Assert.IsType<WriteOutcome.Written>(engine.Replica.Write(bodies));

    private static async Task StopAsync(TaskGridServer server, PostgresServer postgres)
    {
        await server.StopAsync(Cancelled);
        NpgsqlConnection.ClearAllPools();
        await postgres.StopAsync(Cancelled);
    }

    private static async Task StartAsync(TaskGridServer server, PostgresServer postgres)
    {
        await postgres.StartAgainAsync(Cancelled);
        await server.StartAgainAsync(Cancelled);
    }

    private static async Task<string> AdminAsync(string command, string database, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.ProgramOf("services/TaskGrid.Admin"), command, .. more, "--database", database])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var program = Process.Start(start)!;
        var error = program.StandardError.ReadToEndAsync(Cancelled);
        var output = await program.StandardOutput.ReadToEndAsync(Cancelled);
        await program.WaitForExitAsync(Cancelled);
        return output + await error;
    }
}

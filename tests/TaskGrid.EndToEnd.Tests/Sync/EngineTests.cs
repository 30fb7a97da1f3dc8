using System.Diagnostics;
using TaskGrid.Client;
using TaskGrid.Contracts;
using TaskGrid.TestKit;

namespace TaskGrid.EndToEnd.Tests.Sync;

/// <summary>The engine's loop against a real server.</summary>
[Trait("tier", "gate")]
public sealed class EngineTests : IDisposable
{
    private const int PerRound = 40;
    private const int Rounds = 3;
    private readonly ScratchFolder scratch = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task The_server_is_killed_during_pushes_and_the_client_resumes_by_itself_with_nothing_lost_or_doubled()
    {
        await using var server = await TaskGridServer.StartAsync(cancellationToken: Cancelled);
        var session = await Engine.RegisterAsync(server.Url, "ana", Cancelled);
        var organization = await Engine.CreateOrganizationAsync(server.Url, session, Cancelled);
        var written = new List<TaskId>();
        await using (var ana = Engine.Start(server.Url, session, organization, scratch, "one"))
        {
            for (var round = 0; round < Rounds; round++)
            {
                var pushing = ana.When(happened => happened is SyncEvent.Pushed { Answered: > 0 });
                for (var i = 0; i < PerRound; i++) written.Add(Add(ana, $"task {round}.{i}"));
                await pushing;
                await server.KillAsync();
                for (var i = 0; i < PerRound; i++) written.Add(Add(ana, $"offline task {round}.{i}"));
                var sent = ana.When(happened => happened is SyncEvent.Pushed { Left: 0 });
                await server.StartAgainAsync(Cancelled);
                await sent;
            }
        }

        await using var fresh = Engine.Start(server.Url, session, organization, scratch, "two");
        if (fresh.Store.Read(reading => reading.Mark.Base) == 0) await fresh.When(happened => happened is SyncEvent.Pulled);
        var tasks = fresh.Store.Read(reading => reading.Tasks().ToList());
        Assert.Equal(written.Order(), tasks.Select(task => task.Id));
        Assert.Equal(written.Count + 1, fresh.Store.Read(reading => reading.Mark.Base));
    }

    [Fact(DisplayName = "[LV1] What one client writes another sees live")]
    public async Task What_one_client_writes_another_sees_live()
    {
        await using var server = await TaskGridServer.StartAsync(cancellationToken: Cancelled);
        var session = await Engine.RegisterAsync(server.Url, "ana", Cancelled);
        var organization = await Engine.CreateOrganizationAsync(server.Url, session, Cancelled);
        await using var one = Engine.Start(server.Url, session, organization, scratch, "one");
        await using var two = Engine.Start(server.Url, session, organization, scratch, "two");
        await Task.WhenAll(one.When(happened => happened is SyncEvent.Live { Up: true }), two.When(happened => happened is SyncEvent.Live { Up: true }));

        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 10; i++)
        {
            var before = two.Store.Read(reading => reading.Mark.Base);
            var seen = two.When(happened => happened is SyncEvent.Pulled pulled && pulled.Base > before);
            var task = Add(one, $"task {i}");
            await seen;
            Assert.Equal($"task {i}", two.Store.Read(reading => reading.Task(task))!.Title);
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{watch.Elapsed.TotalMilliseconds / 10:0} ms each, write to seen");
    }

    private static TaskId Add(Engine engine, string title)
    {
        var task = TaskId.From(Guid.CreateVersion7());
        Assert.IsType<WriteOutcome.Written>(engine.Replica.Write(new ChangeBody.Create(task, TaskValues.Titled(title))));
        return task;
    }
}

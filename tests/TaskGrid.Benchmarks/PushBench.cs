using System.Diagnostics;
using TaskGrid.Contracts;

namespace TaskGrid.Benchmarks;

/// <summary>Durable push: clients come back from a week offline, each with changes on tasks of its own, all at once.</summary>
internal static class PushBench
{
    public static async Task<int> RunAsync(BenchOptions options)
    {
        var (clients, changes, rounds) = (options.Number("clients", 8), options.Number("changes", 500), options.Number("rounds", 5));
        await using var bench = await BenchServer.StartAsync();
        var owner = await BenchClient.FoundAsync(bench.Server.Url);
        var reference = new ReferenceOrganization(options.Number("tasks", 10_000));
        await owner.SeedAsync(reference);
        var floor = await PushFloor.OpenAsync(bench.Server.Database, owner.Organization);

        var (ours, bare) = (new List<double>(), new List<double>());
        for (var round = 0; round <= rounds; round++)
        {
            var devices = Enumerable.Range(0, clients).Select(_ => owner.AnotherDevice()).ToList();
            var requests = devices.Select((d, i) => d.Request(Week(d, reference, i, changes, round))).ToList();
            var from = owner.Base;
            var watch = Stopwatch.StartNew();
            var answers = await Task.WhenAll(devices.Select((d, i) => d.PushAsync(requests[i])));
            var elapsed = watch.Elapsed;
            owner.Base = answers.Max(a => a.Head);
            await ReadBack(owner, from, answers, clients * changes);
            var floorTime = await floor.RunAsync([.. devices.Select(d => d.Replica)]);
            if (round == 0) continue; // warm-up
            ours.Add(clients * changes / elapsed.TotalSeconds);
            bare.Add(clients * changes / floorTime.TotalSeconds);
        }
        Console.WriteLine($"push: {clients} clients x {changes} changes on {reference.Tasks.Count} tasks, {rounds} rounds, every change read back");
        Figures.Print("durable push", "changes/s", ours, bare);
        return 0;
    }

    private static IEnumerable<Change> Week(BenchClient device, ReferenceOrganization reference, int client, int changes, int round)
    {
        for (var i = 0; i < changes; i++)
        {
            var task = reference.Tasks[(client * changes + i) % reference.Tasks.Count];
            yield return device.Make((i % 5) switch
            {
                0 => new ChangeBody.Text(task, Fields.Description, TextEdit.InsertAt(0, $"Round {round}: seen on the train. ")),
                1 => new ChangeBody.Comment(task, new CommentId(Guid.CreateVersion7()), "Written without a network, read with one.", null),
                2 => new ChangeBody.Add(task, Fields.Labels, $"round-{round}"),
                3 => new ChangeBody.Set(task, Fields.Priority, FieldValue.Of(round % 2 == 0 ? "high" : "low")),
                _ => new ChangeBody.Set(task, Fields.Status, FieldValue.Of(round % 2 == 0 ? "doing" : "done")),
            });
        }
    }

    /// <summary>No figure without this: every answer is a seq, and the log holds each change once.</summary>
    private static async Task ReadBack(BenchClient owner, long from, PushAnswer[] answers, int expected)
    {
        var results = answers.SelectMany(a => a.Results).ToList();
        if (results.Count != expected || results.Any(r => r.Seq is null)) throw new InvalidOperationException("a change was not accepted");
        var seen = new HashSet<long>();
        for (var since = from; ;)
        {
            var page = await owner.PullAsync(since);
            foreach (var change in page.Changes) seen.Add(change.Seq);
            since = page.To;
            if (!page.More) break;
        }
        if (seen.Count != expected || results.Any(r => !seen.Contains(r.Seq!.Value)))
            throw new InvalidOperationException($"{expected} changes were acknowledged, {seen.Count} are in the log");
    }
}

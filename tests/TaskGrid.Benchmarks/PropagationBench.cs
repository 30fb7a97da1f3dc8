using System.Diagnostics;
using TaskGrid.Contracts;

namespace TaskGrid.Benchmarks;

/// <summary>How long a change takes from its author's call until every other connection shows it.</summary>
internal static class PropagationBench
{
    public static async Task<int> RunAsync(BenchOptions options)
    {
        var (connections, rate, seconds) = (options.Number("connections", 50), options.Number("rate", 20), options.Number("seconds", 20));
        await using var bench = await BenchServer.StartAsync();
        var owner = await BenchClient.FoundAsync(bench.Server.Url);
        await owner.SeedAsync(new ReferenceOrganization(options.Number("tasks", 10_000)));
        var ours = await Ours(bench.Server.Url, owner, connections, rate, seconds);
        await using var hub = await BareHub.StartAsync(bench.Server.Database);
        var floor = await Floor(hub, connections, rate, seconds);
        Console.WriteLine($"propagation: {connections} connections, {rate} changes/s for {seconds} s, every change seen by every connection, in order");
        foreach (var percent in new double[] { 50, 99 })
            Figures.Print($"propagation p{percent:N0}", "ms", [Figures.Percentile(ours, percent)], [Figures.Percentile(floor, percent)]);
        return 0;
    }

    private static async Task<IReadOnlyList<double>> Ours(Uri server, BenchClient owner, int connections, int rate, int seconds)
    {
        // A member each, the owner among them, as far as they go round.
        BenchClient[] people = [owner, .. owner.Members];
        var devices = Enumerable.Range(0, connections).Select(i => people[i % people.Length].AnotherDevice()).ToList();
        var task = new TaskId(Guid.CreateVersion7());
        owner.Base = (await owner.PushAsync(owner.Request([owner.Make(new ChangeBody.Create(task, TaskValues.Titled("Watched")))]))).Head;
        var address = new Uri($"ws://{server.Authority}/api/sync/live");
        var sockets = await Task.WhenAll(devices.Select(device => SeqSocket.OpenAsync(address, "taskgrid.v1",
            $$"""{"type":"hello","token":"{{device.Token}}","org":"{{device.Organization}}","replica":"{{device.Replica}}","since":{{owner.Base}},"protocol":1}""")));
        return await Measure(sockets, rate, seconds, async i =>
        {
            var device = devices[i % devices.Count];
            device.Base = owner.Base;
            var answer = await device.PushAsync(device.Request([device.Make(new ChangeBody.Set(task, Fields.Status, FieldValue.Of($"state {i}")))]));
            return answer.Results[0].Seq!.Value;
        });
    }

    private static async Task<IReadOnlyList<double>> Floor(BareHub hub, int connections, int rate, int seconds)
    {
        var sockets = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => SeqSocket.OpenAsync(hub.Address, null, null)));
        using var http = new HttpClient { BaseAddress = hub.Http };
        return await Measure(sockets, rate, seconds, async i =>
        {
            using var answer = await http.PostAsync("push", new StringContent("{}"));
            return long.Parse(await answer.Content.ReadAsStringAsync(), System.Globalization.CultureInfo.InvariantCulture);
        });
    }

    /// <summary>Sends at the rate, and gives the time of every change to every connection; throws where one is missing.</summary>
    private static async Task<IReadOnlyList<double>> Measure(IReadOnlyList<SeqSocket> sockets, int rate, int seconds, Func<int, Task<long>> send)
    {
        var sent = new List<Task<(long Seq, long At)>>();
        using var pulse = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / rate));
        for (var i = 0; i < rate * seconds && await pulse.WaitForNextTickAsync(); i++) sent.Add(Send(i));
        var all = await Task.WhenAll(sent);
        var last = all.Max(s => s.Seq);
        await Task.WhenAll(sockets.Select(s => s.WaitForAsync(last).WaitAsync(TimeSpan.FromSeconds(30))));
        var times = all.Skip(rate).SelectMany(s => sockets.Select(socket => Stopwatch.GetElapsedTime(s.At, socket.SeenAt(s.Seq)).TotalMilliseconds)).ToList();
        foreach (var socket in sockets) await socket.DisposeAsync();
        return times;

        async Task<(long, long)> Send(int i)
        {
            var at = Stopwatch.GetTimestamp();
            return (await send(i), at);
        }
    }
}

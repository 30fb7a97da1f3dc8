using TaskGrid.Contracts;
using TaskGrid.EndToEnd.Tests.Durability;

namespace TaskGrid.EndToEnd.Tests.Cluster;

[Trait("tier", "gate")]
public sealed class ClusterTests(RunningCluster cluster) : IClassFixture<RunningCluster>
{
    /// <summary>What DESIGN §2 promises with the bus down.</summary>
    private static readonly TimeSpan WithoutTheBus = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_change_reaches_the_other_gateway_with_the_bus_without_it_and_after_it_came_back()
    {
        var cancelled = TestContext.Current.CancellationToken;
        var (http, organization) = await Writer.FoundAsync(cluster.Gateways[0]);
        var writer = new Writer(http, organization);
        await using var ear = await LiveEar.OpenAsync(cluster.Gateways[1], Hello(http, organization), cancelled);

        await ear.HearAsync(await SendAsync(writer, cancelled), Patience, cancelled);
        await cluster.KillAsync("rabbitmq");
        // The first change may still be on its way into a connection that nobody has yet seen die.
        await ear.HearAsync(await SendAsync(writer, cancelled), Patience, cancelled);
        await ear.HearAsync(await SendAsync(writer, cancelled), WithoutTheBus, cancelled);
        await cluster.StartAsync("rabbitmq");
        await ear.HearAsync(await SendAsync(writer, cancelled), Patience, cancelled);
    }

    [Fact]
    public async Task With_one_silo_killed_pushes_go_on_and_nothing_acknowledged_is_lost()
    {
        var cancelled = TestContext.Current.CancellationToken;
        var (http, organization) = await Writer.FoundAsync(cluster.Gateways[0]);
        var writers = Enumerable.Range(0, 4).Select(_ => new Writer(http, organization)).ToList();
        using var enough = new CancellationTokenSource();
        var writing = writers.Select(writer => WriteAsync(writer, enough.Token, cancelled)).ToList();

        await Until(() => writers.All(writer => Count(writer) > 20), cancelled);
        await cluster.KillAsync("silo-1");
        var before = writers.Select(Count).ToList();
        await Until(() => writers.Zip(before).All(pair => Count(pair.First) > pair.Second + 20), cancelled);
        await cluster.StartAsync("silo-1");
        await enough.CancelAsync();
        await Task.WhenAll(writing);

        var log = await Writer.LogAsync(http, organization);
        Assert.Equal(Enumerable.Range(1, log.Count).Select(seq => (long)seq), log.Select(change => change.Seq));
        foreach (var writer in writers)
            Assert.Equal(writer.Acknowledged.OrderBy(pair => pair.Key),
                log.Where(change => change.Origin?.Replica == writer.Replica)
                    .Select(change => KeyValuePair.Create(change.Origin!.Value.N, change.Seq)).OrderBy(pair => pair.Key));
    }

    private static string Hello(HttpClient http, OrganizationId organization) =>
        $$"""{"type":"hello","token":"{{http.DefaultRequestHeaders.Authorization!.Parameter}}","org":"{{organization}}","replica":"{{Guid.CreateVersion7()}}","since":1,"protocol":1}""";

    private static async Task<long> SendAsync(Writer writer, CancellationToken cancelled)
    {
        var (body, n) = writer.Next(1);
        await writer.SendAsync(body, cancelled);
        return writer.Acknowledged[n];
    }

    private static async Task WriteAsync(Writer writer, CancellationToken enough, CancellationToken cancelled)
    {
        while (!enough.IsCancellationRequested) await writer.SendAsync(writer.Next(1).Body, cancelled);
    }

    private static int Count(Writer writer)
    {
        lock (writer.Acknowledged) return writer.Acknowledged.Count;
    }

    private static async Task Until(Func<bool> condition, CancellationToken cancelled)
    {
        while (!condition()) await Task.Delay(20, cancelled);
    }
}

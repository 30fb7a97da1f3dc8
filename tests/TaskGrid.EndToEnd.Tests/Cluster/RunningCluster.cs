using TaskGrid.TestKit;

namespace TaskGrid.EndToEnd.Tests.Cluster;

/// <summary>The full topology of <c>deploy/cluster</c>: PostgreSQL, RabbitMQ, two silos, two gateways, all real processes.</summary>
public sealed class RunningCluster : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);
    private readonly ScratchFolder scratch = new();

    /// <summary>The two gateways.</summary>
    public Uri[] Gateways { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        var ready = (await RunAsync("start")).Split('\n').Single(line => line.StartsWith("ready gateways ", StringComparison.Ordinal));
        Gateways = [.. ready.Split(' ').Skip(2).Select(url => new Uri(url))];
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("stop");
        scratch.Dispose();
    }

    public Task KillAsync(string member) => RunAsync("kill", member);

    public Task StartAsync(string member) => RunAsync("start", member);

    private async Task<string> RunAsync(params string[] arguments)
    {
        var plan = new ProcessPlan(Path.Combine(Repository.Root, "deploy/cluster"), [.. arguments, "--data", scratch.File("cluster")]);
        var (exitCode, standard, all) = await ProcessHost.RunAsync(plan, Patience, CancellationToken.None);
        Assert.True(exitCode == 0, $"deploy/cluster {string.Join(' ', arguments)}: {all}");
        return standard;
    }
}

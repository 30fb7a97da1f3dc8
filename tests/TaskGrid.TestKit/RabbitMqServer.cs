namespace TaskGrid.TestKit;

/// <summary>
/// A private RabbitMQ node on 127.0.0.1 with an epmd of its own. It takes some 15 s to start, so tests share one per process
/// unless they stop it.
/// </summary>
public sealed class RabbitMqServer : IAsyncDisposable
{
    // What makes xunit count a test as skipped, from a library that does not know xunit.
    private const string Skip = "$XunitDynamicSkip$";

    private static readonly Lazy<Task<RabbitMqServer>> Shared = new(() => StartAsync());

    private readonly SupervisedServer server;

    private RabbitMqServer(SupervisedServer server) => this.server = server;

    /// <summary>The AMQP port on 127.0.0.1; it stays the same over stop, kill and start.</summary>
    public int Port => server.Port;

    /// <summary>What <c>TaskGrid__Bus</c> wants.</summary>
    public Uri Uri => new($"amqp://guest:guest@127.0.0.1:{Port}/");

    /// <summary>The one node of this process, started at the first call and stopped when the process ends. Do not dispose it.</summary>
    public static Task<RabbitMqServer> SharedAsync(CancellationToken cancellationToken = default) => Shared.Value.WaitAsync(cancellationToken);

    /// <summary>Starts a node of one's own. A test is skipped where there is no RabbitMQ and nobody may install it.</summary>
    public static async Task<RabbitMqServer> StartAsync(CancellationToken cancellationToken = default)
    {
        if (!File.Exists("/usr/lib/rabbitmq/bin/rabbitmq-server"))
        {
            var mayInstall = Environment.UserName == "root";
            throw new InvalidOperationException((mayInstall ? "" : Skip) + "RabbitMQ is not installed: run tests/run as root, or apt-get install rabbitmq-server");
        }

        return new(await SupervisedServer.StartAsync("rabbitmq", cancellationToken));
    }

    /// <summary>Stops the node in good order.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => server.SendAsync("stop", cancellationToken);

    /// <summary>Kills the node with SIGKILL.</summary>
    public Task KillAsync(CancellationToken cancellationToken = default) => server.SendAsync("kill", cancellationToken);

    /// <summary>Starts a stopped or killed node again, on the same port and data.</summary>
    public Task StartAgainAsync(CancellationToken cancellationToken = default) => server.SendAsync("start", cancellationToken);

    /// <summary>Stops the node and its epmd and deletes the data.</summary>
    public ValueTask DisposeAsync() => server.DisposeAsync();
}

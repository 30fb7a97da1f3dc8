using System.Globalization;
using System.Security.Cryptography;

namespace TaskGrid.TestKit;

/// <summary>
/// The server as people run it: the built AllInOne in a process of its own, on a real database. Kill it, stop it and start
/// it again: address, data and keys stay.
/// </summary>
public sealed class TaskGridServer : IAsyncDisposable
{
    private readonly TaskGridServerPlan plan;
    private readonly ScratchFolder folder = new();
    private readonly int port = FreePorts.Next();
    private readonly HttpClient probe = new() { Timeout = TimeSpan.FromSeconds(2) };
    private ProcessHost? process;

    private TaskGridServer(TaskGridServerPlan plan, string database)
    {
        this.plan = plan;
        Database = database;
        File.WriteAllText(SigningKeyFile, Convert.ToBase64String(RandomNumberGenerator.GetBytes(64)));
    }

    /// <summary>Where it takes requests.</summary>
    public Uri Url => new($"http://127.0.0.1:{port}");

    /// <summary>The connection string of its database.</summary>
    public string Database { get; }

    /// <summary>The process that runs, or the last one that ran.</summary>
    public ProcessHost Process => process ?? throw new InvalidOperationException("the server has not been started");

    private string SigningKeyFile => folder.File("signing-key");

    /// <summary>Starts a server and returns when it takes requests.</summary>
    public static async Task<TaskGridServer> StartAsync(TaskGridServerPlan? plan = null, CancellationToken cancellationToken = default)
    {
        plan ??= new TaskGridServerPlan();
        var server = new TaskGridServer(plan, plan.Database ?? await PostgresServer.NewDatabaseAsync(cancellationToken));
        try
        {
            await server.StartAgainAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it with SIGTERM, as an operator does; gives the exit code.</summary>
    public Task<int> StopAsync(CancellationToken cancellationToken = default) =>
        Process.TerminateAsync(TimeSpan.FromSeconds(40), cancellationToken);

    /// <summary>Ends it with SIGKILL, as fate does.</summary>
    public Task KillAsync() => Process.KillAsync();

    /// <summary>Starts a stopped or killed server again, same address, same data, and returns when it takes requests.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken = default)
    {
        if (process is not null) await process.DisposeAsync();
        process = ProcessHost.Start(NewProcessPlan());
        await WaitUntilReadyAsync(process, cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (process is not null) await process.DisposeAsync();
        probe.Dispose();
        folder.Dispose();
    }

    // Orleans' ports are new at each start: a killed silo's socket may linger.
    private ProcessPlan NewProcessPlan() => ProcessPlan.Dotnet(Repository.ProgramOf("services/TaskGrid.AllInOne")) with
    {
        LogFile = folder.File("server.log"),
        Environment = new Dictionary<string, string?>(plan.Environment)
        {
            ["ASPNETCORE_URLS"] = Url.ToString(),
            ["TaskGrid__Database"] = Database,
            ["TaskGrid__SigningKeyFile"] = SigningKeyFile,
            ["TaskGrid__Bus"] = plan.Bus?.ToString() ?? "inmemory",
            ["TaskGrid__Clustering"] = "localhost",
            ["TaskGrid__SiloPort"] = FreePorts.Next().ToString(CultureInfo.InvariantCulture),
            ["TaskGrid__GatewayPort"] = FreePorts.Next().ToString(CultureInfo.InvariantCulture),
        },
    };

    private async Task WaitUntilReadyAsync(ProcessHost started, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(plan.Patience);
        using var pulse = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await IsReadyAsync(patience.Token))
        {
            if (started.HasExited || patience.IsCancellationRequested)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var how = started.HasExited ? "ended before it was ready" : $"was not ready within {plan.Patience}";
                throw new InvalidOperationException($"the server {how}:{System.Environment.NewLine}{started.Output.All}");
            }

            await pulse.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await probe.GetAsync(new Uri(Url, "/health/ready"), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}

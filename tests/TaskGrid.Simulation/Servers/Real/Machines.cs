using Npgsql;
using TaskGrid.Client;
using TaskGrid.TestKit;

namespace TaskGrid.Simulation;

/// <summary>What a campaign against the real server runs on: PostgreSQL that forces to disk, the server's process, and people with accounts.</summary>
internal sealed class Machines : IAsyncDisposable
{
    private static readonly string[] Names = ["Ana", "Ben", "Cem", "Dia"];
    private static readonly TimeSpan AwaitPush = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AwaitAnswer = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(100);
    private readonly Lock gate = new();
    private readonly PostgresServer postgres;
    private readonly TaskGridServer server;
    private readonly PushWatch pushes;
    private readonly HttpClient http;
    private readonly List<Account> people = [];
    private Task repair = Task.CompletedTask;

    private Machines(PostgresServer postgres, TaskGridServer server)
    {
        (this.postgres, this.server) = (postgres, server);
        pushes = new PushWatch(Counts);
        http = new HttpClient(pushes) { BaseAddress = server.Url, Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>What was killed, whoever's scenario it was.</summary>
    public Counts Counts { get; } = new();

    /// <summary>Four, of whom each scenario takes some.</summary>
    public IReadOnlyList<Account> People => people;

    /// <summary>Where devices may keep their files.</summary>
    public ScratchFolder Folder { get; } = new();

    public static async Task<Machines> StartAsync()
    {
        var postgres = await PostgresServer.StartAsync(durable: true);
        var server = await TaskGridServer.StartAsync(new TaskGridServerPlan
        {
            Database = await postgres.CreateDatabaseAsync(),
            // A few people stand for many here.
            Environment = new Dictionary<string, string?> { ["TaskGrid__Limits__RequestsPerSecond"] = "10000", ["TaskGrid__Limits__RequestBurst"] = "10000" },
        });
        var machines = new Machines(postgres, server);
        foreach (var name in Names) machines.people.Add(await Account.RegisterAsync(new ApiClient(machines.http, TimeProvider.System), name));
        return machines;
    }

    /// <summary>Kills something as soon as a push is under way, if nothing is down already, and brings it back; nobody waits for that here.</summary>
    public void Disturb(Random random)
    {
        var delay = TimeSpan.FromMilliseconds(random.Next(25));
        Func<Task> act = random.Next(5) switch
        {
            0 when random.Next(4) == 0 => StopServerAsync,
            0 => KillServerAsync,
            1 when random.Next(4) == 0 => KillPostgresAsync,
            1 when random.Next(3) == 0 => RestartPostgresAsync,
            _ => KillBackendsAsync,
        };
        lock (gate)
        {
            if (repair.IsCompleted) repair = Task.Run(() => AmidPushAsync(delay, act));
        }

        Task KillServerAsync() => KilledAsync(Count.ServerKilled, server.KillAsync, () => server.StartAgainAsync());
        Task StopServerAsync() => KilledAsync(Count.ServerStopped, () => server.StopAsync(), () => server.StartAgainAsync());
        Task KillPostgresAsync() => KilledAsync(Count.DatabaseRestarted, () => postgres.KillAsync(), () => postgres.StartAgainAsync());
        Task RestartPostgresAsync() => KilledAsync(Count.DatabaseRestarted, () => postgres.StopAsync(), () => postgres.StartAgainAsync());

        async Task KilledAsync(Count what, Func<Task> kill, Func<Task> start)
        {
            Counts.Add(what);
            await kill();
            await start();
        }

        async Task KillBackendsAsync() => Counts.Add(Count.BackendsKilled, await KillSomeBackendsAsync());
    }

    /// <summary>Returns once what was killed is back and the server answers.</summary>
    public async Task ReadyAsync()
    {
        Task current;
        lock (gate) current = repair;
        await current;
        using var patience = new CancellationTokenSource(AwaitAnswer);
        var asking = people[0].NewTransport();
        while (await asking.MeAsync(CancellationToken.None) is not Reply<Contracts.Me>.Answered)
        {
            if (patience.IsCancellationRequested) throw new InvalidOperationException($"the server does not answer after {AwaitAnswer}:{Environment.NewLine}{server.Process.Output.All}");
            await Task.Delay(AskAgain);
        }
    }

    /// <summary>Replays all events of all organizations with the operator's program; answers with what it says against them.</summary>
    public async Task<IReadOnlyList<string>> DifferencesAsync()
    {
        await ReadyAsync();
        var found = new List<string>();
        foreach (var command in (string[][])[["check"], ["rebuild", "--verify"]])
        {
            var plan = ProcessPlan.Dotnet(Repository.ProgramOf("services/TaskGrid.Admin")).With([.. command, "--database", server.Database]);
            var (exitCode, _, all) = await ProcessHost.RunAsync(plan, TimeSpan.FromMinutes(30));
            if (exitCode != 0) found.Add($"taskgrid-admin {string.Join(' ', command)} ends with {exitCode}: {all}");
        }
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        await repair;
        http.Dispose();
        await server.DisposeAsync();
        await postgres.DisposeAsync();
        Folder.Dispose();
    }

    private async Task AmidPushAsync(TimeSpan delay, Func<Task> act)
    {
        await Task.WhenAny(pushes.Next, Task.Delay(AwaitPush));
        await Task.Delay(delay);
        pushes.NoteKill();
        await act();
    }

    private async Task<int> KillSomeBackendsAsync()
    {
        var database = new NpgsqlConnectionStringBuilder(server.Database);
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.Database) { Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var kill = new NpgsqlCommand("""
            select count(pg_terminate_backend(pid)) from (
              select pid from pg_stat_activity where datname = $1 and backend_type = 'client backend' order by state = 'active' desc, random() limit $2) as chosen
            """, connection);
        kill.Parameters.Add(new NpgsqlParameter { Value = database.Database });
        kill.Parameters.Add(new NpgsqlParameter { Value = (long)Random.Shared.Next(1, 12) });
        return (int)(long)(await kill.ExecuteScalarAsync())!;
    }
}

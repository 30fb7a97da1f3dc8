using Npgsql;

namespace TaskGrid.TestKit;

/// <summary>
/// A private PostgreSQL on 127.0.0.1. Tests share one per process (<see cref="SharedAsync"/>) and take a database each;
/// tests that stop or kill the server start their own (<see cref="StartAsync"/>).
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer>> Shared = new(() => StartAsync());

    private readonly SupervisedServer server;

    private PostgresServer(SupervisedServer server) => this.server = server;

    /// <summary>The TCP port on 127.0.0.1; it stays the same over stop, kill and start.</summary>
    public int Port => server.Port;

    /// <summary>The one server of this process, started at the first call and stopped when the process ends. Do not dispose it.</summary>
    public static Task<PostgresServer> SharedAsync(CancellationToken cancellationToken = default) => Shared.Value.WaitAsync(cancellationToken);

    /// <summary>A new database on the shared server: what most tests need.</summary>
    public static async Task<string> NewDatabaseAsync(CancellationToken cancellationToken = default) =>
        await (await SharedAsync(cancellationToken)).CreateDatabaseAsync(cancellationToken);

    /// <summary>
    /// Starts a server of one's own. Not durable means no fsync, which is fast; a crash of the server may then lose or break
    /// data, so tests of recovery and benchmarks say <paramref name="durable"/>.
    /// </summary>
    public static async Task<PostgresServer> StartAsync(bool durable = false, CancellationToken cancellationToken = default) =>
        new(await SupervisedServer.StartAsync(durable ? "postgres-durable" : "postgres", cancellationToken));

    /// <summary>Makes an empty database and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken = default)
    {
        var name = $"t{Guid.NewGuid():N}";
        await ExecuteAsync($"create database {name}", cancellationToken);
        return ConnectionString(name);
    }

    /// <summary>Drops a database of this server, also while somebody is connected.</summary>
    public async Task DropDatabaseAsync(string connectionString, CancellationToken cancellationToken = default)
    {
        NpgsqlConnection.ClearPool(new NpgsqlConnection(connectionString));
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database;
        await ExecuteAsync($"drop database if exists \"{name}\" with (force)", cancellationToken);
    }

    /// <summary>Stops the server in good order; the data stays.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => server.SendAsync("stop", cancellationToken);

    /// <summary>Kills the server with SIGKILL; the data stays as it was at that moment.</summary>
    public Task KillAsync(CancellationToken cancellationToken = default) => server.SendAsync("kill", cancellationToken);

    /// <summary>Starts a stopped or killed server again, on the same port and data.</summary>
    public Task StartAgainAsync(CancellationToken cancellationToken = default) => server.SendAsync("start", cancellationToken);

    /// <summary>The folder of the data, which belongs to the server's own user.</summary>
    public string DataFolder => Path.Combine(server.Folder, "data");

    /// <summary>Copies the data of the stopped server: a cold backup.</summary>
    public Task BackUpAsync(string to, CancellationToken cancellationToken = default) => CopyAsync(DataFolder, to, cancellationToken);

    /// <summary>Puts a cold backup in place of the stopped server's data.</summary>
    public async Task PutBackAsync(string from, CancellationToken cancellationToken = default)
    {
        Directory.Delete(DataFolder, recursive: true);
        await CopyAsync(from, DataFolder, cancellationToken);
    }

    // With owners and rights, without which the server refuses its folder.
    private static async Task CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        using var copy = System.Diagnostics.Process.Start("cp", ["-a", from, to]);
        await copy.WaitForExitAsync(cancellationToken);
        if (copy.ExitCode != 0) throw new IOException($"cp ended with {copy.ExitCode}");
    }

    /// <summary>Stops the server and deletes its data.</summary>
    public ValueTask DisposeAsync() => server.DisposeAsync();

    private string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Username = "postgres",
        Database = database,
        IncludeErrorDetail = true,
    }.ConnectionString;

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

using System.Net.Sockets;
using Npgsql;
using TaskGrid.TestKit;

namespace TaskGrid.EndToEnd.Tests.TestKit;

public sealed class PostgresServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_databases_of_the_shared_server_do_not_see_each_other()
    {
        var first = await PostgresServer.NewDatabaseAsync(Token);
        var second = await PostgresServer.NewDatabaseAsync(Token);

        await RunAsync(first, "create table only_here (id int)");

        Assert.Equal(1L, await RunAsync(first, "select count(*) from pg_class where relname = 'only_here'"));
        Assert.Equal(0L, await RunAsync(second, "select count(*) from pg_class where relname = 'only_here'"));
    }

    [Fact]
    public async Task What_a_durable_server_has_acknowledged_outlives_its_sudden_death()
    {
        await using var server = await PostgresServer.StartAsync(durable: true, Token);
        var database = await server.CreateDatabaseAsync(Token);
        await RunAsync(database, "create table kept (id int); insert into kept values (42)");

        await server.KillAsync(Token);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => RunAsync(database, "select 1"));
        await server.StartAgainAsync(Token);

        Assert.Equal(42, await RunAsync(database, "select id from kept"));
        Assert.Equal("on", await RunAsync(database, "show fsync"));
    }

    [Fact]
    public async Task A_disposed_server_leaves_no_listener_and_no_folder()
    {
        var server = await PostgresServer.StartAsync(cancellationToken: Token);
        var database = await server.CreateDatabaseAsync(Token);
        var folder = (string)(await RunAsync(database, "show data_directory"))!;
        Assert.True(Directory.Exists(folder));

        await server.DisposeAsync();

        Assert.False(Directory.Exists(folder));
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await Assert.ThrowsAsync<SocketException>(() => socket.ConnectAsync("127.0.0.1", server.Port, Token).AsTask());
    }

    // Without a pool: a pooled connection would outlive the server that these tests stop.
    private static async Task<object?> RunAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Token);
    }
}

using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace TaskGrid.EventStore.Tests.Faults;

/// <summary>The proxy's own promise, without a database behind it: it ends quietly, whoever is just knocking.</summary>
public sealed class CuttingProxyTests
{
    [Fact]
    public async Task It_is_disposed_quietly_while_connections_arrive()
    {
        for (var round = 0; round < 200; round++)
        {
            var proxy = new CuttingProxy("Host=127.0.0.1;Port=1;Database=none;Username=none");
            var port = new NpgsqlConnectionStringBuilder(proxy.ConnectionString).Port;
            var knocking = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => KnockAsync(port)));

            await proxy.DisposeAsync();

            await knocking;
        }
    }

    private static async Task KnockAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        }
        catch (SocketException)
        {
            // The proxy was faster.
        }
    }
}

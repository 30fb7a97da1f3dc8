using System.Net.Sockets;
using System.Text;
using TaskGrid.TestKit;

namespace TaskGrid.EndToEnd.Tests.TestKit;

[Trait("tier", "gate")]
public sealed class RabbitMqServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_broker_speaks_amqp_stops_and_comes_back_at_the_same_address()
    {
        await using var server = await RabbitMqServer.StartAsync(Token);
        Assert.StartsWith("\u0001", await GreetAsync(server.Port), StringComparison.Ordinal);
        var address = server.Uri;

        await server.StopAsync(Token);
        await Assert.ThrowsAsync<SocketException>(() => GreetAsync(server.Port));
        await server.StartAgainAsync(Token);

        Assert.Equal(address, server.Uri);
        Assert.StartsWith("\u0001", await GreetAsync(server.Port), StringComparison.Ordinal);
    }

    // A broker answers the protocol header with connection.start: a method frame, type 1.
    private static async Task<string> GreetAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, Token);
        await client.GetStream().WriteAsync("AMQP\0\0\u0009\u0001"u8.ToArray(), Token);
        var answer = new byte[64];
        var length = await client.GetStream().ReadAsync(answer, Token);
        return Encoding.Latin1.GetString(answer, 0, length);
    }
}

using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace TaskGrid.Gateway.Tests.Facts;

/// <summary>The other end of a live connection.</summary>
public sealed class LiveClient : IDisposable
{
    private readonly ClientWebSocket socket = new();

    private LiveClient() => socket.Options.AddSubProtocol("taskgrid.v1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Connects and says nothing.</summary>
    public static async Task<LiveClient> SilentAsync(RunningServer server)
    {
        var client = new LiveClient();
        await client.socket.ConnectAsync(new Uri($"ws://{server.Url.Authority}/api/sync/live"), Token);
        return client;
    }

    /// <summary>Connects and says hello.</summary>
    public static async Task<LiveClient> HelloAsync(Store store, long since, Action<JsonObject>? change = null)
    {
        var client = await SilentAsync(store.Person.Server);
        var hello = new JsonObject
        {
            ["type"] = "hello", ["token"] = store.Person.AccessToken, ["org"] = store.Organization, ["replica"] = store.Replica, ["since"] = since, ["protocol"] = 1,
        };
        change?.Invoke(hello);
        await client.SendAsync(hello);
        return client;
    }

    /// <summary>Connects, says hello and is welcomed.</summary>
    public static async Task<LiveClient> WelcomedAsync(Store store, long since)
    {
        var client = await HelloAsync(store, since);
        Assert.Equal("welcome", (string?)(await client.NextAsync())["type"]);
        return client;
    }

    public Task SendAsync(JsonNode frame) => SendAsync(frame.ToJsonString());

    public Task SendAsync(string frame) => socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, true, Token);

    public Task SendBinaryAsync() => socket.SendAsync(new byte[] { 1 }, WebSocketMessageType.Binary, true, Token);

    /// <summary>The next frame.</summary>
    public async Task<JsonNode> NextAsync()
    {
        var frame = new MemoryStream();
        var chunk = new byte[16 * 1024];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            var part = await socket.ReceiveAsync(chunk, patience.Token);
            Assert.True(part.MessageType == WebSocketMessageType.Text, $"closed with {(int?)socket.CloseStatus}: {socket.CloseStatusDescription}");
            frame.Write(chunk, 0, part.Count);
            if (!part.EndOfMessage) continue;
            var said = JsonNode.Parse(Encoding.UTF8.GetString(frame.ToArray()))!;
            Schemas.AssertFits("live#/$defs/server", said);
            return said;
        }
    }

    /// <summary>The next frame of this type; others are passed over.</summary>
    public async Task<JsonNode> NextAsync(string type)
    {
        while (true)
        {
            var frame = await NextAsync();
            if ((string?)frame["type"] == type) return frame;
        }
    }

    /// <summary>Reads on until the server closes, and gives its code.</summary>
    public async Task<int> ClosedAsync()
    {
        var chunk = new byte[16 * 1024];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while ((await socket.ReceiveAsync(chunk, patience.Token)).MessageType != WebSocketMessageType.Close) { }
        return (int)socket.CloseStatus!.Value;
    }

    /// <summary>Reads on until the connection breaks without a word.</summary>
    public async Task BrokenAsync()
    {
        var chunk = new byte[16 * 1024];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        await Assert.ThrowsAsync<WebSocketException>(async () =>
        {
            while ((await socket.ReceiveAsync(chunk, patience.Token)).MessageType != WebSocketMessageType.Close) { }
        });
    }

    public void Dispose() => socket.Dispose();
}

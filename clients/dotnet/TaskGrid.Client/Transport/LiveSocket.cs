using System.Net.WebSockets;
using System.Text.Json;
using TaskGrid.Contracts;

namespace TaskGrid.Client;

/// <summary>A live connection over WebSocket, subprotocol <c>taskgrid.v1</c>.</summary>
internal sealed class LiveSocket : ILiveConnection
{
    private const string Subprotocol = "taskgrid.v1";
    private const int Broken = 1006;
    private static readonly TimeSpan OpenWithin = TimeSpan.FromSeconds(10);
    private readonly ClientWebSocket socket;
    private readonly MemoryStream frame = new();
    private readonly byte[] buffer = new byte[64 * 1024];

    private LiveSocket(ClientWebSocket socket) => this.socket = socket;

    public static async Task<Reply<ILiveConnection>> OpenAsync(Uri server, LiveHello hello, string token, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(Subprotocol);
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(15);
        socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(15);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(OpenWithin);
        try
        {
            await socket.ConnectAsync(Address(server), limit.Token);
            await socket.SendAsync(Hello(hello, token), WebSocketMessageType.Text, endOfMessage: true, limit.Token);
            return new Reply<ILiveConnection>.Answered(new LiveSocket(socket));
        }
        catch (Exception e) when (e is WebSocketException || ApiClient.IsNetwork(e, cancellationToken))
        {
            socket.Dispose();
            return new Reply<ILiveConnection>.Unreachable("no live connection");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async Task<LiveFrame> NextAsync(CancellationToken cancellationToken)
    {
        frame.SetLength(0);
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer, cancellationToken);
                if (part.MessageType == WebSocketMessageType.Close) return new LiveFrame.Closed((int)(socket.CloseStatus ?? 0));
                frame.Write(buffer, 0, part.Count);
                if (part.EndOfMessage) return LiveFrameReader.Read(frame.GetBuffer().AsMemory(0, (int)frame.Length));
            }
        }
        catch (Exception e) when (e is WebSocketException || ApiClient.IsNetwork(e, cancellationToken))
        {
            return new LiveFrame.Closed(Broken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            if (socket.State == WebSocketState.Open) await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The other side is gone already; there is nothing left to say.
        }
        socket.Dispose();
    }

    private static Uri Address(Uri server)
    {
        var builder = new UriBuilder(server) { Path = "/api/sync/live" };
        builder.Scheme = builder.Scheme == Uri.UriSchemeHttps ? "wss" : "ws";
        return builder.Uri;
    }

    private static ReadOnlyMemory<byte> Hello(LiveHello hello, string token)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("type", "hello");
            writer.WriteString("token", token);
            writer.WriteString("org", hello.Organization.ToString());
            writer.WriteString("replica", hello.Replica.ToString());
            writer.WriteNumber("since", hello.Since);
            if (hello.History is { } history) writer.WriteString("history", history);
            writer.WriteNumber("protocol", 1);
            writer.WriteEndObject();
        }
        return stream.ToArray();
    }
}

using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace TaskGrid.EndToEnd.Tests.Cluster;

/// <summary>A live connection that hears changes.</summary>
internal sealed class LiveEar : IAsyncDisposable
{
    private readonly ClientWebSocket socket = new();
    private readonly Channel<long> heard = Channel.CreateUnbounded<long>();

    public static async Task<LiveEar> OpenAsync(Uri gateway, string hello, CancellationToken cancellationToken)
    {
        var ear = new LiveEar();
        ear.socket.Options.AddSubProtocol("taskgrid.v1");
        await ear.socket.ConnectAsync(new Uri($"ws://{gateway.Authority}/api/sync/live"), cancellationToken);
        await ear.socket.SendAsync(Encoding.UTF8.GetBytes(hello), WebSocketMessageType.Text, true, cancellationToken);
        _ = ear.ListenAsync();
        return ear;
    }

    /// <summary>Waits until it hears this seq.</summary>
    public async Task HearAsync(long seq, TimeSpan within, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(within);
        while (await heard.Reader.ReadAsync(patience.Token) != seq) { }
    }

    public async ValueTask DisposeAsync()
    {
        socket.Abort();
        socket.Dispose();
        await Task.CompletedTask;
    }

    private async Task ListenAsync()
    {
        try
        {
            var buffer = new byte[1 << 20];
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                    length += part.Count;
                }
                while (!part.EndOfMessage);
                Hear(Encoding.UTF8.GetString(buffer, 0, length));
            }
        }
        catch (Exception fault)
        {
            heard.Writer.TryComplete(fault);
        }
    }

    private void Hear(string frame)
    {
        using var document = JsonDocument.Parse(frame);
        if (document.RootElement.GetProperty("type").GetString() != "changes") return;
        foreach (var change in document.RootElement.GetProperty("changes").EnumerateArray()) heard.Writer.TryWrite(change.GetProperty("seq").GetInt64());
    }
}

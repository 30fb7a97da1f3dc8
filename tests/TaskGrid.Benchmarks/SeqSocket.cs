using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace TaskGrid.Benchmarks;

/// <summary>A live connection that only remembers when it saw each seq, and that they came in order.</summary>
internal sealed class SeqSocket : IAsyncDisposable
{
    private readonly ClientWebSocket socket = new();
    private readonly ConcurrentDictionary<long, long> seen = new();
    private readonly CancellationTokenSource closing = new();
    private Task reading = Task.CompletedTask;
    private long highest;

    public static async Task<SeqSocket> OpenAsync(Uri address, string? protocol, string? hello)
    {
        var opened = new SeqSocket();
        if (protocol is not null) opened.socket.Options.AddSubProtocol(protocol);
        await opened.socket.ConnectAsync(address, CancellationToken.None);
        if (hello is not null) await opened.socket.SendAsync(Encoding.UTF8.GetBytes(hello), WebSocketMessageType.Text, true, CancellationToken.None);
        opened.reading = opened.Read();
        return opened;
    }

    public long SeenAt(long seq) => seen.TryGetValue(seq, out var at) ? at : throw new InvalidOperationException($"seq {seq} never came");

    public async Task WaitForAsync(long seq)
    {
        while (Volatile.Read(ref highest) < seq && !reading.IsCompleted) await Task.Delay(5);
        if (Volatile.Read(ref highest) < seq) await reading;
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        try
        {
            await reading;
        }
        catch (Exception fault) when (fault is OperationCanceledException or WebSocketException)
        {
        }
        socket.Dispose();
        closing.Dispose();
    }

    private async Task Read()
    {
        var buffer = new byte[1 << 20];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(length), closing.Token);
                length += part.Count;
            }
            while (!part.EndOfMessage);
            if (part.MessageType == WebSocketMessageType.Close) throw new InvalidOperationException($"closed: {socket.CloseStatus} {socket.CloseStatusDescription}");
            Take(buffer.AsSpan(0, length));
        }
    }

    private void Take(ReadOnlySpan<byte> frame)
    {
        var at = Stopwatch.GetTimestamp();
        var reader = new Utf8JsonReader(frame);
        using var document = JsonDocument.ParseValue(ref reader);
        if (document.RootElement.GetProperty("type").GetString() != "changes") return;
        foreach (var change in document.RootElement.GetProperty("changes").EnumerateArray())
        {
            var seq = change.GetProperty("seq").GetInt64();
            if (highest != 0 && seq != highest + 1) throw new InvalidOperationException($"{seq} came after {highest}");
            seen[seq] = at;
            Volatile.Write(ref highest, seq);
        }
    }
}

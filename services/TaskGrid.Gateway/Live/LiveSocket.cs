using System.Buffers;
using System.Net.WebSockets;

namespace TaskGrid.Gateway.Live;

/// <summary>
/// A WebSocket with limits: frames in up to a size, frames out within a time. Cancelling an operation of a WebSocket breaks it for
/// good, so nothing here is cancelled that may still be closed properly.
/// </summary>
internal sealed class LiveSocket(WebSocket socket, TimeSpan sendTimeout, TimeProvider clock)
{
    /// <summary>How large a frame may be.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    private const int ChunkBytes = 16 * 1024;

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    /// <summary>The next frame. The first kilobytes of a connection cost no large buffer; one that sends little keeps little.</summary>
    public async Task<LiveInput> ReceiveAsync()
    {
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            var frame = new ArrayBufferWriter<byte>(ChunkBytes);
            while (true)
            {
                var part = await socket.ReceiveAsync(chunk.AsMemory(), CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close) return new LiveInput.Ended();
                if (part.MessageType != WebSocketMessageType.Text) return new LiveInput.Unfit(LiveClose.Bad("frames are text"));
                if (frame.WrittenCount + part.Count > MostBytes) return new LiveInput.Unfit(LiveClose.TooLarge);
                frame.Write(chunk.AsSpan(0, part.Count));
                if (part.EndOfMessage) return new LiveInput.Frame(frame.WrittenMemory);
            }
        }
        catch (WebSocketException)
        {
            // The other side is gone without a word; there is nobody left to answer.
            return new LiveInput.Ended();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    /// <summary>Sends a frame; false if it was not read in time or there is nobody any more. The connection is of no more use then.</summary>
    public async Task<bool> SendAsync(ReadOnlyMemory<byte> frame)
    {
        using var timeout = new CancellationTokenSource(sendTimeout, clock);
        try
        {
            await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, timeout.Token);
            return true;
        }
        catch (Exception fault) when (fault is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Says why, without waiting for the other side.</summary>
    public async Task SayGoodbyeAsync(LiveClose close)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)) return;
        using var timeout = new CancellationTokenSource(CloseTimeout, clock);
        try
        {
            await socket.CloseOutputAsync((WebSocketCloseStatus)close.Code, close.Reason, timeout.Token);
        }
        catch (Exception fault) when (fault is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // It does not read; it will not hear why.
        }
    }

    /// <summary>
    /// Takes in what the other side still sends until it has closed too, so that it reads our reason and not a broken connection; then ends.
    /// </summary>
    public async Task EndAsync(Task reading)
    {
        await Task.WhenAny(reading, Task.Delay(CloseTimeout, clock));
        socket.Abort();
    }
}

/// <summary>What came in.</summary>
internal abstract record LiveInput
{
    private LiveInput() { }

    /// <summary>A frame.</summary>
    public sealed record Frame(ReadOnlyMemory<byte> Bytes) : LiveInput;

    /// <summary>Something that is no frame of the protocol.</summary>
    public sealed record Unfit(LiveClose Close) : LiveInput;

    /// <summary>The other side has closed or is gone.</summary>
    public sealed record Ended : LiveInput;
}

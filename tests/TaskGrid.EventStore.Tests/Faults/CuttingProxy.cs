using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace TaskGrid.EventStore.Tests.Faults;

/// <summary>Where a connection is cut.</summary>
public enum Cut
{
    /// <summary>Nowhere.</summary>
    Never,

    /// <summary>Amid the statements, before anything could be committed.</summary>
    AmidStatements,

    /// <summary>The COMMIT never reaches PostgreSQL.</summary>
    BeforeCommit,

    /// <summary>PostgreSQL committed, and its answer is lost.</summary>
    AfterCommit,
}

/// <summary>Stands between a client and PostgreSQL and cuts connections, each at a place that was asked for.</summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    private static readonly byte[] Insert = "insert into tg.receipts"u8.ToArray();
    // With its end, since transactions begin as READ COMMITTED.
    private static readonly byte[] Commit = "COMMIT\0"u8.ToArray();

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly int port;
    private readonly Task accepting;

    public CuttingProxy(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        port = settings.Port;
        listener.Start();
        // Statements stay as text, so that the proxy can see them go by.
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Port = ((IPEndPoint)listener.LocalEndpoint).Port,
            MaxAutoPrepare = 0,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
            Pooling = false,
        }.ConnectionString;
        accepting = AcceptAsync();
    }

    public string ConnectionString { get; }

    /// <summary>Where the next matching traffic is cut; it goes back to never once that happened.</summary>
    public Cut Next { get; set; }

    public int Cuts { get; private set; }

    public async ValueTask DisposeAsync()
    {
        // In this order: once the loop has ended, nobody asks a stopped listener.
        await stopping.CancelAsync();
        await accepting;
        listener.Stop();
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = PassAsync(await listener.AcceptTcpClientAsync(stopping.Token));
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, port, stopping.Token);
                var answers = server.GetStream().CopyToAsync(client.GetStream(), stopping.Token);
                await await Task.WhenAny(answers, RequestsAsync(client, server));
            }
            catch (Exception fault) when (fault is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Either side has gone; the other one goes as well.
            }
        }
    }

    private async Task RequestsAsync(TcpClient client, TcpClient server)
    {
        var buffer = new byte[64 * 1024];
        while (await client.GetStream().ReadAsync(buffer, stopping.Token) is > 0 and var count)
        {
            if (ShouldCut(buffer.AsSpan(0, count)))
            {
                Cuts++;
                var afterwards = Next == Cut.AfterCommit;
                Next = Cut.Never;
                if (!afterwards) return;
                // The answer dies on its way: the client's side is closed before the request goes on.
                client.Client.Shutdown(SocketShutdown.Both);
                await server.GetStream().WriteAsync(buffer.AsMemory(0, count), stopping.Token);
                await server.GetStream().ReadExactlyAsync(new byte[1], stopping.Token);
                return;
            }
            await server.GetStream().WriteAsync(buffer.AsMemory(0, count), stopping.Token);
        }
    }

    private bool ShouldCut(ReadOnlySpan<byte> request) => Next switch
    {
        Cut.AmidStatements => request.IndexOf(Insert) >= 0,
        Cut.BeforeCommit or Cut.AfterCommit => request.IndexOf(Commit) >= 0,
        _ => false,
    };
}

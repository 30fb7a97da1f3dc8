using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TaskGrid.TestKit;

/// <summary>
/// Ports on 127.0.0.1 that nobody uses. They lie below the kernel's range for outgoing connections: a port from within
/// that range may be taken by any client between here and the server's start.
/// </summary>
public static class FreePorts
{
    private const int First = 20_000;
    private const int Last = 32_000;

    private static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <summary>A port that no other call in this process has had.</summary>
    public static int Next()
    {
        for (var attempt = 0; attempt < 1_000; attempt++)
        {
            var port = Random.Shared.Next(First, Last);
            if (Given.TryAdd(port, true) && IsFree(port)) return port;
        }

        throw new InvalidOperationException("no free port on 127.0.0.1");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

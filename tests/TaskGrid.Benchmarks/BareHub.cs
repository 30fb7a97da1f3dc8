using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using Npgsql;
using TaskGrid.TestKit;

namespace TaskGrid.Benchmarks;

/// <summary>The floor of propagation: one durable row a change, then the same frame to every socket. No log, no clocks, no rights.</summary>
internal sealed class BareHub : IAsyncDisposable
{
    private const string Filler = "\"user\":\"0199aaaa-0000-7000-8000-000000000001\",\"time\":\"2026-11-23T10:15:30.123Z\",\"at\":\"2026-11-23T10:15:30.123Z/0004\",\"clock\":{\"base\":120},\"op\":\"set\",\"task\":\"0199aaaa-0000-7000-8000-000000000001\",\"field\":\"status\",\"value\":\"state 17\"";
    private readonly ConcurrentBag<WebSocket> sockets = [];
    private readonly SemaphoreSlim turn = new(1);
    private readonly NpgsqlDataSource database;
    private readonly WebApplication app;
    private long seq;

    private BareHub(NpgsqlDataSource database, WebApplication app, Uri http) => (this.database, this.app, Http) = (database, app, http);

    public Uri Http { get; }

    public Uri Address => new($"ws://{Http.Authority}/live");

    public static async Task<BareHub> StartAsync(string connectionString)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var http = new Uri($"http://127.0.0.1:{FreePorts.Next()}");
        builder.WebHost.UseUrls(http.ToString());
        var hub = new BareHub(NpgsqlDataSource.Create(connectionString), builder.Build(), http);
        await using (var create = hub.database.CreateCommand("create table bare_floor (seq bigint primary key, change text)")) await create.ExecuteNonQueryAsync();
        hub.app.UseWebSockets();
        hub.app.MapPost("/push", hub.PushAsync);
        hub.app.Map("/live", hub.LiveAsync);
        await hub.app.StartAsync();
        return hub;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await database.DisposeAsync();
        turn.Dispose();
    }

    private async Task<string> PushAsync()
    {
        await turn.WaitAsync();
        try
        {
            var mine = ++seq;
            var frame = $$"""{"type":"changes","from":{{mine - 1}},"to":{{mine}},"changes":[{"seq":{{mine}},{{Filler}}}]}""";
            await using var insert = database.CreateCommand("insert into bare_floor values ($1, $2)");
            insert.Parameters.AddWithValue(mine);
            insert.Parameters.AddWithValue(frame);
            await insert.ExecuteNonQueryAsync();
            var bytes = Encoding.UTF8.GetBytes(frame);
            await Task.WhenAll(sockets.Where(s => s.State == WebSocketState.Open)
                .Select(s => s.SendAsync(bytes, WebSocketMessageType.Text, true, CancellationToken.None)));
            return mine.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task LiveAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        sockets.Add(socket);
        try
        {
            await socket.ReceiveAsync(new byte[16], context.RequestAborted);
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException)
        {
        }
    }
}

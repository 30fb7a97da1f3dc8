using System.Net;
using System.Text;
using TaskGrid.Contracts;

namespace TaskGrid.Client.Tests;

/// <summary>What a client makes of answers, and of those that are none.</summary>
public sealed class AnswerTests : IDisposable
{
    private readonly World world = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => world.Dispose();

    [Theory(DisplayName = "[ER2] A status that is not the protocol's and a broken connection are no answer, a problem is one")]
    [InlineData(502, "<html>bad gateway</html>", false)]
    [InlineData(404, "", false)]
    [InlineData(500, """{"error":"a proxy's own words"}""", false)]
    [InlineData(200, "<html>a portal</html>", false)]
    [InlineData(0, "", false)]
    [InlineData(404, """{"status":404,"code":"not_found","title":"no"}""", true)]
    [InlineData(503, """{"status":503,"code":"unavailable","title":"not now"}""", true)]
    public async Task Statuses(int status, string body, bool isAnswer)
    {
        using var http = new HttpClient(new Answering(status, body)) { BaseAddress = new Uri("http://server") };

        var reply = await new ApiClient(http, TimeProvider.System).MeAsync("token", Cancelled);

        if (isAnswer) Assert.Equal(status, Assert.IsType<Reply<Me>.Refused>(reply).Problem.Status);
        else Assert.IsType<SyncOutcome.NotNow>(SyncExchange.Outcome(Assert.IsType<Reply<Me>.Unreachable>(reply)));
    }

    [Fact(DisplayName = "[LV5] A client that cannot hold a live connection polls with wait")]
    public async Task Polls()
    {
        var ana = world.DeviceOf(world.Ana);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var transport = new Polled(ana.Transport, stop);
        var loop = new SyncLoop(ana.Store, transport, new WakeSignal(), TimeProvider.System, new Random(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop.RunAsync(stop.Token));

        Assert.InRange(transport.Waited, 1, Limits.PullWaitSeconds);
        Assert.Equal(world.Server.Head, ana.Mark.Base);
    }

    private sealed class Answering(int status, string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => status == 0
            ? throw new HttpRequestException("cut")
            : Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) });
    }

    /// <summary>No live connection; the first poll that may wait is the end.</summary>
    private sealed class Polled(ITransport inner, CancellationTokenSource stop) : ITransport
    {
        public int Waited { get; private set; }

        public Task<Reply<PullAnswer>> PullAsync(PullRequest request, CancellationToken cancellationToken)
        {
            if (request.WaitSeconds > 0)
            {
                Waited = request.WaitSeconds;
                stop.Cancel();
            }
            return inner.PullAsync(request, cancellationToken);
        }

        public Task<Reply<PushAnswer>> PushAsync(PushRequest request, CancellationToken cancellationToken) => inner.PushAsync(request, cancellationToken);

        public Task<Reply<Snapshot>> SnapshotAsync(OrganizationId organization, ReplicaId replica, IProgress<(long Done, long Total)>? progress, CancellationToken cancellationToken) =>
            inner.SnapshotAsync(organization, replica, progress, cancellationToken);

        public Task<Reply<TextHistory>> TextAsync(OrganizationId organization, TaskId task, string field, long since, CancellationToken cancellationToken) =>
            inner.TextAsync(organization, task, field, since, cancellationToken);

        public Task<Reply<ConflictPage>> ConflictsAsync(OrganizationId organization, bool openOnly, string? after, CancellationToken cancellationToken) =>
            inner.ConflictsAsync(organization, openOnly, after, cancellationToken);

        public Task<Reply<HistoryPage>> HistoryAsync(OrganizationId organization, TaskId task, string? after, CancellationToken cancellationToken) =>
            inner.HistoryAsync(organization, task, after, cancellationToken);

        public Task<Reply<Me>> MeAsync(CancellationToken cancellationToken) => inner.MeAsync(cancellationToken);

        public Task<Reply<ILiveConnection>> OpenLiveAsync(LiveHello hello, CancellationToken cancellationToken) => inner.OpenLiveAsync(hello, cancellationToken);
    }
}

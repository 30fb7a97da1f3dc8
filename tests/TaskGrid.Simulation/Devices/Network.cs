using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation;

/// <summary>A device's way to the server: it delays, drops requests and answers, and delivers a push again when nobody expects it.</summary>
internal sealed class Network(ITransport server, Weather weather) : ITransport
{
    private readonly Queue<PushRequest> late = new();

    private readonly List<Acknowledged> acknowledged = [];
    private CancellationTokenSource line = new();
    private bool offline;

    /// <summary>What the server told this device that it had taken in.</summary>
    public IReadOnlyList<Acknowledged> Acknowledged => acknowledged;

    /// <summary>There is no network at all; a connection that stands breaks.</summary>
    public bool Offline
    {
        get => offline;
        set
        {
            offline = value;
            if (!offline) return;
            line.Cancel();
            line = new CancellationTokenSource();
        }
    }

    /// <summary>Something on the way lets no live connection through.</summary>
    public bool WithoutLive { get; init; }

    /// <summary>Delivers what was held back: a repeated request that overtook nobody or everybody. Its answer reaches nobody.</summary>
    public async Task DeliverLateAsync()
    {
        while (late.TryDequeue(out var request)) await server.PushAsync(request, CancellationToken.None);
    }

    public async Task<Reply<PushAnswer>> PushAsync(PushRequest request, CancellationToken cancellationToken)
    {
        var reply = await ThroughAsync(() =>
        {
            if (weather.Repeats()) late.Enqueue(request);
            return server.PushAsync(request, cancellationToken);
        });
        if (reply is Reply<PushAnswer>.Answered { Value: var answer })
            acknowledged.AddRange(answer.Results.Where(result => result.Seq is not null)
                .Select(result => new Acknowledged(new Origin(request.Replica, result.N), result.Seq!.Value, answer.History)));
        return reply;
    }

    public Task<Reply<PullAnswer>> PullAsync(PullRequest request, CancellationToken cancellationToken)
    {
        if (request.WaitSeconds > 0) weather.NotePoll();
        return ThroughAsync(() => server.PullAsync(request, cancellationToken));
    }

    public Task<Reply<Snapshot>> SnapshotAsync(
        OrganizationId organization, ReplicaId replica, IProgress<(long Done, long Total)>? progress, CancellationToken cancellationToken) =>
        ThroughAsync(() => server.SnapshotAsync(organization, replica, progress, cancellationToken));

    public Task<Reply<TextHistory>> TextAsync(OrganizationId organization, TaskId task, string field, long since, CancellationToken cancellationToken) =>
        ThroughAsync(() => server.TextAsync(organization, task, field, since, cancellationToken));

    public Task<Reply<ConflictPage>> ConflictsAsync(OrganizationId organization, bool openOnly, string? after, CancellationToken cancellationToken) =>
        ThroughAsync(() => server.ConflictsAsync(organization, openOnly, after, cancellationToken));

    public Task<Reply<HistoryPage>> HistoryAsync(OrganizationId organization, TaskId task, string? after, CancellationToken cancellationToken) =>
        ThroughAsync(() => server.HistoryAsync(organization, task, after, cancellationToken));

    public Task<Reply<Me>> MeAsync(CancellationToken cancellationToken) => ThroughAsync(() => server.MeAsync(cancellationToken));

    public async Task<Reply<ILiveConnection>> OpenLiveAsync(LiveHello hello, CancellationToken cancellationToken)
    {
        if (Offline || WithoutLive || weather.LosesRequest()) return new Reply<ILiveConnection>.Unreachable("no network");
        var standing = line.Token;
        var reply = await server.OpenLiveAsync(hello, cancellationToken);
        return reply.As<ILiveConnection>(connection => new FrailConnection(connection, weather, standing));
    }

    private async Task<Reply<T>> ThroughAsync<T>(Func<Task<Reply<T>>> request)
    {
        if (Offline || weather.LosesRequest()) return new Reply<T>.Unreachable("no network");
        await weather.PassAsync();
        var reply = await request();
        await weather.PassAsync();
        return Offline || weather.LosesAnswer() ? new Reply<T>.Unreachable("no network") : reply;
    }
}

/// <summary>A change that the server said is durable.</summary>
/// <param name="Origin">The change.</param>
/// <param name="Seq">Its place.</param>
/// <param name="History">In this log.</param>
internal sealed record Acknowledged(Origin Origin, long Seq, string History);

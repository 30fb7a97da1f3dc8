using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation.Tests.EdgeCases;

/// <summary>A way to the server that does something at its pushes: loses the request or the answer, or lets something happen in between.</summary>
internal sealed class CutNetwork(ITransport server) : ITransport
{
    /// <summary>Requests that left the device.</summary>
    public List<PushRequest> Pushes { get; } = [];

    /// <summary>How many requests of any kind there were.</summary>
    public int Requests { get; private set; }

    /// <summary>Loses the next pushes before they arrive.</summary>
    public int LoseRequests { get; set; }

    /// <summary>Loses the answers of the next pushes.</summary>
    public int LoseAnswers { get; set; }

    /// <summary>What happens just before the next push arrives; once.</summary>
    public Func<Task>? BeforeArrival { get; set; }

    /// <summary>What a proxy in between says to every request but the one who one is.</summary>
    public Problem? Proxy { get; set; }

    public async Task<Reply<PushAnswer>> PushAsync(PushRequest request, CancellationToken cancellationToken)
    {
        Requests++;
        Pushes.Add(request);
        if (Proxy is { } problem) return new Reply<PushAnswer>.Refused(problem);
        if (LoseRequests-- > 0) return new Reply<PushAnswer>.Unreachable("the request was lost");
        if (BeforeArrival is { } first)
        {
            BeforeArrival = null;
            await first();
        }
        var reply = await server.PushAsync(request, cancellationToken);
        return LoseAnswers-- > 0 ? new Reply<PushAnswer>.Unreachable("the answer was lost") : reply;
    }

    public Task<Reply<PullAnswer>> PullAsync(PullRequest request, CancellationToken cancellationToken) => Passed(() => server.PullAsync(request, cancellationToken));

    public Task<Reply<Snapshot>> SnapshotAsync(
        OrganizationId organization, ReplicaId replica, IProgress<(long Done, long Total)>? progress, CancellationToken cancellationToken) =>
        Passed(() => server.SnapshotAsync(organization, replica, progress, cancellationToken));

    public Task<Reply<TextHistory>> TextAsync(OrganizationId organization, TaskId task, string field, long since, CancellationToken cancellationToken) =>
        Passed(() => server.TextAsync(organization, task, field, since, cancellationToken));

    public Task<Reply<ConflictPage>> ConflictsAsync(OrganizationId organization, bool openOnly, string? after, CancellationToken cancellationToken) =>
        Passed(() => server.ConflictsAsync(organization, openOnly, after, cancellationToken));

    public Task<Reply<HistoryPage>> HistoryAsync(OrganizationId organization, TaskId task, string? after, CancellationToken cancellationToken) =>
        Passed(() => server.HistoryAsync(organization, task, after, cancellationToken));

    public Task<Reply<Me>> MeAsync(CancellationToken cancellationToken) => server.MeAsync(cancellationToken);

    public Task<Reply<ILiveConnection>> OpenLiveAsync(LiveHello hello, CancellationToken cancellationToken) => server.OpenLiveAsync(hello, cancellationToken);

    private Task<Reply<T>> Passed<T>(Func<Task<Reply<T>>> request)
    {
        Requests++;
        return Proxy is { } problem ? Task.FromResult<Reply<T>>(new Reply<T>.Refused(problem)) : request();
    }
}

using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation.Tests.EdgeCases;

/// <summary>A way to the server that lets all pass, unless it says otherwise.</summary>
internal abstract class Passage(ITransport server) : ITransport
{
    public virtual Task<Reply<PushAnswer>> PushAsync(PushRequest request, CancellationToken cancellationToken) =>
        PassAsync(() => server.PushAsync(request, cancellationToken));

    public virtual Task<Reply<PullAnswer>> PullAsync(PullRequest request, CancellationToken cancellationToken) =>
        PassAsync(() => server.PullAsync(request, cancellationToken));

    public Task<Reply<Snapshot>> SnapshotAsync(
        OrganizationId organization, ReplicaId replica, IProgress<(long Done, long Total)>? progress, CancellationToken cancellationToken) =>
        PassAsync(() => server.SnapshotAsync(organization, replica, progress, cancellationToken));

    public Task<Reply<TextHistory>> TextAsync(OrganizationId organization, TaskId task, string field, long since, CancellationToken cancellationToken) =>
        PassAsync(() => server.TextAsync(organization, task, field, since, cancellationToken));

    public Task<Reply<ConflictPage>> ConflictsAsync(OrganizationId organization, bool openOnly, string? after, CancellationToken cancellationToken) =>
        PassAsync(() => server.ConflictsAsync(organization, openOnly, after, cancellationToken));

    public Task<Reply<HistoryPage>> HistoryAsync(OrganizationId organization, TaskId task, string? after, CancellationToken cancellationToken) =>
        PassAsync(() => server.HistoryAsync(organization, task, after, cancellationToken));

    public virtual Task<Reply<Me>> MeAsync(CancellationToken cancellationToken) => PassAsync(() => server.MeAsync(cancellationToken));

    public virtual Task<Reply<ILiveConnection>> OpenLiveAsync(LiveHello hello, CancellationToken cancellationToken) =>
        PassAsync(() => server.OpenLiveAsync(hello, cancellationToken));

    /// <summary>One request on its way.</summary>
    protected virtual Task<Reply<T>> PassAsync<T>(Func<Task<Reply<T>>> request) => request();
}

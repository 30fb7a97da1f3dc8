using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli.Tests;

/// <summary>No way to any server.</summary>
internal sealed class NoTransport : ITransport
{
    public Task<Reply<PushAnswer>> PushAsync(PushRequest request, CancellationToken cancellationToken) => Nothing<PushAnswer>();

    public Task<Reply<PullAnswer>> PullAsync(PullRequest request, CancellationToken cancellationToken) => Nothing<PullAnswer>();

    public Task<Reply<Snapshot>> SnapshotAsync(
        OrganizationId organization, ReplicaId replica, IProgress<(long Done, long Total)>? progress, CancellationToken cancellationToken) => Nothing<Snapshot>();

    public Task<Reply<TextHistory>> TextAsync(OrganizationId organization, TaskId task, string field, long since, CancellationToken cancellationToken) => Nothing<TextHistory>();

    public Task<Reply<ConflictPage>> ConflictsAsync(OrganizationId organization, bool openOnly, string? after, CancellationToken cancellationToken) => Nothing<ConflictPage>();

    public Task<Reply<HistoryPage>> HistoryAsync(OrganizationId organization, TaskId task, string? after, CancellationToken cancellationToken) => Nothing<HistoryPage>();

    public Task<Reply<Me>> MeAsync(CancellationToken cancellationToken) => Nothing<Me>();

    public Task<Reply<ILiveConnection>> OpenLiveAsync(LiveHello hello, CancellationToken cancellationToken) => Nothing<ILiveConnection>();

    private static Task<Reply<T>> Nothing<T>() => Task.FromResult<Reply<T>>(new Reply<T>.Unreachable("there is no server"));
}

using TaskGrid.Contracts;

namespace TaskGrid.Client.Tests;

/// <summary>Where a request is cut off.</summary>
internal enum Cut
{
    None,
    BeforeArrival,
    AnswerLost,
}

/// <summary>One user's way to the fake server, which can be cut.</summary>
internal sealed class FakeTransport(FakeServer server, UserId user) : ITransport
{
    /// <summary>How many requests there were.</summary>
    public int Requests { get; private set; }

    /// <summary>Cuts the request with this number (from 1), if any.</summary>
    public int CutAt { get; set; }

    public Cut How { get; set; }

    public bool Offline { get; set; }

    /// <summary>How many bytes of changes a push may have.</summary>
    public int MostBytes { get; set; } = int.MaxValue;

    /// <summary>All that left the device, whether or not it arrived.</summary>
    public List<PushRequest> Pushes { get; } = [];

    public List<PullRequest> Pulls { get; } = [];

    /// <summary>Makes the server a newer one, whose changes this version cannot read.</summary>
    public bool SpeaksOfNewThings { get; set; }

    /// <summary>Runs between a push's arrival and its answer: what a client killed there, or its user, would do.</summary>
    public Action? DuringPush { get; set; }

    /// <summary>Runs whenever somebody tries for a live connection, which there is none.</summary>
    public Action? OpeningLive { get; set; }

    public Task<Reply<PushAnswer>> PushAsync(PushRequest request, CancellationToken cancellationToken)
    {
        Pushes.Add(request);
        return Through(() => Arrived(request));
    }

    public Task<Reply<PullAnswer>> PullAsync(PullRequest request, CancellationToken cancellationToken) => Through(() =>
    {
        Pulls.Add(request);
        return SpeaksOfNewThings ? new Reply<PullAnswer>.NotUnderstood("'fly' is not an op of this version") : server.Pull(request);
    });

    public Task<Reply<Snapshot>> SnapshotAsync(
        OrganizationId organization, ReplicaId replica, IProgress<(long Done, long Total)>? progress, CancellationToken cancellationToken) =>
        Through<Snapshot>(() => new Reply<Snapshot>.Answered(server.Snapshot(replica)));

    public Task<Reply<TextHistory>> TextAsync(OrganizationId organization, TaskId task, string field, long since, CancellationToken cancellationToken) =>
        Through<TextHistory>(() => new Reply<TextHistory>.Answered(server.Text(task, field, since)));

    public Task<Reply<ConflictPage>> ConflictsAsync(OrganizationId organization, bool openOnly, string? after, CancellationToken cancellationToken) =>
        Through<ConflictPage>(() => new Reply<ConflictPage>.Answered(new ConflictPage([], null)));

    public Task<Reply<HistoryPage>> HistoryAsync(OrganizationId organization, TaskId task, string? after, CancellationToken cancellationToken) =>
        Through<HistoryPage>(() => new Reply<HistoryPage>.Answered(server.HistoryOf(task, after)));

    public Task<Reply<Me>> MeAsync(CancellationToken cancellationToken) => Task.FromResult<Reply<Me>>(new Reply<Me>.Answered(
        new Me(new UserInfo(user, "name", "address"), server.Members.Contains(user) ? [new OrganizationInfo(server.Organization, "org", Role.Member)] : [])));

    public Task<Reply<ILiveConnection>> OpenLiveAsync(LiveHello hello, CancellationToken cancellationToken)
    {
        OpeningLive?.Invoke();
        return Task.FromResult<Reply<ILiveConnection>>(new Reply<ILiveConnection>.Unreachable("no live connection here"));
    }

    private Reply<PushAnswer> Arrived(PushRequest request)
    {
        if (request.Changes.Sum(change => change.Length) > MostBytes)
            return new Reply<PushAnswer>.Refused(new Problem(413, Codes.TooLarge, "too large"));
        var reply = server.Push(user, request);
        DuringPush?.Invoke();
        return reply;
    }

    private Task<Reply<T>> Through<T>(Func<Reply<T>> request)
    {
        if (!server.Members.Contains(user)) return Task.FromResult<Reply<T>>(new Reply<T>.Refused(new Problem(404, Codes.NotFound, "not found")));
        var cut = ++Requests == CutAt ? How : Cut.None;
        if (Offline || cut == Cut.BeforeArrival) return Task.FromResult<Reply<T>>(new Reply<T>.Unreachable("cut"));
        var reply = request();
        return Task.FromResult(cut == Cut.AnswerLost ? new Reply<T>.Unreachable("cut") : reply);
    }
}

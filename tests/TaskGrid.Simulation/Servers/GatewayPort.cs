using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TaskGrid.Client;
using TaskGrid.Contracts;
using TaskGrid.Grains;
using TaskGrid.TestKit;

namespace TaskGrid.Simulation;

/// <summary>What a gateway does for one user: reads the push, asks the grain, answers from the log.</summary>
internal sealed class GatewayPort(SimulatedServer server, Person person) : ITransport
{
    private InMemoryLog Log => server.Log;

    public async Task<Reply<PushAnswer>> PushAsync(PushRequest request, CancellationToken cancellationToken)
    {
        if (request.Since > Log.Head!.Seq) return await MayReadAsync(request.Replica) is { } refusal ? new Reply<PushAnswer>.Refused(refusal) : Refused<PushAnswer>(410, Codes.Resync);
        var command = new PushCommand(person.Id, request.Replica, request.History, [.. request.Changes.Select(Sent)]);
        return await server.CallAsync(grain => grain.Push(command, cancellationToken)) switch
        {
            PushOutcome.Taken taken => new Reply<PushAnswer>.Answered(
                new PushAnswer(taken.Results, taken.Head, taken.History, taken.ServerTime, Page(request.Replica, request.Since))),
            PushOutcome.Refused refused => new Reply<PushAnswer>.Refused(refused.Problem),
            _ => new Reply<PushAnswer>.Unreachable("the server's process died"),
        };
    }

    public Task<Reply<PullAnswer>> PullAsync(PullRequest request, CancellationToken cancellationToken) => ReadAsync(request.Replica, () =>
        request.Since > Log.Head!.Seq || (request.History is { } known && known != Log.Head.History)
            ? Refused<PullAnswer>(410, Codes.Resync)
            : new Reply<PullAnswer>.Answered(Page(request.Replica, request.Since)));

    public Task<Reply<Snapshot>> SnapshotAsync(
        OrganizationId organization, ReplicaId replica, IProgress<(long Done, long Total)>? progress, CancellationToken cancellationToken) =>
        ReadAsync<Snapshot>(replica, () => new Reply<Snapshot>.Answered(LogReading.SnapshotOf(Log, replica)));

    public Task<Reply<TextHistory>> TextAsync(OrganizationId organization, TaskId task, string field, long since, CancellationToken cancellationToken) =>
        ReadAsync<TextHistory>(null, () => Log.Tasks.ContainsKey(task)
            ? new Reply<TextHistory>.Answered(LogReading.TextOf(Log, task, field, since))
            : Refused<TextHistory>(404, Codes.Unknown));

    public Task<Reply<ConflictPage>> ConflictsAsync(OrganizationId organization, bool openOnly, string? after, CancellationToken cancellationToken) =>
        ReadAsync<ConflictPage>(null, () => new Reply<ConflictPage>.Answered(new ConflictPage([.. Log.Conflicts.Values.Where(note => note.Open || !openOnly)], null)));

    public Task<Reply<HistoryPage>> HistoryAsync(OrganizationId organization, TaskId task, string? after, CancellationToken cancellationToken) =>
        ReadAsync<HistoryPage>(null, () => new Reply<HistoryPage>.Answered(new HistoryPage([], null)));

    public async Task<Reply<Me>> MeAsync(CancellationToken cancellationToken)
    {
        if (await server.CallAsync(grain => grain.AccessOf(person.Id)) is not { } access) return new Reply<Me>.Unreachable("the server's process died");
        ImmutableArray<OrganizationInfo> organizations = access.Role is { } role ? [new OrganizationInfo(server.Organization, "Acme", role)] : [];
        return new Reply<Me>.Answered(new Me(new UserInfo(person.Id, person.Name, $"{person.Name}@example.com"), organizations));
    }

    public Task<Reply<ILiveConnection>> OpenLiveAsync(LiveHello hello, CancellationToken cancellationToken) =>
        Task.FromResult<Reply<ILiveConnection>>(new Reply<ILiveConnection>.Unreachable("frames are handed over by the scenario"));

    private async Task<Reply<T>> ReadAsync<T>(ReplicaId? replica, Func<Reply<T>> read)
    {
        var refused = await MayReadAsync(replica);
        if (refused is { Code: Codes.Unavailable }) return new Reply<T>.Unreachable("the server's process died");
        return refused is null ? read() : new Reply<T>.Refused(refused);
    }

    private async Task<Problem?> MayReadAsync(ReplicaId? replica)
    {
        if (await server.CallAsync(grain => grain.AccessOf(person.Id)) is not { } access) return new Problem(503, Codes.Unavailable, "the process died");
        if (access.Role is null) return new Problem(404, Codes.NotFound, "not found");
        return replica is { } store && Log.Replicas.GetValueOrDefault(store) is { } mark && mark.User != person.Id
            ? new Problem(403, Codes.ReplicaTaken, "taken") : null;
    }

    private PullAnswer Page(ReplicaId replica, long since)
    {
        var head = Log.Head!;
        var to = Math.Min(head.Seq, since + server.PageLimit);
        return new PullAnswer(since, to, head.Seq, to < head.Seq, LogReading.Changes(Log, since, to), LogReading.Taken(Log, replica, to),
            to == head.Seq ? Sync.TaskDigest.Format(head.Digest) : null, head.History, WireTime.Truncate(server.Time.GetUtcNow()));
    }

    private static SentChange Sent(string raw)
    {
        using var document = JsonDocument.Parse(raw);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.From(document.RootElement)));
        return ChangeReader.Read(document.RootElement) switch
        {
            ChangeReading.Read read => new SentChange(read.Change.N, [.. hash], read.Change, null),
            ChangeReading.Invalid invalid => new SentChange(invalid.N, [.. hash], null, invalid.Detail),
            _ => throw new InvalidOperationException("a client sent a change without a number"),
        };
    }

    private static Reply<T> Refused<T>(int status, string code) => new Reply<T>.Refused(new Problem(status, code, code));
}

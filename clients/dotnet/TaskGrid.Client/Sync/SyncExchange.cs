using TaskGrid.Contracts;

namespace TaskGrid.Client;

/// <summary>One exchange with the server: sends what is to be sent, learns what came, and moves the store by it.</summary>
/// <remarks>
/// Whoever calls it leads the store (<see cref="IReplicaStore.TryLead"/>), so that a replica has one push in flight. It may die between
/// any two steps: changes are marked as sent before they are, and each answer is taken in by one transaction, so the next exchange goes
/// on from whatever is there.
/// </remarks>
/// <param name="store">The replica's store.</param>
/// <param name="transport">The way to the server.</param>
/// <param name="time">The device's clock.</param>
/// <param name="watch">Is told what happens.</param>
/// <param name="freshId">Makes the id of a replica that goes on under a new one; version 7 where none is given.</param>
public sealed class SyncExchange(
    IReplicaStore store, ITransport transport, TimeProvider time, IProgress<SyncEvent>? watch = null, Func<ReplicaId>? freshId = null)
{
    private const int PushChanges = 500;
    private const int PushBytes = Limits.PushBytes - 64 * 1024;
    private static readonly TimeSpan KeepDone = TimeSpan.FromDays(30);
    private readonly ServerClock clock = new(time);
    private readonly Func<ReplicaId> newReplica = freshId ?? Version7;
    private readonly Resync resync = new(store, transport, time, freshId ?? Version7, watch);
    private int most = PushChanges;

    /// <summary>One exchange. With nothing to send, the server may hold its answer back for a while.</summary>
    public async Task<SyncOutcome> RunAsync(int waitSeconds, CancellationToken cancellationToken)
    {
        var mark = store.Read(reading => reading.Mark);
        if (mark.Quarantined && await resync.AccessAsync(cancellationToken) is { } without) return without;
        if (mark.Base == 0 && mark.History is null || mark.Quarantined) return await resync.RunAsync(mark.Quarantined ? "you are a member again" : "first sync", cancellationToken);
        var sending = store.Write(MarkSent);
        return sending.Count > 0
            ? await PushAsync(mark, sending, cancellationToken)
            : await PullAsync(mark, waitSeconds, cancellationToken);
    }

    /// <summary>Takes in a frame of a live connection; false where there is a gap and a pull is needed.</summary>
    public bool TakeLive(LiveFrame.Changes frame)
    {
        var taken = store.Write(writing => LogIntake.Take(writing, frame.From, frame.To, frame.Items));
        if (taken) watch?.Report(new SyncEvent.Pulled(frame.To, frame.To));
        return taken;
    }

    /// <summary>From here on none of these alters a byte; on disk before the first byte of the request.</summary>
    private IReadOnlyList<OutboxChange> MarkSent(IReplicaWriting writing)
    {
        var rows = writing.ToSend(writing.Mark.Replica, most, PushBytes);
        foreach (var row in rows)
            if (row.State == OutboxState.Unsent) writing.Replace(row with { State = OutboxState.Sent, SentAt = ServerNow(writing.Mark).ToUnixTimeMilliseconds() });
        return rows;
    }

    private async Task<SyncOutcome> PushAsync(ReplicaMark mark, IReadOnlyList<OutboxChange> rows, CancellationToken cancellationToken)
    {
        var request = new PushRequest(mark.Organization, mark.Replica, mark.History, mark.Base, [.. rows.Select(row => row.Raw!)]);
        var exchange = clock.Begin();
        var reply = await transport.PushAsync(request, cancellationToken);
        switch (reply)
        {
            case Reply<PushAnswer>.Answered { Value: var answer }:
                clock.End(exchange, answer.ServerTime);
                most = PushChanges;
                return await TakeAsync(mark, answer, cancellationToken);
            case Reply<PushAnswer>.Refused { Problem: { Status: 400 or 413 } problem }:
                return Halve(rows, problem);
            case Reply<PushAnswer>.Refused refused:
                return await RefusedAsync(refused.Problem, refused.RetryAfter, rows, cancellationToken);
            default:
                return Outcome(reply);
        }
    }

    private async Task<SyncOutcome> TakeAsync(ReplicaMark mark, PushAnswer answer, CancellationToken cancellationToken)
    {
        // The states of whole tasks need their missed edits first; the answers need not wait for that.
        var states = answer.Pull is { States: not null };
        var (refused, left, fits) = store.Write(writing =>
        {
            var count = ResultIntake.Take(writing, mark.Replica, answer.Results, time.GetUtcNow(), answer.ServerTime);
            var taken = answer.Pull is not { } page || states || LogIntake.Take(writing, page.From, page.To, page.Changes);
            KeepTime(writing, answer.History);
            return (count, writing.Unanswered(), taken);
        });
        watch?.Report(new SyncEvent.Pushed(answer.Results.Length, left));
        if (refused > 0) watch?.Report(new SyncEvent.Rejected(refused));
        if (answer.Pull is not { } pull || !fits) return new SyncOutcome.More();
        return states ? await StatesAsync(pull, cancellationToken) : await AfterPullAsync(pull, cancellationToken);
    }

    private async Task<SyncOutcome> PullAsync(ReplicaMark mark, int waitSeconds, CancellationToken cancellationToken)
    {
        var exchange = clock.Begin();
        var reply = await transport.PullAsync(new PullRequest(mark.Organization, mark.Replica, mark.History, mark.Base, waitSeconds), cancellationToken);
        if (reply is Reply<PullAnswer>.Refused refused) return await RefusedAsync(refused.Problem, refused.RetryAfter, [], cancellationToken);
        if (reply is not Reply<PullAnswer>.Answered { Value: var answer }) return Outcome(reply);
        if (waitSeconds == 0) clock.End(exchange, answer.ServerTime);
        if (answer.States is not null) return await StatesAsync(answer, cancellationToken);
        store.Write(writing =>
        {
            KeepTime(writing, answer.History);
            return LogIntake.Take(writing, answer.From, answer.To, answer.Changes);
        });
        return await AfterPullAsync(answer, cancellationToken);
    }

    private async Task<SyncOutcome> AfterPullAsync(PullAnswer answer, CancellationToken cancellationToken)
    {
        watch?.Report(new SyncEvent.Pulled(answer.To, answer.Head));
        var (mark, left) = store.Read(reading => (reading.Mark, reading.Unanswered()));
        if (answer.Digest is { } digest && mark.Base == answer.To && Sync.TaskDigest.Format(mark.Digest) != digest)
            return await resync.DigestAsync(mark, cancellationToken) ?? new SyncOutcome.UpToDate();
        if (answer.More || left > 0) return new SyncOutcome.More();
        store.Write(AtHead);
        return new SyncOutcome.UpToDate();
    }

    private bool AtHead(IReplicaWriting writing)
    {
        writing.Put(writing.Mark with { SyncedAt = time.GetUtcNow().ToUnixTimeMilliseconds() });
        writing.Prune(ServerNow(writing.Mark) - KeepDone);
        return true;
    }

    /// <summary>The server's time as estimated: a device's clock that is years off must not make it forget.</summary>
    private DateTimeOffset ServerNow(ReplicaMark mark) => time.GetUtcNow().AddMilliseconds(mark.ClockOffset);

    private async Task<SyncOutcome> StatesAsync(PullAnswer answer, CancellationToken cancellationToken)
    {
        var outcome = await resync.StatesAsync(answer, cancellationToken);
        return outcome ?? await AfterPullAsync(answer, cancellationToken);
    }

    private void KeepTime(IReplicaWriting writing, string history) =>
        writing.Put(writing.Mark with { History = history, ClockOffset = clock.Offset ?? writing.Mark.ClockOffset });

    private async Task<SyncOutcome> RefusedAsync(Problem problem, TimeSpan? retryAfter, IReadOnlyList<OutboxChange> rows, CancellationToken cancellationToken)
    {
        switch (problem.Code)
        {
            case Codes.Resync:
                return await resync.RunAsync("the server's log is not the one that this store knows", cancellationToken);
            case Codes.NotFound:
                return await resync.AccessAsync(cancellationToken) ?? new SyncOutcome.NotNow("the server does not find the organization", retryAfter);
            case Codes.ReplicaForked when problem.N is { } n && rows is [var shared, ..] && shared.Origin.N < n:
                // What both copies made before they parted is asked for by itself: its answers are ours as well.
                most = (int)(n - shared.Origin.N);
                return new SyncOutcome.More();
            case Codes.ReplicaForked when problem.N is { } n:
                return Renamed("another copy of this data folder is in use", writing => NewReplica.Fork(writing, newReplica, n));
            case Codes.ReplicaTaken:
                return Renamed("the replica id belongs to another user", writing => NewReplica.Fork(writing, newReplica, rows is [var first, ..] ? first.Origin.N : writing.Mark.NextN));
            case Codes.Gap when problem.Expected is { } expected:
                return Gap(expected);
            default:
                return Outcome(new Reply<PushAnswer>.Refused(problem, retryAfter));
        }
    }

    /// <summary>The server expects an earlier change: it is sent again where it is still kept, else the rest goes on as a new replica.</summary>
    private SyncOutcome Gap(long expected) => store.Write<SyncOutcome>(writing =>
    {
        var rows = writing.From(writing.Mark.Replica, expected);
        if (rows is not [var first, ..] || first.Origin.N != expected) NewReplica.Fork(writing, newReplica, expected);
        else
            foreach (var row in rows.Where(row => row.State >= OutboxState.Answered))
                writing.Replace(row with { State = OutboxState.Sent, Shown = row.Shown is null ? null : TextEdit.Empty });
        return new SyncOutcome.More();
    });

    private SyncOutcome Renamed(string reason, Action<IReplicaWriting> rename)
    {
        store.Write(writing =>
        {
            rename(writing);
            return true;
        });
        watch?.Report(new SyncEvent.Renamed(reason));
        return new SyncOutcome.More();
    }

    /// <summary>Finds the change that the server cannot take, by halves; that one is refused here, and its number used up.</summary>
    private SyncOutcome Halve(IReadOnlyList<OutboxChange> rows, Problem problem)
    {
        if (rows.Count > 1)
        {
            most = rows.Count / 2;
            return new SyncOutcome.More();
        }
        if (rows[0].Change.Body is ChangeBody.Void) return new SyncOutcome.Refused(problem.Code, problem.Detail ?? problem.Title);
        store.Write(writing =>
        {
            ResultIntake.Refuse(writing, rows[0], problem.Code, problem.Detail ?? problem.Title, time.GetUtcNow());
            return writing.Append(rows[0].Anew(rows[0].Origin, rows[0].Change with { Body = new ChangeBody.Void() }, null));
        });
        most = PushChanges;
        watch?.Report(new SyncEvent.Rejected(1));
        return new SyncOutcome.More();
    }

    private static ReplicaId Version7() => ReplicaId.From(Guid.CreateVersion7());

    internal static SyncOutcome Outcome<T>(Reply<T> reply) => reply switch
    {
        Reply<T>.Refused { Problem.Code: Codes.Unauthorized } => new SyncOutcome.SignIn(),
        Reply<T>.Refused { Problem: { Code: Codes.UpgradeNeeded } problem } => new SyncOutcome.UpgradeNeeded(problem.Detail ?? problem.Title),
        Reply<T>.Refused { Problem: { Status: 429 or >= 500 } problem } refused => new SyncOutcome.NotNow(problem.Detail ?? problem.Title, refused.RetryAfter),
        Reply<T>.Refused { Problem: var problem } => new SyncOutcome.Refused(problem.Code, problem.Detail ?? problem.Title),
        Reply<T>.NotUnderstood unknown => new SyncOutcome.UpgradeNeeded(unknown.Detail),
        Reply<T>.Unreachable unreachable => new SyncOutcome.NotNow(unreachable.Detail),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

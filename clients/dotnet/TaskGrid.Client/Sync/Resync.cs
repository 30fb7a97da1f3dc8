using TaskGrid.Contracts;

namespace TaskGrid.Client;

/// <summary>Takes whole states over: the first sync, a log that is not the one known, a digest that differs, lost and regained access.</summary>
internal sealed class Resync(IReplicaStore store, ITransport transport, TimeProvider time, Func<ReplicaId> newReplica, IProgress<SyncEvent>? watch)
{
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromMinutes(10);

    /// <summary>Takes a snapshot over, in one transaction.</summary>
    public async Task<SyncOutcome> RunAsync(string reason, CancellationToken cancellationToken)
    {
        var mark = store.Read(reading => reading.Mark);
        var progress = watch is null ? null : new Forward(watch);
        var reply = await transport.SnapshotAsync(mark.Organization, mark.Replica, progress, cancellationToken);
        if (reply is Reply<Snapshot>.Refused { Problem.Code: Codes.NotFound }) return await AccessAsync(cancellationToken) ?? new SyncOutcome.NotNow("the server does not find the organization");
        if (reply is Reply<Snapshot>.Refused { Problem.Code: Codes.ReplicaTaken }) return Rename();
        if (reply is not Reply<Snapshot>.Answered { Value: var snapshot }) return SyncExchange.Outcome(reply);
        var conflicts = await ConflictsAsync(mark.Organization, cancellationToken);
        if (conflicts.Outcome is { } failed) return failed;
        Dictionary<ReplicaId, long>? held = null;
        if (mark.History is not null && mark.History != snapshot.Head.History)
        {
            (held, var unknown) = await HeldAsync(mark, snapshot.Head, cancellationToken);
            if (unknown is not null) return unknown;
            snapshot = snapshot with { Head = snapshot.Head with { Taken = held[mark.Replica] } };
        }
        // A store that never synced has seen nothing of whatever log there is.
        var sameLog = mark.History is null || mark.History == snapshot.Head.History;
        var missed = new MissedEdits();
        bool taken;
        do
        {
            if (sameLog && await AskMissedAsync(missed, mark, _ => true, cancellationToken) is { } unasked) return unasked;
            // Whoever types meanwhile does so in a text that nobody asked for: then it is asked for, too.
            taken = store.Write(writing =>
            {
                if (sameLog && !missed.Covers(WholeStates.PendingFields(writing))) return false;
                WholeStates.Take(writing, snapshot, conflicts.Notes, missed, held, newReplica);
                return true;
            });
        }
        while (!taken);
        if (mark.History is not null) watch?.Report(new SyncEvent.Resynced(reason));
        watch?.Report(new SyncEvent.Pulled(snapshot.Head.Seq, snapshot.Head.Seq));
        return new SyncOutcome.More();
    }

    /// <summary>The digest differs: takes a snapshot, but not over and over; null where it was done not long ago.</summary>
    public async Task<SyncOutcome?> DigestAsync(ReplicaMark mark, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        // A clock that was set back must not put it off for years.
        if (now >= mark.ResyncedAt && now - mark.ResyncedAt < AtMostEvery.TotalMilliseconds)
        {
            watch?.Report(new SyncEvent.DigestDiffers());
            return null;
        }
        store.Write(writing =>
        {
            writing.Put(writing.Mark with { ResyncedAt = now });
            return true;
        });
        return await RunAsync("the digest of the state differs from the server's", cancellationToken);
    }

    /// <summary>Takes the states of some tasks over, all pages in one transaction; null if that worked.</summary>
    public async Task<SyncOutcome?> StatesAsync(PullAnswer first, CancellationToken cancellationToken)
    {
        var mark = store.Read(reading => reading.Mark);
        var states = new List<TaskLine>(first.States!);
        for (var next = first.Next; next is not null;)
        {
            var reply = await transport.PullAsync(new PullRequest(mark.Organization, mark.Replica, mark.History, mark.Base, After: next), cancellationToken);
            if (reply is not Reply<PullAnswer>.Answered { Value: var page }) return SyncExchange.Outcome(reply);
            if (page.To != first.To || page.States is null) return new SyncOutcome.More();
            states.AddRange(page.States);
            next = page.Next;
        }
        var touched = states.Select(line => line.Id).ToHashSet();
        var missed = new MissedEdits();
        if (await AskMissedAsync(missed, mark, touched.Contains, cancellationToken) is { } unasked) return unasked;
        var conflicts = await ConflictsAsync(mark.Organization, cancellationToken);
        if (conflicts.Outcome is { } failed) return failed;
        return store.Write<SyncOutcome?>(writing =>
        {
            foreach (var note in conflicts.Notes) writing.Put(note);
            return WholeStates.Take(writing, first, states, missed) ? null : new SyncOutcome.More();
        });
    }

    /// <summary>Says whether access is lost: only if the server also names all organizations, and this one is not among them.</summary>
    /// <returns>Null if the user is a member.</returns>
    public async Task<SyncOutcome?> AccessAsync(CancellationToken cancellationToken)
    {
        var reply = await transport.MeAsync(cancellationToken);
        if (reply is not Reply<Me>.Answered { Value: var me }) return SyncExchange.Outcome(reply);
        var mark = store.Read(reading => reading.Mark);
        if (me.Organizations.Any(organization => organization.Id == mark.Organization)) return null;
        if (!mark.Quarantined) store.Write(Quarantine);
        return new SyncOutcome.AccessLost();
    }

    /// <summary>How far a log that came back from a backup holds what this store sent, for each replica that it ever was.</summary>
    private async Task<(Dictionary<ReplicaId, long> Held, SyncOutcome? Unknown)> HeldAsync(ReplicaMark mark, SnapshotHead head, CancellationToken cancellationToken)
    {
        var held = new Dictionary<ReplicaId, long>();
        foreach (var former in store.Read(reading => reading.Replicas()).Where(replica => replica != mark.Replica))
        {
            var reply = await transport.PullAsync(new PullRequest(mark.Organization, former, head.History, head.Seq), cancellationToken);
            if (reply is not Reply<PullAnswer>.Answered { Value: var answer }) return (held, SyncExchange.Outcome(reply));
            held[former] = answer.Taken;
        }
        (held[mark.Replica], var unknown) = await OwnHeldAsync(mark, head, cancellationToken);
        return (held, unknown);
    }

    /// <summary>
    /// Up to which number the changes of a log come back from a backup are this store's. The log's own word covers what was answered. What
    /// was not may be another copy's under the same numbers [PU8], so it is asked for by its content: that takes nothing new in.
    /// </summary>
    private async Task<(long Held, SyncOutcome? Unknown)> OwnHeldAsync(ReplicaMark mark, SnapshotHead head, CancellationToken cancellationToken)
    {
        var unanswered = store.Read(reading => reading.ToSend(mark.Replica, int.MaxValue, int.MaxValue)).Where(row => row.Origin.N <= head.Taken).ToList();
        // One that has seen more than the log holds is not in it, and nothing after it is.
        var asked = unanswered.TakeWhile(row => row.Change.Clock.Base <= head.Seq).ToList();
        var most = asked.Count < unanswered.Count ? unanswered[asked.Count].Origin.N - 1 : head.Taken;
        if (asked.Count == 0) return (most, null);
        var reply = await transport.PushAsync(
            new PushRequest(mark.Organization, mark.Replica, head.History, head.Seq, [.. asked.Select(row => row.Raw!)]), cancellationToken);
        switch (reply)
        {
            case Reply<PushAnswer>.Answered { Value: var answer }:
                store.Write(writing => ResultIntake.Take(writing, mark.Replica, answer.Results, time.GetUtcNow(), answer.ServerTime));
                return (most, null);
            case Reply<PushAnswer>.Refused { Problem: { Code: Codes.ReplicaForked, N: { } n } }:
                return (n - 1, null);
            default:
                return (0, SyncExchange.Outcome(reply));
        }
    }

    private static bool Quarantine(IReplicaWriting writing)
    {
        writing.ClearConfirmed();
        writing.Put(writing.Mark with { Quarantined = true });
        return true;
    }

    private SyncOutcome Rename()
    {
        store.Write(writing =>
        {
            NewReplica.Fork(writing, newReplica, 1);
            return true;
        });
        watch?.Report(new SyncEvent.Renamed("the replica id belongs to another user"));
        return new SyncOutcome.More();
    }

    /// <summary>What the changes in between did to texts with pending edits. Where the server cannot say, the texts' difference must do.</summary>
    /// <returns>Null if all is asked; why not, where the network failed: a text's difference is no good guess while the server can still say.</returns>
    private async Task<SyncOutcome?> AskMissedAsync(MissedEdits missed, ReplicaMark mark, Func<TaskId, bool> concerned, CancellationToken cancellationToken)
    {
        foreach (var (task, field) in store.Read(WholeStates.PendingFields))
        {
            if (!concerned(task) || missed.Asked(task, field)) continue;
            var reply = await transport.TextAsync(mark.Organization, task, field, mark.Base, cancellationToken);
            switch (reply)
            {
                case Reply<TextHistory>.Answered { Value: var history }:
                    missed.Add(task, field, history);
                    break;
                case Reply<TextHistory>.Refused { Problem.Status: 400 or 404 or 410 }:
                    missed.AddUnknown(task, field);
                    break;
                default:
                    return SyncExchange.Outcome(reply);
            }
        }
        return null;
    }

    private async Task<(IReadOnlyList<ConflictNote> Notes, SyncOutcome? Outcome)> ConflictsAsync(OrganizationId organization, CancellationToken cancellationToken)
    {
        var notes = new List<ConflictNote>();
        for (string? after = null; ;)
        {
            var reply = await transport.ConflictsAsync(organization, openOnly: true, after, cancellationToken);
            if (reply is not Reply<ConflictPage>.Answered { Value: var page }) return ([], SyncExchange.Outcome(reply));
            notes.AddRange(page.Conflicts);
            after = page.Next;
            if (after is null) return (notes, null);
        }
    }

    private sealed class Forward(IProgress<SyncEvent> watch) : IProgress<(long Done, long Total)>
    {
        public void Report((long Done, long Total) value) => watch.Report(new SyncEvent.Loading(value.Done, value.Total));
    }
}

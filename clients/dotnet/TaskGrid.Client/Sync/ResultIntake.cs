using TaskGrid.Contracts;

namespace TaskGrid.Client;

/// <summary>Takes in what became of each sent change.</summary>
internal static class ResultIntake
{
    /// <summary>Marks the answered ones; takes the refused ones out of the view and onto their user's list.</summary>
    /// <param name="writing">The store.</param>
    /// <param name="replica">Whose changes were sent.</param>
    /// <param name="results">What became of them.</param>
    /// <param name="now">The device's time, for its user's list.</param>
    /// <param name="serverTime">The server's time: how long a change is kept and how far a clock comes down go by it, for a device's may be years off.</param>
    /// <returns>How many were refused.</returns>
    public static int Take(IReplicaWriting writing, ReplicaId replica, IReadOnlyList<ChangeResult> results, DateTimeOffset now, DateTimeOffset serverTime)
    {
        var refused = 0;
        foreach (var result in results)
        {
            if (writing.Find(new Origin(replica, result.N)) is not { State: < OutboxState.Answered } row) continue;
            if (result.Status == ChangeStatus.Rejected)
            {
                Refuse(writing, row, result.Code ?? Codes.Invalid, result.Detail, now);
                refused++;
            }
            else Answer(writing, row, result, serverTime.ToUnixTimeMilliseconds());
        }
        return refused;
    }

    /// <summary>Takes a change out of the view, with what only stood on it.</summary>
    public static void Refuse(IReplicaWriting writing, OutboxChange row, string code, string? detail, DateTimeOffset now)
    {
        var before = row.TextField is var (task, field) ? PendingTexts.Of(writing, task, field) : [];
        writing.Reject(row, code, detail, now);
        if (before.Count > 0) PendingTexts.WithoutRefused(writing, before, row, now);
    }

    private static void Answer(IReplicaWriting writing, OutboxChange row, ChangeResult result, long serverNow)
    {
        var mark = writing.Mark;
        // A state that came whole may hold it already: then no change of the log will take it out of the overlay any more.
        var state = result.Seq <= mark.Base ? OutboxState.Done : OutboxState.Answered;
        writing.Replace(row with { State = state, Seq = result.Seq, SentAt = serverNow });
        if (result.At is not { } at) return;
        var clock = mark.Clock.Observe(at);
        // A lower stamp than the one sent is a hold: this clock ran ahead, and goes down to what it knows.
        if (at < row.Change.At) clock = clock.SetDown(serverNow);
        writing.Put(mark with { Clock = clock });
    }
}

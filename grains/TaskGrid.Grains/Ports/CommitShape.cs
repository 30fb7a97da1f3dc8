namespace TaskGrid.Grains.Ports;

/// <summary>What every commit must look like, whatever the log stands at. A commit of another shape is a fault of its maker.</summary>
public static class CommitShape
{
    /// <summary>Checks a commit.</summary>
    /// <exception cref="ArgumentException">It would leave the log in a state that no reader expects.</exception>
    public static void Require(Commit commit)
    {
        var seq = commit.Expected?.Seq ?? 0;
        Require(commit.Next.Version == (commit.Expected?.Version ?? 0) + 1, "the version must rise by one");
        Require(commit.Next.Seq == seq + commit.Feed.Length, "the head must rise by the number of changes");
        foreach (var entry in commit.Feed) Require(entry.Seq == ++seq, "changes must have consecutive seq");
        Require(commit.Streams.Select(stream => stream.Stream).Distinct().Count() == commit.Streams.Length, "a stream must stand once");
        Require(commit.Streams.All(stream => stream.Events.Length > 0), "a stream must get events");
        Require(commit.Receipts.All(receipt => receipt.Seq is null == receipt.Rejection is not null), "a receipt must name a place in the log or hold a rejection");
        Require(commit.Tasks.Select(task => task.Line.Id).Distinct().Count() == commit.Tasks.Length, "a task must stand once");
    }

    private static void Require(bool holds, string rule)
    {
        if (!holds) throw new ArgumentException(rule, nameof(Commit));
    }
}

using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Client;

/// <summary>One thing that happened to a task.</summary>
/// <param name="Change">The change; of one that the log does not hold yet, as its author made it.</param>
/// <param name="Before">The task before it, where that is known.</param>
/// <param name="After">The task after it, where that is known.</param>
/// <param name="Seen">The registers as the author of the change had seen them, where that is known: others may have written meanwhile.</param>
/// <param name="Pending">The log does not hold it yet.</param>
/// <param name="Gap">Something that happened before it is not on this device.</param>
public sealed record StoryStep(CanonicalChange Change, TaskLine? Before, TaskLine? After, TaskLine? Seen, bool Pending = false, bool Gap = false);

/// <summary>
/// What happened to a task, oldest first, as far as this device knows it: what came in change by change is kept, what came as a whole
/// state is not known in between. Own changes that are not sent yet stand at the end.
/// </summary>
/// <param name="Task">The task.</param>
/// <param name="Steps">What happened.</param>
/// <param name="Whole">Nothing is missing.</param>
public sealed record TaskStory(TaskId Task, IReadOnlyList<StoryStep> Steps, bool Whole)
{
    /// <summary>The story of a task.</summary>
    public static TaskStory Of(IReplicaReading reading, TaskId task)
    {
        var confirmed = reading.Task(task);
        var steps = new List<StoryStep>();
        long last = 0;
        foreach (var (prior, change) in reading.Journal(task))
        {
            var gap = prior != last;
            var before = gap || steps.Count == 0 ? null : steps[^1].After;
            steps.Add(new StoryStep(change, before, TaskFold.Apply(before, change, task), Seen(steps, change, before), Gap: gap));
            last = change.Seq;
        }
        var whole = steps.All(step => !step.Gap) && last == (confirmed?.Seq ?? 0);
        return new TaskStory(task, [.. steps, .. Pending(reading, confirmed, task)], whole);
    }

    /// <summary>The task as of the base of the change, and on it what the same device wrote since.</summary>
    private static TaskLine? Seen(List<StoryStep> steps, CanonicalChange change, TaskLine? before)
    {
        if (change.Clock is not { } clock || steps.Count == 0 || steps[^1].Change.Seq <= clock.Base) return before;
        var at = steps.FindLastIndex(step => step.Change.Seq <= clock.Base);
        var own = steps.Skip(at + 1).Select(step => step.Change).Where(earlier => earlier.Origin?.Replica == change.Origin?.Replica && earlier.Body is ChangeBody.Set);
        return own.Aggregate(at < 0 ? null : steps[at].After, (line, earlier) =>
            line is not null && earlier.Body is ChangeBody.Set set ? line.WithRegister(set.Field, set.Value) : line);
    }

    private static IEnumerable<StoryStep> Pending(IReplicaReading reading, TaskLine? confirmed, TaskId task)
    {
        var pending = reading.Pending(task).Select(row => ReplicaView.AsPending(reading, row)).ToList();
        var before = confirmed;
        for (var i = 0; i < pending.Count; i++)
        {
            var after = Overlay.Apply(confirmed, pending.Take(i + 1));
            yield return new StoryStep(AsMade(pending[i]), before, after, before, Pending: true);
            before = after;
        }
    }

    private static CanonicalChange AsMade(PendingChange pending) => new(
        Overlay.PendingSeq, pending.Origin, pending.User, pending.Change.At.Time, pending.Change.At, null, pending.Change.Clock, pending.Change.Body,
        pending.Guess, pending.Conflict);
}

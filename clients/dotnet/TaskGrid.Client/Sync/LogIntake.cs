using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Client;

/// <summary>Takes canonical changes into the confirmed state, in order of seq. Needs no merging: only pending text edits move.</summary>
internal static class LogIntake
{
    /// <summary>Takes in what the store does not hold yet, and moves base; false if there is a gap, and then nothing is taken.</summary>
    public static bool Take(IReplicaWriting writing, long from, long to, IReadOnlyList<CanonicalChange> changes)
    {
        var held = writing.Mark.Base;
        if (from > held) return false;
        var edits = new IncomingEdits(writing);
        foreach (var change in changes)
            if (change.Seq > held) Apply(writing, edits, change);
        edits.Settle();
        if (to > held) writing.Put(writing.Mark with { Base = to });
        DropFormer(writing);
        return true;
    }

    private static void Apply(IReplicaWriting writing, IncomingEdits edits, CanonicalChange change)
    {
        if (OwnOf(writing, change) is { State: < OutboxState.Done } own)
        {
            if (own.TextField is { } back) edits.Settle(back);
            writing.Replace(writing.Find(own.Origin)! with { State = OutboxState.Done, Seq = change.Seq, SentAt = change.Time.ToUnixTimeMilliseconds() });
        }
        else if (change.Body is ChangeBody.Text text && change.Effect is not { Applied: false })
            edits.Add(text.Task, text.Field, text.Edit);
        if (change is { Effect.Edit: { } edit, Conflict: { Field: { } field } conflict })
            edits.Add(conflict.Task, field, edit);
        foreach (var task in TaskFold.Touches(change)) Touch(writing, change, task);
        ApplyOutsideTasks(writing, change);
        writing.Put(writing.Mark with { Clock = writing.Mark.Clock.Observe(change.At) });
    }

    private static OutboxChange? OwnOf(IReplicaReading reading, CanonicalChange change) =>
        change.Origin is { } origin && reading.Find(origin) is { } row && OwnChange.Is(row, change) ? row : null;

    private static void Touch(IReplicaWriting writing, CanonicalChange change, TaskId task)
    {
        var before = writing.Task(task);
        if (TaskFold.Apply(before, change, task) is not { } line) return;
        writing.Put(line);
        writing.Put(task, new JournalEntry(before?.Seq ?? 0, change));
    }

    private static void ApplyOutsideTasks(IReplicaWriting writing, CanonicalChange change)
    {
        if (change.Origin is { } origin) writing.Meet(origin.Replica, change.User);
        foreach (var conflict in change.AllConflicts) writing.Put(conflict);
        switch (change.Body)
        {
            case ChangeBody.Member member:
                if (OrganizationFold.Apply((MemberLine?)null, change) is { } line) writing.Put(line);
                else writing.RemoveMember(member.Subject);
                break;
            case ChangeBody.Define define:
                var before = writing.Definitions().FirstOrDefault(known => known.Id == define.Id);
                if (OrganizationFold.Apply(before, change) is { } after) writing.Put(after);
                break;
        }
    }

    /// <summary>A former replica's entry in new clocks ends when base covers all that came from it.</summary>
    private static void DropFormer(IReplicaWriting writing)
    {
        var mark = writing.Mark;
        if (mark.Former.IsEmpty) return;
        var waiting = writing.Pending().Select(row => row.Origin.Replica).ToHashSet();
        writing.Put(mark with { Former = mark.Former.RemoveRange(mark.Former.Keys.Where(replica => !waiting.Contains(replica))) });
    }
}

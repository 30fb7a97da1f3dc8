using TaskGrid.Contracts;

namespace TaskGrid.Simulation;

/// <summary>Counts what a log shows to have happened.</summary>
internal static class Tally
{
    public static void Take(Outcome outcome, Counts counts)
    {
        counts.Add(Count.Seeds);
        counts.Add(Count.ChangesInLogs, outcome.Truth.Head);
        counts.Add(Count.Rejected, outcome.Rejected.Count());
        counts.Add(Count.ConcurrentPairs, ConcurrentPairs(outcome.Truth.Log));
        foreach (var note in outcome.Truth.Conflicts) counts.Add(CountOf(note.Kind));
    }

    /// <summary>Pairs of changes on one task of which neither author had seen the other's.</summary>
    private static long ConcurrentPairs(IEnumerable<CanonicalChange> log) => log
        .Where(change => change.Origin is not null && change.Body.TaskOf is not null)
        .GroupBy(change => change.Body.TaskOf)
        .Sum(changes => Pairs([.. changes]));

    private static long Pairs(CanonicalChange[] changes)
    {
        var pairs = 0L;
        for (var later = 1; later < changes.Length; later++)
            for (var earlier = 0; earlier < later; earlier++)
                if (!Write.HadSeen(changes[later], changes[earlier])) pairs++;
        return pairs;
    }

    private static Count CountOf(string kind) => kind switch
    {
        ConflictKinds.Register => Count.ConflictRegister,
        ConflictKinds.Reassigned => Count.ConflictReassigned,
        ConflictKinds.TextOverlap => Count.ConflictTextOverlap,
        ConflictKinds.DeletedEdited => Count.ConflictDeletedEdited,
        ConflictKinds.Orphaned => Count.ConflictOrphaned,
        ConflictKinds.Cycle => Count.ConflictCycle,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown kind of conflict"),
    };
}

using TaskGrid.Contracts;

namespace TaskGrid.Simulation;

/// <summary>What the server may not let happen, whoever asks for it.</summary>
internal static class Restraint
{
    /// <summary>[ST3] A clock that is ahead wins nothing by it: no stamp is further ahead of the server's time than the protocol allows.</summary>
    public static IEnumerable<string> StampsAreHeld(Outcome outcome)
    {
        const long tolerance = 60_000;
        foreach (var change in outcome.Truth.Log.Where(change => change.Origin is not null))
            if (change.At.Wall > change.Time.ToUnixTimeMilliseconds() + tolerance)
                yield return $"change {change.Seq} is stamped {change.At}, taken in at {WireTime.Format(change.Time)}";
    }

    /// <summary>A delete takes along only subtasks that its author had seen where they were.</summary>
    public static IEnumerable<string> DeletesTakeWhatWasSeen(Outcome outcome)
    {
        foreach (var delete in outcome.Truth.Log.Where(change => change.Effect is { Deleted.IsEmpty: false }))
            foreach (var task in delete.Effect!.Deleted.Where(task => task != (delete.Body.TaskOf ?? delete.Conflict?.Task)))
            {
                var place = outcome.Writes[(task, Fields.Parent)].LastOrDefault(write => write.Change.Seq < delete.Seq && write.Change.Effect is not { Applied: false });
                if (place is null || !Write.HadSeen(delete, place.Change))
                    yield return $"change {delete.Seq} takes task {task} along, which change {place?.Change.Seq} put there unseen";
            }
    }
}

using TaskGrid.Contracts;

namespace TaskGrid.Simulation;

/// <summary>Every conflict is on record, with all that each side wanted.</summary>
internal static class Recording
{
    /// <summary>Two concurrent writes of a register of which one beat the other are versions of one record.</summary>
    public static IEnumerable<string> RivalsAreRecorded(Outcome outcome)
    {
        var records = outcome.Truth.Conflicts.ToLookup(note => (note.Task, note.Field));
        foreach (var writes in outcome.Writes.Where(writes => writes.Key.Field is not (Fields.Parent or Fields.Order)))
        {
            Write? current = null;
            foreach (var write in writes)
            {
                if (current is { } rival && write.Change.Body is ChangeBody.Set && !Write.HadSeen(write.Change, rival.Change) && write.Value != rival.Value
                    && !records[writes.Key].Any(note => Has(note, write.Change.Seq) && Has(note, rival.Change.Seq)))
                    yield return $"task {writes.Key.Task} {writes.Key.Field}: changes {rival.Change.Seq} ({rival.Value}) and {write.Change.Seq} ({write.Value}) are concurrent, and no record has both";
                if (current is null || Beats(write.Change, current.Change)) current = write;
            }
        }
    }

    /// <summary>Records name only what is in the log, as it is there, and have an id of their own.</summary>
    public static IEnumerable<string> RecordsAreTrue(Outcome outcome)
    {
        foreach (var note in outcome.Truth.Conflicts)
        {
            if (note.Versions.IsEmpty) yield return $"conflict {note.Id} has no version";
            foreach (var version in note.Versions)
            {
                var change = version.Seq <= outcome.Truth.Head ? outcome.Truth.Log[(int)version.Seq - 1] : null;
                if (change is null || change.User != version.User || change.Origin?.Replica != version.Replica || change.At != version.At || (change.AtSent ?? change.At) != version.AtSent)
                    yield return $"conflict {note.Id} ({note.Kind}): version {version} is not what the log has there: {change}";
            }
            if (note.Versions.Select(version => version.Seq).Distinct().Count() != note.Versions.Length) yield return $"conflict {note.Id} names a version twice";
        }
    }

    private static bool Has(ConflictNote note, long seq) => note.Versions.Any(version => version.Seq == seq);

    private static bool Beats(CanonicalChange change, CanonicalChange current) =>
        change.At != current.At ? change.At > current.At : string.CompareOrdinal(change.Origin?.Replica.ToString(), current.Origin?.Replica.ToString()) > 0;
}

using TaskGrid.Contracts;

namespace TaskGrid.Client;

/// <summary>A conflict as its user sees it: with what stands now, and with a decision that is not sent yet.</summary>
/// <param name="Note">The record.</param>
/// <param name="Task">The task as it is shown; null if it is not known here.</param>
/// <param name="Pending">This user's decision that the log does not hold yet.</param>
/// <param name="Decisions">The decisions that the log holds, as far as this device knows them, oldest first.</param>
public sealed record ShownConflict(ConflictNote Note, TaskLine? Task, ChangeBody? Pending, IReadOnlyList<CanonicalChange> Decisions)
{
    /// <summary>A conflict, with its decisions.</summary>
    public static ShownConflict Of(IReplicaReading reading, ConflictNote note) => Brief(reading, note) with
    {
        Decisions = [.. reading.Journal(note.Task).Select(entry => entry.Change).Where(change => change.AllConflicts.Any(known => known.Id == note.Id) && Decides(change.Body, note))],
    };

    /// <summary>Conflicts without their decisions, newest first. One that this user decided is open until that is sent.</summary>
    public static IReadOnlyList<ShownConflict> All(IReplicaReading reading, bool openOnly) =>
        [.. reading.Conflicts(openOnly).Select(note => Brief(reading, note))];

    /// <summary>The version that stands now; null where something else does.</summary>
    public ConflictVersion? Standing => Task is null ? null : Note.Kind switch
    {
        ConflictKinds.DeletedEdited => Task.Deleted ? Note.Versions.FirstOrDefault(version => version.Op == "delete") : null,
        _ when Note.Field is { } name => Newest(version => Equals(version.Value, ValueOf(Task, name))),
        _ => null,
    };

    /// <summary>The version to flip to: the only other value beside the one that stands. Null where none stands, or there are several.</summary>
    public ConflictVersion? Other
    {
        get
        {
            if (Note.Kind == ConflictKinds.DeletedEdited) return Task is null ? null : Note.Versions.FirstOrDefault(version => (version.Op == "delete") != Task.Deleted);
            if (Standing is not { } standing) return null;
            var others = Note.Versions.Where(version => !Equals(version.Value, standing.Value)).ToList();
            return others.Select(version => version.Value).Distinct().Count() == 1 ? others[^1] : null;
        }
    }

    /// <summary>The text that merging made of the versions stands.</summary>
    public bool MergedStands => Note is { Merged: { } merged, Field: { } name } && Task is not null && Equals(merged, ValueOf(Task, name));

    /// <summary>The value that a field of a task has, of a text too.</summary>
    public static FieldValue? ValueOf(TaskLine line, string field) =>
        Fields.KindOf(field) == FieldKind.Text ? FieldValue.Of(line.TextOf(field)) : line[field];

    private static ShownConflict Brief(IReplicaReading reading, ConflictNote note) => new(
        note, ReplicaView.Task(reading, note.Task), reading.Pending(note.Task).Select(row => row.Change.Body).LastOrDefault(body => Decides(body, note)), []);

    /// <summary>Who restores a task whose delete is in question has answered the question.</summary>
    private static bool Decides(ChangeBody body, ConflictNote note) => body switch
    {
        ChangeBody.Resolve resolve => resolve.Conflict == note.Id,
        ChangeBody.Restore => note.Kind == ConflictKinds.DeletedEdited,
        _ => false,
    };

    private ConflictVersion? Newest(Func<ConflictVersion, bool> fits) =>
        Note.Versions.Where(fits).OrderBy(version => version.At).ThenBy(version => version.Replica.ToString(), StringComparer.Ordinal).LastOrDefault();
}

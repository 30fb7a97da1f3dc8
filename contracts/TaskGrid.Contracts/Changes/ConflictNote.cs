using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace TaskGrid.Contracts;

/// <summary>The kinds of conflicts: a closed list.</summary>
public static class ConflictKinds
{
    /// <summary>Concurrent writes of different values.</summary>
    public const string Register = "register";

    /// <summary>The same on the assignee; open for a person.</summary>
    public const string Reassigned = "reassigned";

    /// <summary>One deleted text that the other deleted or wrote within.</summary>
    public const string TextOverlap = "text-overlap";

    /// <summary>A delete and a concurrent edit; open for a person.</summary>
    public const string DeletedEdited = "deleted-edited";

    /// <summary>A subtask under a deleted parent; it went to the top level.</summary>
    public const string Orphaned = "orphaned";

    /// <summary>A move that would make a loop; it has no effect.</summary>
    public const string Cycle = "cycle";

    /// <summary>True for a kind of this list.</summary>
    public static bool IsKnown(string kind) => kind is Register or Reassigned or TextOverlap or DeletedEdited or Orphaned or Cycle;
}

/// <summary>The rules that decide conflicts at once: a closed list.</summary>
public static class ConflictRules
{
    /// <summary>The higher adjusted (at, replica) won.</summary>
    public const string LaterStamp = "later-stamp";

    /// <summary>Both edits were merged by transformation.</summary>
    public const string Transformed = "transformed";

    /// <summary>It stays deleted; the edit is kept on the tombstone.</summary>
    public const string StaysDeleted = "stays-deleted";

    /// <summary>The subtask went to the top level.</summary>
    public const string ToTop = "to-top";

    /// <summary>The move that came later in the log has no effect.</summary>
    public const string FirstMoveStands = "first-move-stands";
}

/// <summary>A conflict as the wire shows it: all versions, the rule that decided, and whether a person should look.</summary>
/// <param name="Id">UUIDv5 of organization, seq and kind.</param>
/// <param name="Kind">One of <see cref="ConflictKinds"/>.</param>
/// <param name="Task">The task.</param>
/// <param name="Field">The field, where it is about one.</param>
/// <param name="Open">A person should decide.</param>
/// <param name="Versions">Every version, in the order of seq.</param>
/// <param name="Rule">One of <see cref="ConflictRules"/>.</param>
/// <param name="ResolvedBy">The last resolve.</param>
/// <param name="Merged">Of a <c>text-overlap</c>: the text that merging made of the versions.</param>
[JsonConverter(typeof(ConflictNoteJsonConverter))]
public sealed record ConflictNote(
    ConflictId Id,
    string Kind,
    TaskId Task,
    string? Field,
    bool Open,
    ImmutableArray<ConflictVersion> Versions,
    string Rule,
    ConflictResolution? ResolvedBy = null,
    FieldValue? Merged = null);

/// <summary>One version of a conflict.</summary>
/// <param name="Seq">The change that made it.</param>
/// <param name="Value">What it wrote: a register's value, a whole text, or the op and content of an edit; null for a delete or a cleared register.</param>
/// <param name="User">Who.</param>
/// <param name="Replica">From which device.</param>
/// <param name="At">Adjusted stamp.</param>
/// <param name="AtSent">Stamp as sent.</param>
/// <param name="Op">The op.</param>
public sealed record ConflictVersion(long Seq, FieldValue? Value, UserId User, ReplicaId Replica, Stamp At, Stamp AtSent, string Op);

/// <summary>Who decided a conflict, and how.</summary>
/// <param name="Seq">The resolve.</param>
/// <param name="User">Who.</param>
/// <param name="Choice">The seq of the chosen version; null if another value was written.</param>
/// <param name="Value">The other value.</param>
/// <param name="Time">The server's time.</param>
public sealed record ConflictResolution(long Seq, UserId User, long? Choice, FieldValue? Value, DateTimeOffset Time);

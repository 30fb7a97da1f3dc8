using System.Collections.Immutable;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Domain.Tasks;

/// <summary>The records of an edit that met others' edits in the same words: one for each replica that it met.</summary>
internal static class TaskOverlaps
{
    /// <param name="state">The task before the edit.</param>
    /// <param name="apply">The change.</param>
    /// <param name="field">The text.</param>
    /// <param name="overlaps">What it met.</param>
    /// <param name="meeting">The text before both, with both edits whole, for the place in the log of one that it met.</param>
    /// <param name="merged">What the merge made of all.</param>
    public static IEnumerable<TaskEvent> Recorded(TaskState.Present state, TaskCommand.Apply apply, string field,
        ImmutableArray<TextOverlap> overlaps, Func<long, TextMeeting> meeting, string merged)
    {
        if (overlaps.IsEmpty) return [];
        var met = overlaps.Select(overlap => overlap.Seq).ToHashSet();
        var entries = state.TextOf(field).Entries.Where(entry => met.Contains(entry.Seq)).ToDictionary(entry => entry.Seq);
        var plain = TaskConflicts.IdOf(apply, ConflictKinds.TextOverlap);
        var notes = new List<ConflictNote>();
        foreach (var pair in overlaps.Where(overlap => IsForeign(entries[overlap.Seq], apply)).GroupBy(overlap => AuthorOf(entries[overlap.Seq]).Replica))
        {
            var id = notes.TrueForAll(note => note.Id != plain)
                ? plain
                : DerivedIds.Conflict(apply.Organization, apply.Seq, ConflictKinds.TextOverlap, pair.Key);
            var last = meeting(pair.Last().Seq);
            var note = new ConflictNote(id, ConflictKinds.TextOverlap, apply.Subject, field, pair.Any(overlap => overlap.Open),
                VersionsOf(apply, entries[last.Seq], last), ConflictRules.Transformed, Merged: FieldValue.Of(merged));
            notes.Add(TaskConflicts.Pair(apply, state.Merge, note));
        }
        return notes.Select(note => new TaskEvent.ConflictRecorded(TaskDecider.MetaOf(apply), apply.Subject, note));
    }

    /// <summary>What each of the two made of the text before both.</summary>
    private static ImmutableArray<ConflictVersion> VersionsOf(TaskCommand.Apply apply, TextLogEntry entry, TextMeeting met)
    {
        var by = AuthorOf(entry);
        return
        [
            new ConflictVersion(entry.Seq, FieldValue.Of(TextEdits.Apply(met.Before, met.Foreign)), by.User, by.Replica, by.At, by.AtSent,
                entry.Origin is null ? "resolve" : "text"),
            TaskConflicts.Version(TaskDecider.MetaOf(apply), FieldValue.Of(TextEdits.Apply(met.Before, met.Own)), apply.Change.Body.Op),
        ];
    }

    /// <summary>What the author decided before is no disagreement, though the server made the edit and the author typed without seeing it.</summary>
    private static bool IsForeign(TextLogEntry entry, TaskCommand.Apply apply) =>
        entry.Origin is not null || !Causality.IsOwn(apply.Change.Clock, apply.Origin, new Origin(AuthorOf(entry).Replica, 0));

    /// <summary>Every entry of a task's log has an author; only the kernel's tests do without.</summary>
    private static TextAuthor AuthorOf(TextLogEntry entry) => entry.By ?? throw new InvalidOperationException($"the edit at {entry.Seq} has no author");
}

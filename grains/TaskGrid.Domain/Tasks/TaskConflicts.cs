using System.Collections.Immutable;
using System.Text.Json;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Domain.Tasks;

/// <summary>When a change makes a conflict, joins one, or closes one (PROTOCOL §5).</summary>
internal static class TaskConflicts
{
    /// <summary>Overlaps of the same two replicas on the same field within this time join one record, so that live co-editing makes no noise.</summary>
    private static readonly TimeSpan JoinWithin = TimeSpan.FromMinutes(10);

    /// <summary>Where a version's text is longer than this, the record points to the event (by seq) instead of repeating it.</summary>
    private const int SummaryLength = 2000;

    public static ImmutableArray<ConflictMark> Put(ImmutableArray<ConflictMark> marks, ConflictMark mark)
    {
        var index = marks.ToList().FindIndex(m => m.Note.Id == mark.Note.Id);
        return index < 0 ? marks.Add(mark) : marks.SetItem(index, mark);
    }

    public static ConflictVersion Version(EventMeta meta, FieldValue? value, string op) =>
        new(meta.Seq, value, meta.User, meta.Origin!.Value.Replica, meta.At, meta.AtSent, op);

    public static ConflictVersion Version(RegisterEntry entry, string op) =>
        new(entry.Seq, entry.Value, entry.UserId, entry.Origin.Replica, entry.At, entry.AtSent, op);

    /// <summary>The id of the record that a change makes on its own task.</summary>
    public static ConflictId IdOf(TaskCommand.Apply command, string kind) => DerivedIds.Conflict(command.Organization, command.Seq, kind);

    /// <summary>The record of two concurrent versions of a field: a new one, or the one that the same two replicas made just now.</summary>
    public static ConflictNote Pair(
        TaskCommand.Apply command, TaskMerge merge, string kind, string? field, bool open, string rule, params ConflictVersion[] versions) =>
        Pair(command, merge, new ConflictNote(IdOf(command, kind), kind, command.Subject, field, open, [.. versions.OrderBy(v => v.Seq)], rule));

    /// <summary>The record, or the one that the same two replicas made just now with its versions.</summary>
    public static ConflictNote Pair(TaskCommand.Apply command, TaskMerge merge, ConflictNote fresh)
    {
        var replicas = fresh.Versions.Select(v => v.Replica).ToHashSet();
        var joined = merge.Conflicts.LastOrDefault(mark =>
            mark.Note.Kind == fresh.Kind && mark.Note.Field == fresh.Field && mark.Note.ResolvedBy is null
            && command.Now - mark.LastOverlap < JoinWithin
            && mark.Note.Versions.Select(v => v.Replica).ToHashSet().SetEquals(replicas))?.Note;
        return joined is null ? fresh : joined with
        {
            Open = joined.Open || fresh.Open,
            Versions = Join(joined.Versions, fresh.Versions),
            Merged = fresh.Merged,
        };
    }

    /// <summary>
    /// The record of a delete and the edits that it had not seen, or that had not seen it: one for each delete. What joins a record that
    /// somebody closed opens it again: whoever decided did not know of it.
    /// </summary>
    public static ConflictNote DeletedEdited(ConflictId id, TaskId task, TaskMerge merge, ConflictVersion delete, params ConflictVersion[] edits)
    {
        var joined = merge.Conflicts.LastOrDefault(mark =>
            mark.Note.Kind == ConflictKinds.DeletedEdited && mark.Note.Versions.Any(v => v.Seq == delete.Seq))?.Note;
        var note = joined ?? new ConflictNote(id, ConflictKinds.DeletedEdited, task, null, true, [], ConflictRules.StaysDeleted);
        return note with { Open = true, Versions = Join(note.Versions, [delete, .. edits]) };
    }

    /// <summary>Whoever brings a task back, by whatever change, has answered whether it stays deleted.</summary>
    public static ImmutableArray<TaskEvent> Answered(TaskMerge merge, EventMeta meta, TaskId task, ConflictId? but = null) =>
    [
        .. merge.Conflicts.Select(mark => mark.Note)
            .Where(note => note is { Kind: ConflictKinds.DeletedEdited, Open: true } && note.Id != but)
            .Select(note => new TaskEvent.ConflictRecorded(meta, task, note with
            {
                Open = false,
                ResolvedBy = new ConflictResolution(meta.Seq, meta.User, null, Lifecycle.Standing, meta.Time),
            })),
    ];

    /// <summary>What a replica's edit looks like in a conflict with a delete; null for an event that is no edit of the task.</summary>
    public static Touch? TouchOf(TaskEvent e)
    {
        if (e.Meta.Origin is not { } origin || Summary(e) is not { } summary) return null;
        return new Touch(e.Meta.Seq, origin.N, Version(e.Meta, summary.Value, summary.Op));
    }

    /// <summary>An edit's content as a version shows it.</summary>
    public static (FieldValue Value, string Op)? Summary(TaskEvent e) => e switch
    {
        TaskEvent.Created x => (Of(Fields.Title, x.Values.Title), "create"),
        TaskEvent.FieldSet x => (Of(x.Field, x.Value), "set"),
        TaskEvent.TextEdited x => (Of(x.Field, string.Concat(x.Sent.Components.Select(c => c.Text ?? ""))), "text"),
        TaskEvent.ValueAdded x => (Of(x.Field, x.Value), "add"),
        TaskEvent.ValueRemoved x => (Of(x.Field, x.Value), "remove"),
        TaskEvent.Commented x => (Of("comment", x.Body), "comment"),
        TaskEvent.CommentEdited x => (Of("comment", x.Body), "editComment"),
        TaskEvent.CommentDeleted x => (Of("comment", x.Comment.ToString()), "deleteComment"),
        TaskEvent.Attached x => (Of("attachment", x.Attachment.Id.ToString()), "attach"),
        TaskEvent.Detached x => (Of("attachment", x.Attachment.ToString()), "detach"),
        TaskEvent.ConflictResolved { Write: { Field: { } field } write } => (Of(field, write.Value), "resolve"),
        TaskEvent.ConflictResolved { Effect: ResolveEffect.Edited edited, Note.Field: { } field } =>
            (Of(field, string.Concat(edited.Edit.Components.Select(c => c.Text ?? ""))), "resolve"),
        _ => null,
    };

    private static FieldValue Of(string what, string text)
    {
        var cut = text.Length <= SummaryLength ? text : text[..(char.IsHighSurrogate(text[SummaryLength - 1]) ? SummaryLength - 1 : SummaryLength)] + "…";
        return Of(what, FieldValue.Of(cut));
    }

    private static FieldValue Of(string what, FieldValue? value) =>
        FieldValue.From(JsonElement.Parse($"{{\"field\":{FieldValue.Of(what).Json},\"value\":{value?.Json ?? "null"}}}"))!;

    private static ImmutableArray<ConflictVersion> Join(ImmutableArray<ConflictVersion> known, IEnumerable<ConflictVersion> added) =>
        [.. known.Concat(added.Where(v => known.All(k => k.Seq != v.Seq))).OrderBy(v => v.Seq)];
}

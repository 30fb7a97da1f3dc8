using System.Text;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Domain.Tasks;

/// <summary>Edits of a task's texts: brought into the server's order, edit by edit (PROTOCOL §4).</summary>
public static class TaskTexts
{
    internal static Decision<TaskEvent> Edit(TaskState.Present state, TaskCommand.Apply apply, ChangeBody.Text text)
    {
        var meta = TaskDecider.MetaOf(apply);
        if (!Causality.Covers(apply.Change.Clock, apply.Origin, state.Merge.CreatedSeq, state.Merge.CreatedBy))
            return TaskDecider.Reject(Codes.Invalid, "the clock does not cover the task's creation");

        var history = state.TextOf(text.Field);
        var integration = TextMerge.Integrate(history.Entries, apply.Origin, apply.Change.Clock, text.Edit);
        var before = state.Line.TextOf(text.Field);
        if (!TextEdits.TryApply(before, integration.Applied, out var after))
            return TaskDecider.Reject(Codes.Invalid, "the edit reaches past the end of the text that its author saw");
        if (TooLong(history, apply, text, after) is { } fault) return TaskDecider.Reject(Codes.Invalid, fault);

        var own = new TaskEvent.TextEdited(meta, text.Task, text.Field, text.Edit, integration.Applied);
        if (integration.Overlaps.Length == 0) return TaskDecider.Accept(own);
        return TaskDecider.Accept(own, new TaskEvent.ConflictRecorded(meta, text.Task, Overlap(state, apply, text, integration, before, after)));
    }

    /// <summary>The entries that an edit needs; null where the history at hand reaches far enough back.</summary>
    public static long? NeedsSince(TaskState.Present state, TaskCommand.Apply apply)
    {
        if (apply.Change.Body is not ChangeBody.Text text) return null;
        var history = state.TextOf(text.Field);
        var from = TextMerge.NeedsFrom(history.Entries, apply.Origin, apply.Change.Clock);
        // Nothing of a text is older than its task.
        var since = Math.Max(from, state.Merge.CreatedSeq);
        return since < history.Since ? since : null;
    }

    /// <summary>The limits hold for what the author saw plus the edit: what others wrote meanwhile does not count against anybody.</summary>
    private static string? TooLong(TextHistory history, TaskCommand.Apply apply, ChangeBody.Text text, string after)
    {
        var bytes = Encoding.UTF8.GetByteCount(after);
        if (bytes > Limits.MergedText) return $"the merged text would be longer than {Limits.MergedText} bytes";
        var limit = text.Field == Fields.Title ? Limits.Title : Limits.Description;
        if (bytes <= limit) return null;
        var others = history.Entries
            .Where(entry => !Causality.Covers(apply.Change.Clock, apply.Origin, entry.Seq, entry.Origin))
            .Sum(entry => entry.Applied.Components.Sum(c => Encoding.UTF8.GetByteCount(c.Text ?? "")));
        return bytes - others > limit ? $"'{text.Field}' would be longer than {limit} bytes" : null;
    }

    private static ConflictNote Overlap(
        TaskState.Present state, TaskCommand.Apply apply, ChangeBody.Text text, TextIntegration integration, string before, string after)
    {
        var meta = TaskDecider.MetaOf(apply);
        var history = state.TextOf(text.Field);
        var overlap = integration.Overlaps[^1];
        var entry = history.Entries.Last(e => e.Seq == overlap.Seq);
        var theirs = Theirs(state, entry, FieldValue.Of(before));
        var mine = TaskConflicts.Version(meta, FieldValue.Of(after), "text");
        return TaskConflicts.Pair(apply, state.Merge, ConflictKinds.TextOverlap, text.Field, integration.Overlaps.Any(o => o.Open),
            ConflictRules.Transformed, theirs, mine);
    }

    /// <summary>A replica has one user, and the last edit of each is known: that says whose an entry is.</summary>
    private static ConflictVersion Theirs(TaskState.Present state, TextLogEntry entry, FieldValue text)
    {
        var replica = entry.Origin?.Replica ?? state.Merge.CreatedBy.Replica;
        return state.Merge.Touches[replica].Version with { Seq = entry.Seq, Value = text, Op = "text" };
    }
}

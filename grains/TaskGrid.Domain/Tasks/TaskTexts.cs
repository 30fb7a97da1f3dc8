using System.Text;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Domain.Tasks;

/// <summary>Edits of a task's texts: brought into the server's order, edit by edit (PROTOCOL §4).</summary>
public static class TaskTexts
{
    private const int EntriesKept = 1024;

    /// <summary>The state without the oldest text entries where there are many: they are in the log, and few edits need them.</summary>
    public static TaskState Trimmed(TaskState state) => state is TaskState.Present present
        && present.Texts.Values.Any(history => history.Entries.Count > 2 * EntriesKept)
            ? present with { Texts = present.Texts.SetItems(present.Texts.Select(pair => KeyValuePair.Create(pair.Key, Trimmed(pair.Value)))) }
            : state;

    private static TextHistory Trimmed(TextHistory history)
    {
        var surplus = history.Entries.Count - EntriesKept;
        return surplus <= EntriesKept
            ? history
            : history with { Since = history.Entries[surplus - 1].Seq, Entries = history.Entries.RemoveRange(0, surplus) };
    }

    /// <summary>Where the history at hand does not reach far enough back for an edit: the seq above which entries are needed. Else null.</summary>
    public static long? NeedsSince(TaskState.Present state, TaskCommand.Apply apply)
    {
        if (apply.Change.Body is not ChangeBody.Text text) return null;
        var history = state.TextOf(text.Field);
        var from = TextMerge.NeedsFrom(history.Entries, apply.Origin, apply.Change.Clock, BranchOf(history, apply));
        // Nothing of a text is older than its task.
        var since = Math.Max(from, state.Merge.CreatedSeq);
        return since < history.Since ? since : null;
    }

    internal static Decision<TaskEvent> Edit(TaskState.Present state, TaskCommand.Apply apply, ChangeBody.Text text)
    {
        if (!Causality.Covers(apply.Change.Clock, apply.Origin, state.Merge.CreatedSeq, state.Merge.CreatedBy))
            return TaskDecider.Reject(Codes.Invalid, "the clock does not cover the task's creation");
        var history = state.TextOf(text.Field);
        var now = state.Line.TextOf(text.Field);
        var view = TextMerge.ViewOf(history.Entries, apply.Origin, apply.Change.Clock, BranchOf(history, apply));
        var seen = view.Seen(now) ?? now;
        if (!TextEdits.TryApply(seen, text.Edit, out var wanted))
            return TaskDecider.Reject(Codes.Invalid, "the edit reaches past the end of the text that its author saw");

        var integration = view.Integrate(text.Edit, seen);
        var merged = TextEdits.Apply(now, integration.Applied);
        if (TooLong(text.Field, wanted, merged) is { } fault) return TaskDecider.Reject(Codes.Invalid, fault);
        var meta = TaskDecider.MetaOf(apply);
        var own = new TaskEvent.TextEdited(meta, text.Task, text.Field, text.Edit, integration.Applied, TextEdits.Removed(now, integration.Applied))
        {
            Branch = integration.Cache,
        };
        return integration.Overlaps.IsEmpty
            ? TaskDecider.Accept(own)
            : TaskDecider.Accept(own, new TaskEvent.ConflictRecorded(meta, text.Task, Overlap(state, apply, text, integration, merged)));
    }

    private static TextBranchCache? BranchOf(TextHistory history, TaskCommand.Apply apply) =>
        history.Branches.GetValueOrDefault(apply.Author.Replica);

    /// <summary>The limits hold for what the author saw plus the edit: what others wrote meanwhile counts against nobody.</summary>
    private static string? TooLong(string field, string wanted, string merged)
    {
        if (Encoding.UTF8.GetByteCount(merged) > Limits.MergedText) return $"the merged text would be longer than {Limits.MergedText} bytes";
        var limit = field == Fields.Title ? Limits.Title : Limits.Description;
        return Encoding.UTF8.GetByteCount(wanted) > limit ? $"'{field}' would be longer than {limit} bytes" : null;
    }

    /// <summary>
    /// All three texts are kept: what each of the two made of the text before both, and what the merge made of both. The merged text is
    /// the version of the later edit's place in the log with op <c>merge</c>.
    /// </summary>
    private static ConflictNote Overlap(
        TaskState.Present state, TaskCommand.Apply apply, ChangeBody.Text text, TextIntegration integration, string merged)
    {
        var met = integration.Last!;
        var entry = state.TextOf(text.Field).Entries.Last(e => e.Seq == met.Seq);
        var theirs = Theirs(entry, FieldValue.Of(TextEdits.Apply(met.Before, met.Foreign)));
        var mine = TaskConflicts.Version(TaskDecider.MetaOf(apply), FieldValue.Of(TextEdits.Apply(met.Before, met.Own)), "text");
        var open = integration.Overlaps.Any(o => o.Open);
        return TaskConflicts.Pair(apply, state.Merge, ConflictKinds.TextOverlap, text.Field, open, ConflictRules.Transformed, theirs, mine) with
        {
            Merged = FieldValue.Of(merged),
        };
    }

    /// <summary>The other side as its own event tells it. Every entry of a task's log has an author; only the kernel's tests do without.</summary>
    private static ConflictVersion Theirs(TextLogEntry entry, FieldValue value)
    {
        var by = entry.By ?? throw new InvalidOperationException($"the edit at {entry.Seq} has no author");
        return new ConflictVersion(entry.Seq, value, by.User, by.Replica, by.At, by.AtSent, entry.Origin is null ? "resolve" : "text");
    }
}

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
        if (surplus <= EntriesKept) return history;
        var since = history.Entries[surplus - 1].Seq;
        // A branch holds edits since its base; the entries of all that an author may meet must be at hand, to say whose they are.
        var branches = history.Branches.RemoveRange(history.Branches.Where(branch => branch.Value.Base < since).Select(branch => branch.Key));
        return new TextHistory(since, history.Entries.RemoveRange(0, surplus)) { Branches = branches };
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
        return TaskDecider.Accept([own, .. TaskOverlaps.Recorded(state, apply, text, integration.Overlaps, seq => view.MeetingAt(text.Edit, seen, seq), merged)]);
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
}

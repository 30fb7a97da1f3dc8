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

    /// <summary>Where a field's history at hand does not reach far enough back for a change: the seq above which entries are needed. Else null.</summary>
    public static (string Field, long Since)? NeedsSince(TaskState.Present state, TaskCommand.Apply apply)
    {
        if (FieldOf(state, apply) is not { } field) return null;
        var history = state.TextOf(field);
        var from = TextMerge.NeedsFrom(history.Entries, apply.Origin, SeenBy(history, apply), BranchOf(history, apply));
        // Nothing of a text is older than its task.
        var since = Math.Max(from, state.Merge.CreatedSeq);
        return since < history.Since ? (field, since) : null;
    }

    internal static Decision<TaskEvent> Edit(TaskState.Present state, TaskCommand.Apply apply, ChangeBody.Text text)
    {
        if (!Causality.Covers(apply.Change.Clock, apply.Origin, state.Merge.CreatedSeq, state.Merge.CreatedBy))
            return TaskDecider.Reject(Codes.Invalid, "the clock does not cover the task's creation");
        var history = state.TextOf(text.Field);
        var now = state.Line.TextOf(text.Field);
        var view = TextMerge.ViewOf(history.Entries, apply.Origin, apply.Change.Clock, BranchOf(history, apply));
        if (text.Edit.Reach > view.SeenLength(CodePoints.Count(now)))
            return TaskDecider.Reject(Codes.Invalid, "the edit reaches past the end of the text that its author saw");

        // The text that he saw is put together only where somebody must look at it: it costs every edit that he had not seen.
        var seen = new Lazy<string>(() => view.Seen(now) ?? now);
        var integration = view.Integrate(text.Edit, () => seen.Value);
        var merged = TextEdits.Apply(now, integration.Applied);
        if (TooLong(text, view.SeenUnitsAtMost(now.Length), seen, merged) is { } fault) return TaskDecider.Reject(Codes.Invalid, fault);
        var meta = TaskDecider.MetaOf(apply);
        var own = new TaskEvent.TextEdited(meta, text.Task, text.Field, text.Edit, integration.Applied, TextEdits.Removed(now, integration.Applied))
        {
            Branch = integration.Cache,
        };
        return TaskDecider.Accept([own, .. TaskOverlaps.Recorded(state, apply, text.Field, integration.Overlaps, seq => view.MeetingAt(text.Edit, seen.Value, seq), merged)]);
    }

    /// <summary>
    /// The edit by which a decision brings a text to what it chose: the difference from the text that its author saw, taken in as any edit
    /// is, so that what others wrote meanwhile stays.
    /// </summary>
    /// <returns>The edit on the text of now, and the records of what it met.</returns>
    internal static (TextEdit Applied, IEnumerable<TaskEvent> Riding) Decide(TaskState.Present state, TaskCommand.Apply apply, string field, string wanted)
    {
        var history = state.TextOf(field);
        var now = state.Line.TextOf(field);
        var view = TextMerge.ViewOf(history.Entries, apply.Origin, SeenBy(history, apply), BranchOf(history, apply));
        var seen = view.Seen(now) ?? now;
        var sent = TextEdit.Between(seen, wanted);
        var integration = view.Integrate(sent, () => seen);
        var merged = TextEdits.Apply(now, integration.Applied);
        return (integration.Applied, TaskOverlaps.Recorded(state, apply, field, integration.Overlaps, seq => view.MeetingAt(sent, seen, seq), merged));
    }

    private static string? FieldOf(TaskState.Present state, TaskCommand.Apply apply) => apply.Change.Body switch
    {
        ChangeBody.Text text => text.Field,
        ChangeBody.Resolve resolve => state.Merge.Conflicts
            .FirstOrDefault(mark => mark.Note.Id == resolve.Conflict && mark.Note.Kind == ConflictKinds.TextOverlap)?.Note.Field,
        _ => null,
    };

    /// <summary>A decision counts as having seen every earlier one of the text: of two at once the later stands whole, and nothing is made of both.</summary>
    private static CausalClock SeenBy(TextHistory history, TaskCommand.Apply apply)
    {
        var clock = apply.Change.Clock;
        return apply.Change.Body is ChangeBody.Resolve && history.Entries.LastOrDefault(entry => entry.Origin is null) is { } decided && decided.Seq > clock.Base
            ? clock.WithBase(decided.Seq)
            : clock;
    }

    private static TextBranchCache? BranchOf(TextHistory history, TaskCommand.Apply apply) =>
        history.Branches.GetValueOrDefault(apply.Author.Replica);

    /// <summary>The limits hold for what the author saw plus the edit: what others wrote meanwhile counts against nobody.</summary>
    private static string? TooLong(ChangeBody.Text text, int seenAtMost, Lazy<string> seen, string merged)
    {
        if (Encoding.UTF8.GetByteCount(merged) > Limits.MergedText) return $"the merged text would be longer than {Limits.MergedText} bytes";
        var limit = text.Field == Fields.Title ? Limits.Title : Limits.Description;
        // A UTF-16 unit is at most three bytes, a code point at most two units: most texts are far from the limit, and need not be looked at.
        if (3L * (seenAtMost + 2L * text.Edit.Inserted) <= limit) return null;
        return Encoding.UTF8.GetByteCount(TextEdits.Apply(seen.Value, text.Edit)) > limit ? $"'{text.Field}' would be longer than {limit} bytes" : null;
    }
}

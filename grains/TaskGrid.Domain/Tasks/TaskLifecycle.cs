using System.Collections.Immutable;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Domain.Tasks;

/// <summary>Delete and restore: one register; what goes along or comes back was settled by the organization.</summary>
internal static class TaskLifecycle
{
    public static Decision<TaskEvent> Delete(TaskState.Present state, TaskCommand.Apply apply)
    {
        var write = Write(state.Merge, apply, Lifecycle.Deleted);
        var meta = TaskDecider.MetaOf(apply) with { At = write.Entry.At };
        var removed = (Settlement.Removed)apply.Settlement!;
        var applied = write.Applied && !state.Line.Deleted;
        var own = new TaskEvent.Deleted(meta, apply.Subject, applied, removed.Taken, removed.Top);
        var unseen = applied ? UnseenEdits(state, apply) : [];
        if (unseen.Length == 0) return TaskDecider.Accept(own);
        var note = TaskConflicts.DeletedEdited(apply, state.Merge, TaskConflicts.Version(meta, null, "delete"), [.. unseen]);
        return TaskDecider.Accept(own, new TaskEvent.ConflictRecorded(meta, apply.Subject, note));
    }

    public static Decision<TaskEvent> Restore(TaskState.Present state, TaskCommand.Apply apply)
    {
        var write = Write(state.Merge, apply, Lifecycle.Standing);
        var meta = TaskDecider.MetaOf(apply) with { At = write.Entry.At };
        var back = (Settlement.BroughtBack)apply.Settlement!;
        var applied = write.Applied && state.Line.Deleted;
        var own = new TaskEvent.Restored(meta, apply.Subject, applied, back.Back, back.ParentCleared);
        return applied && Answered(state, apply, meta) is { } note
            ? TaskDecider.Accept(own, new TaskEvent.ConflictRecorded(meta, apply.Subject, note))
            : TaskDecider.Accept(own);
    }

    public static RegisterWrite Write(TaskMerge merge, TaskCommand.Apply apply, FieldValue value)
    {
        var meta = TaskDecider.MetaOf(apply);
        return merge.Lifecycle.Write(new RegisterEntry(meta.Seq, apply.Origin, meta.At, meta.AtSent, meta.User, value), apply.Change.Clock);
    }

    /// <summary>The delete that made this a tombstone, if the author had not seen it.</summary>
    public static ConflictVersion? UnseenDelete(TaskState.Present state, TaskCommand.Apply apply)
    {
        if (state.Merge.DeletedBy is not { } delete) return null;
        // The delete's number is not kept; its replica says enough, for a replica's later changes always cover its earlier ones.
        var seen = delete.Seq <= apply.Change.Clock.Base || delete.Replica == apply.Author.Replica;
        return seen ? null : delete;
    }

    private static ImmutableArray<ConflictVersion> UnseenEdits(TaskState.Present state, TaskCommand.Apply apply) =>
    [
        .. state.Merge.Touches
            .Where(touch => !Causality.Covers(apply.Change.Clock, apply.Origin, touch.Value.Seq, new Origin(touch.Key, touch.Value.N)))
            .Select(touch => touch.Value.Version)
            .OrderBy(version => version.Seq),
    ];

    /// <summary>Who restores a task whose delete is in question has answered the question.</summary>
    private static ConflictNote? Answered(TaskState.Present state, TaskCommand.Apply apply, EventMeta meta) =>
        state.Merge.Conflicts.LastOrDefault(mark => mark.Note is { Kind: ConflictKinds.DeletedEdited, Open: true })?.Note is { } note
            ? note with { Open = false, ResolvedBy = new ConflictResolution(apply.Seq, apply.Author.User, null, Lifecycle.Standing, meta.Time) }
            : null;
}

using System.Collections.Immutable;
using System.Diagnostics;
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
        return applied
            ? TaskDecider.Accept([own, .. Unseen(state, meta, TaskConflicts.IdOf(apply, ConflictKinds.DeletedEdited))])
            : TaskDecider.Accept(own);
    }

    public static Decision<TaskEvent> Restore(TaskState.Present state, TaskCommand.Apply apply)
    {
        var write = Write(state.Merge, apply, Lifecycle.Standing);
        var meta = TaskDecider.MetaOf(apply) with { At = write.Entry.At };
        var back = (Settlement.BroughtBack)apply.Settlement!;
        var applied = write.Applied && state.Line.Deleted;
        var own = new TaskEvent.Restored(meta, apply.Subject, applied, back.Back, back.ParentCleared);
        return applied ? TaskDecider.Accept([own, .. TaskConflicts.Answered(state.Merge, meta, apply.Subject)]) : TaskDecider.Accept(own);
    }

    /// <summary>A change of another task reaches this one: a delete above it that had not seen an edit of it is a conflict here.</summary>
    public static Decision<TaskEvent> Follow(TaskState.Present state, TaskCommand.Follow follow)
    {
        var (meta, task) = (follow.Meta, state.Line.Id);
        return follow.Cascade switch
        {
            Cascade.TakeAlong => TaskDecider.Accept([new TaskEvent.TakenAlong(meta, task, follow.By), .. Unseen(state, meta, follow.IdOf(ConflictKinds.DeletedEdited, task))]),
            Cascade.GoToTop => TaskDecider.Accept(new TaskEvent.WentToTop(meta, task, follow.By), Orphaned(state, follow)),
            Cascade.ComeBack => TaskDecider.Accept([new TaskEvent.CameBack(meta, task, follow.By), .. TaskConflicts.Answered(state.Merge, meta, task)]),
            _ => throw new UnreachableException(follow.Cascade.ToString()),
        };
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
        // States from before numbers were kept say only which replica it was, which is enough but for forks.
        var from = state.Merge.DeletedFrom ?? new Origin(delete.Replica, 0);
        return Causality.Covers(apply.Change.Clock, apply.Origin, delete.Seq, from) ? null : delete;
    }

    /// <summary>The record of a delete and the edits of this task that it had not seen, the last of each replica; nothing if it had seen all.</summary>
    public static ImmutableArray<TaskEvent> Unseen(TaskState.Present state, EventMeta delete, ConflictId id)
    {
        var edits = state.Merge.Touches
            .Where(touch => !Causality.Covers(delete.Clock!, delete.Origin!.Value, touch.Value.Seq, new Origin(touch.Key, touch.Value.N)))
            .Select(touch => touch.Value.Version)
            .ToArray();
        if (edits.Length == 0) return [];
        var note = TaskConflicts.DeletedEdited(id, state.Line.Id, state.Merge, TaskConflicts.Version(delete, null, "delete"), edits);
        return [new TaskEvent.ConflictRecorded(delete, state.Line.Id, note)];
    }

    /// <summary>The record that the subtask's create or move would have made, had it come after the delete.</summary>
    private static TaskEvent.ConflictRecorded Orphaned(TaskState.Present state, TaskCommand.Follow follow)
    {
        var place = state.Merge.Registers[Fields.Parent].Current!;
        var note = new ConflictNote(follow.IdOf(ConflictKinds.Orphaned, state.Line.Id), ConflictKinds.Orphaned, state.Line.Id, Fields.Parent, false,
            [TaskConflicts.Version(place, TaskRegisters.OpOf(state, place))], ConflictRules.ToTop);
        return new TaskEvent.ConflictRecorded(follow.Meta, state.Line.Id, note);
    }
}

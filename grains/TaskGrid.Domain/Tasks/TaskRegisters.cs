using System.Collections.Immutable;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Domain.Tasks;

/// <summary>Writes of a task's registers: covers the current writer, or has the higher (at, replica), and wins; both versions are kept.</summary>
public static class TaskRegisters
{
    internal static Decision<TaskEvent> Set(TaskState.Present state, TaskCommand.Apply apply, ChangeBody.Set set)
    {
        var meta = TaskDecider.MetaOf(apply);
        var placed = apply.Settlement as Settlement.Placed;
        if (placed?.Outcome == Placement.Loop) return Loop(state, apply, set, meta);

        var write = Write(state.Merge, set.Field, meta, set.Value);
        var adjusted = meta with { At = write.Entry.At };
        var orphaned = placed?.Outcome == Placement.Orphaned;
        ImmutableArray<TaskId> back = placed?.Restored ?? [];
        var own = new TaskEvent.FieldSet(adjusted, set.Task, set.Field, set.Value, write.Applied, orphaned, false, back);
        var riding = ImmutableArray.CreateBuilder<TaskEvent>();
        if (orphaned)
            riding.Add(Recorded(adjusted, set.Task, TaskConflicts.Pair(apply, state.Merge, ConflictKinds.Orphaned,
                set.Field, false, ConflictRules.ToTop, TaskConflicts.Version(write.Entry, set.Op))));
        if (write.Rival is { } rival && set.Field != Fields.Order)
            riding.Add(Recorded(adjusted, set.Task, Concurrent(state, state.Merge, apply, set.Field, write.Entry, set.Op, rival)));
        if (back.Contains(set.Task)) riding.AddRange(TaskConflicts.Answered(state.Merge, adjusted, set.Task));
        return TaskDecider.Accept([own, .. riding]);
    }

    /// <summary>The register of which a change may cover steps that are not at hand, but in the log; else null.</summary>
    public static string? NeedsOlder(TaskState.Present state, TaskCommand.Apply apply)
    {
        var field = apply.Change.Body switch
        {
            ChangeBody.Set set => set.Field,
            ChangeBody.Resolve resolve => state.Merge.Conflicts.FirstOrDefault(mark => mark.Note.Id == resolve.Conflict)?.Note.Field,
            _ => null,
        };
        return field is not null && state.Merge.Registers.GetValueOrDefault(field)?.NeedsOlder(apply.Change.Clock, apply.Origin) == true ? field : null;
    }

    internal static RegisterWrite Write(TaskMerge merge, string field, EventMeta meta, FieldValue? value) =>
        (merge.Registers.GetValueOrDefault(field) ?? Register.Empty)
        .Write(new RegisterEntry(meta.Seq, meta.Origin!.Value, meta.At, meta.AtSent, meta.User, value), meta.Clock!);

    /// <summary>The record of a write and the one that it met.</summary>
    internal static ConflictNote Concurrent(
        TaskState.Present state, TaskMerge merge, TaskCommand.Apply apply, string field, RegisterEntry mine, string op, RegisterEntry theirs)
    {
        var reassigned = field == Fields.Assignee;
        return TaskConflicts.Pair(apply, merge, reassigned ? ConflictKinds.Reassigned : ConflictKinds.Register, field, reassigned,
            ConflictRules.LaterStamp, TaskConflicts.Version(theirs, OpOf(state, theirs)), TaskConflicts.Version(mine, op));
    }

    /// <summary>The op that wrote an entry, as far as the task knows.</summary>
    internal static string OpOf(TaskState.Present state, RegisterEntry entry) =>
        entry.Seq == state.Merge.CreatedSeq ? "create"
        : state.Merge.Conflicts.Any(mark => mark.Note.ResolvedBy?.Seq == entry.Seq) ? "resolve"
        : "set";

    private static Decision<TaskEvent> Loop(TaskState.Present state, TaskCommand.Apply apply, ChangeBody.Set set, EventMeta meta)
    {
        var own = new TaskEvent.FieldSet(meta, set.Task, set.Field, set.Value, false, false, true, []);
        var note = TaskConflicts.Pair(apply, state.Merge, ConflictKinds.Cycle, set.Field, false, ConflictRules.FirstMoveStands,
            TaskConflicts.Version(meta, set.Value, set.Op));
        return TaskDecider.Accept(own, Recorded(meta, set.Task, note));
    }

    private static TaskEvent.ConflictRecorded Recorded(EventMeta meta, TaskId task, ConflictNote note) => new(meta, task, note);
}

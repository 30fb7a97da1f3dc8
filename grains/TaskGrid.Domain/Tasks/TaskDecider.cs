using System.Collections.Immutable;
using System.Diagnostics;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Domain.Tasks;

/// <summary>Decides what a change does to a task. Static, total, pure: everything that it needs to know comes in as data.</summary>
public static class TaskDecider
{
    /// <summary>Decides a command on a task.</summary>
    public static Decision<TaskEvent> Decide(TaskState state, TaskCommand command) => (state, command) switch
    {
        (TaskState.Absent, TaskCommand.Apply { Change.Body: ChangeBody.Create create } apply) => Create(apply, create),
        (TaskState.Absent, TaskCommand.Apply) => Reject(Codes.Unknown, "there is no such task"),
        (TaskState.Absent, TaskCommand.Follow) => Accept(),
        (TaskState.Present, TaskCommand.Apply { Change.Body: ChangeBody.Create }) => Reject(Codes.Exists, "the task was created before"),
        (TaskState.Present present, TaskCommand.Apply apply) => Apply(present, apply),
        (TaskState.Present present, TaskCommand.Follow follow) => TaskLifecycle.Follow(present, follow),
        _ => throw new UnreachableException($"{command.GetType().Name} on {state.GetType().Name}"),
    };

    private static Decision<TaskEvent> Create(TaskCommand.Apply apply, ChangeBody.Create create)
    {
        var meta = MetaOf(apply);
        var orphaned = apply.Settlement is Settlement.Placed { Outcome: Placement.Orphaned };
        var created = new TaskEvent.Created(meta, create.Task, create.Values, orphaned);
        if (!orphaned) return Accept(created);
        var version = TaskConflicts.Version(meta, create.Values.Registers[Fields.Parent], create.Op);
        var note = new ConflictNote(DerivedIds.Conflict(apply.Organization, apply.Seq, ConflictKinds.Orphaned), ConflictKinds.Orphaned,
            create.Task, Fields.Parent, false, [version], ConflictRules.ToTop);
        return Accept(created, new TaskEvent.ConflictRecorded(meta, create.Task, note));
    }

    private static Decision<TaskEvent> Apply(TaskState.Present state, TaskCommand.Apply apply) => apply.Change.Body switch
    {
        ChangeBody.Set set => Edited(state, apply, TaskRegisters.Set(state, apply, set)),
        ChangeBody.Text text => Edited(state, apply, TaskTexts.Edit(state, apply, text)),
        ChangeBody.Add add => Edited(state, apply, Accept(new TaskEvent.ValueAdded(MetaOf(apply), add.Task, add.Field, add.Value))),
        ChangeBody.Remove remove => Edited(state, apply, Remove(state, apply, remove)),
        ChangeBody.Comment comment => Edited(state, apply, TaskComments.Add(state, apply, comment)),
        ChangeBody.EditComment edit => Edited(state, apply, TaskComments.Edit(state, apply, edit)),
        ChangeBody.DeleteComment delete => Edited(state, apply, TaskComments.Delete(state, apply, delete)),
        ChangeBody.Attach attach => Edited(state, apply, TaskComments.Attach(state, apply, attach)),
        ChangeBody.Detach detach => Edited(state, apply, TaskComments.Detach(state, apply, detach)),
        ChangeBody.Delete => TaskLifecycle.Delete(state, apply),
        ChangeBody.Restore => TaskLifecycle.Restore(state, apply),
        ChangeBody.Resolve resolve => Edited(state, apply, TaskResolves.Resolve(state, apply, resolve)),
        var other => throw new UnreachableException($"{other.Op} is not of a task"),
    };

    /// <summary>An edit of a tombstone that had not seen the delete is a conflict; it is applied all the same.</summary>
    private static Decision<TaskEvent> Edited(TaskState.Present state, TaskCommand.Apply apply, Decision<TaskEvent> decision)
    {
        if (decision is not Decision<TaskEvent>.Accepted accepted || TaskLifecycle.UnseenDelete(state, apply) is not { } delete) return decision;
        if (accepted.Events.Any(e => e is TaskEvent.FieldSet moved && moved.Back.Contains(moved.Task))) return decision;
        if (TaskConflicts.TouchOf(accepted.Events[0]) is not { } touch) return decision;
        var note = TaskConflicts.DeletedEdited(TaskConflicts.IdOf(apply, ConflictKinds.DeletedEdited), apply.Subject, state.Merge, delete, touch.Version);
        return Accept([.. accepted.Events, new TaskEvent.ConflictRecorded(MetaOf(apply), apply.Subject, note)]);
    }

    private static Decision<TaskEvent> Remove(TaskState.Present state, TaskCommand.Apply apply, ChangeBody.Remove remove)
    {
        var set = state.Merge.Sets.GetValueOrDefault(remove.Field) ?? ObservedSet.Empty;
        var gone = set.Remove(remove.Value, apply.Origin, apply.Change.Clock).Gone;
        return Accept(new TaskEvent.ValueRemoved(MetaOf(apply), remove.Task, remove.Field, remove.Value, gone));
    }

    /// <summary>The facts of a change; its stamp held where it runs ahead of the server.</summary>
    internal static EventMeta MetaOf(TaskCommand.Apply apply) => new(
        apply.Seq, apply.Origin, apply.Author.User, apply.Now,
        StampAdjust.Hold(apply.Change.At, apply.Now.ToUnixTimeMilliseconds()), apply.Change.At, apply.Change.Clock);

    internal static Decision<TaskEvent> Accept(params ImmutableArray<TaskEvent> events) => new Decision<TaskEvent>.Accepted(events);

    internal static Decision<TaskEvent> Reject(string code, string detail) => new Decision<TaskEvent>.Rejected(new Rejection(code, detail));
}

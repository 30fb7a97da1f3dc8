using System.Collections.Immutable;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Domain.Tasks;

/// <summary>
/// A person decides a conflict: an ordinary change, so two deciding at once are decided like any two writers, and a later other choice
/// flips it.
/// </summary>
internal static class TaskResolves
{
    public static Decision<TaskEvent> Resolve(TaskState.Present state, TaskCommand.Apply apply, ChangeBody.Resolve resolve)
    {
        if (state.Merge.Conflicts.FirstOrDefault(mark => mark.Note.Id == resolve.Conflict)?.Note is not { } note)
            return TaskDecider.Reject(Codes.Unknown, "there is no such conflict");
        var chosen = note.Versions.FirstOrDefault(v => v.Seq == resolve.Choice);
        if (resolve.Choice is not null && chosen is null)
            return TaskDecider.Reject(Codes.Invalid, "the conflict has no version with that seq");
        var value = chosen is null ? resolve.Value : chosen.Value;
        return note.Kind switch
        {
            ConflictKinds.DeletedEdited => DeleteOrRestore(state, apply, resolve, note),
            ConflictKinds.TextOverlap => ReplaceText(state, apply, resolve, note, value),
            _ => WriteRegister(state, apply, resolve, note, value),
        };
    }

    private static Decision<TaskEvent> WriteRegister(
        TaskState.Present state, TaskCommand.Apply apply, ChangeBody.Resolve resolve, ConflictNote note, FieldValue? value)
    {
        var field = note.Field!;
        if (FieldRules.Fault(field, value) is { } fault) return TaskDecider.Reject(Codes.Invalid, fault);
        var write = TaskRegisters.Write(state.Merge, field, TaskDecider.MetaOf(apply), value);
        var meta = TaskDecider.MetaOf(apply) with { At = write.Entry.At };
        if (apply.Settlement is Settlement.Placed { Outcome: not Placement.AsSent })
            return Accept(meta, apply, resolve, note, new ResolveEffect.None(), null);
        var written = new ResolveWrite(field, value);
        var same = !write.Applied || state.Line[field] == value;
        ResolveEffect effect = same ? new ResolveEffect.None() : new ResolveEffect.Wrote(value);
        return Accept(meta, apply, resolve, write.Applied ? Closed(note, apply, resolve) : note, effect, written, Concurrent(state, apply, note, write));
    }

    /// <summary>A write that the decider had not seen: a disagreement of its own, whichever of the two stands now.</summary>
    private static ImmutableArray<TaskEvent> Concurrent(TaskState.Present state, TaskCommand.Apply apply, ConflictNote decided, RegisterWrite write)
    {
        if (write.Rival is not { } rival) return [];
        var meta = TaskDecider.MetaOf(apply) with { At = write.Entry.At };
        return [new TaskEvent.ConflictRecorded(meta, apply.Subject, TaskRegisters.Concurrent(state, Without(state.Merge, decided), apply, decided.Field!, write.Entry, "resolve", rival))];
    }

    /// <summary>Without the record that is being decided, which a new disagreement does not join.</summary>
    private static TaskMerge Without(TaskMerge merge, ConflictNote decided) =>
        merge with { Conflicts = merge.Conflicts.RemoveAll(mark => mark.Note.Id == decided.Id) };

    private static Decision<TaskEvent> ReplaceText(
        TaskState.Present state, TaskCommand.Apply apply, ChangeBody.Resolve resolve, ConflictNote note, FieldValue? value)
    {
        if (value?.AsText() is not { } wanted) return TaskDecider.Reject(Codes.Invalid, "a text must be chosen or written");
        var limit = note.Field == Fields.Title ? Limits.Title : Limits.Description;
        if (System.Text.Encoding.UTF8.GetByteCount(wanted) > limit && resolve.Choice is null)
            return TaskDecider.Reject(Codes.Invalid, $"'{note.Field}' would be longer than {limit} bytes");
        var now = state.Line.TextOf(note.Field!);
        var (edit, riding) = TaskTexts.Decide(state with { Merge = Without(state.Merge, note) }, apply, note.Field!, wanted);
        ResolveEffect effect = edit.Equals(TextEdit.Empty) ? new ResolveEffect.None() : new ResolveEffect.Edited(edit, TextEdits.Removed(now, edit));
        return Accept(TaskDecider.MetaOf(apply), apply, resolve, Closed(note, apply, resolve), effect, null, [.. riding]);
    }

    private static Decision<TaskEvent> DeleteOrRestore(TaskState.Present state, TaskCommand.Apply apply, ChangeBody.Resolve resolve, ConflictNote note)
    {
        var deletes = apply.Settlement is Settlement.Removed;
        var written = new ResolveWrite(null, deletes ? Lifecycle.Deleted : Lifecycle.Standing);
        var write = TaskLifecycle.Write(state.Merge, apply, written.Value!);
        var meta = TaskDecider.MetaOf(apply) with { At = write.Entry.At };
        if (!write.Applied) return Accept(meta, apply, resolve, note, new ResolveEffect.None(), written);
        (ResolveEffect effect, ImmutableArray<TaskEvent> riding) = apply.Settlement switch
        {
            Settlement.Removed removed when !state.Line.Deleted => (new ResolveEffect.Deleted(removed.Taken, removed.Top),
                TaskLifecycle.Unseen(state, meta, TaskConflicts.IdOf(apply, ConflictKinds.DeletedEdited))),
            Settlement.BroughtBack back when state.Line.Deleted => (new ResolveEffect.Restored(back.Back, back.ParentCleared),
                TaskConflicts.Answered(state.Merge, meta, apply.Subject, but: note.Id)),
            _ => ((ResolveEffect)new ResolveEffect.None(), ImmutableArray<TaskEvent>.Empty),
        };
        return Accept(meta, apply, resolve, Closed(note, apply, resolve), effect, written, riding);
    }

    private static ConflictNote Closed(ConflictNote note, TaskCommand.Apply apply, ChangeBody.Resolve resolve) => note with
    {
        Open = false,
        ResolvedBy = new ConflictResolution(apply.Seq, apply.Author.User, resolve.Choice, resolve.Value, apply.Now),
    };

    private static Decision<TaskEvent> Accept(
        EventMeta meta, TaskCommand.Apply apply, ChangeBody.Resolve resolve, ConflictNote note, ResolveEffect effect,
        ResolveWrite? write, ImmutableArray<TaskEvent> riding = default) =>
        TaskDecider.Accept([new TaskEvent.ConflictResolved(meta, apply.Subject, resolve, note, effect, write), .. riding.IsDefault ? [] : riding]);
}

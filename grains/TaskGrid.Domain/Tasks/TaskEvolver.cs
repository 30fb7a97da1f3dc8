using System.Collections.Immutable;
using System.Diagnostics;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Domain.Tasks;

/// <summary>Folds events into a task's state: the line by the kernel's fold, as every client does, and what merging needs beside it.</summary>
public static class TaskEvolver
{
    /// <summary>The state after an event.</summary>
    public static TaskState Evolve(TaskState state, TaskEvent e) => (state, e) switch
    {
        (TaskState.Absent, TaskEvent.Created created) => Create(created),
        (TaskState.Present present, TaskEvent.ConflictRecorded recorded) => WithMerge(present, Counted(present.Merge) with
        {
            Conflicts = TaskConflicts.Put(present.Merge.Conflicts, new ConflictMark(recorded.Note, recorded.Meta.Time)),
        }),
        (TaskState.Present present, not TaskEvent.Created) => Present(present, e),
        _ => throw new UnreachableException($"{e.GetType().Name} on {state.GetType().Name}"),
    };

    /// <summary>The state after events.</summary>
    public static TaskState Evolve(TaskState state, IEnumerable<TaskEvent> events) => events.Aggregate(state, Evolve);

    private static TaskState.Present Create(TaskEvent.Created e)
    {
        var line = TaskFold.Apply(null, CanonicalChanges.Of(e), e.Task)!;
        var origin = e.Meta.Origin!.Value;
        var merge = new TaskMerge
        {
            Version = 1,
            CreatedSeq = e.Meta.Seq,
            CreatedBy = origin,
            Registers = e.Values.Registers.ToImmutableSortedDictionary(
                pair => pair.Key, pair => Written(Register.Empty, e.Meta, pair.Value, e.ParentCleared && pair.Key == Fields.Parent), StringComparer.Ordinal),
            Sets = Ordinal.Empty<ObservedSet>()
                .Add(Fields.Labels, Filled(e.Values.Labels, e.Meta))
                .Add(Fields.Watchers, Filled(e.Values.Watchers, e.Meta)),
            Touches = Touched(ImmutableSortedDictionary<ReplicaId, Touch>.Empty, e),
        };
        return new TaskState.Present(line, merge);
    }

    private static TaskState.Present Present(TaskState.Present state, TaskEvent e)
    {
        var line = TaskFold.Apply(state.Line, CanonicalChanges.Of(e), e.Task)!;
        var merge = Merge(Counted(state.Merge), e);
        var texts = TextLog.EntryOf(e) is null ? state.Texts : Logged(state, e);
        return new TaskState.Present(line, merge with { Touches = Touched(merge.Touches, e) }) { Texts = texts };
    }

    private static TaskState.Present WithMerge(TaskState.Present state, TaskMerge merge) => state with { Merge = merge };

    private static TaskMerge Counted(TaskMerge merge) => merge with { Version = merge.Version + 1 };

    private static TaskMerge Merge(TaskMerge merge, TaskEvent e) => e switch
    {
        TaskEvent.FieldSet x => FieldSet(merge, x),
        TaskEvent.ValueAdded x => WithSet(merge, x.Field, set => set.Add(x.Value, e.Meta.Seq, e.Meta.Origin!.Value)),
        TaskEvent.ValueRemoved x => WithSet(merge, x.Field, set => set.Remove(x.Value, e.Meta.Origin!.Value, e.Meta.Clock!).Next),
        TaskEvent.CommentEdited x => merge with { Comments = merge.Comments.SetItem(x.Comment, Written(CommentOf(merge, x.Comment), e.Meta, null)) },
        TaskEvent.CommentDeleted x => merge with { Comments = merge.Comments.SetItem(x.Comment, Written(CommentOf(merge, x.Comment), e.Meta, null)) },
        TaskEvent.Deleted x => Deleted(merge, e.Meta, x.Applied),
        TaskEvent.Restored x => Restored(merge, e.Meta, x.Applied, x.ParentCleared),
        TaskEvent.TakenAlong => Tombstone(merge, e.Meta),
        TaskEvent.WentToTop => WithTop(merge),
        TaskEvent.CameBack => Standing(merge),
        TaskEvent.ConflictResolved x => Resolved(merge, x),
        TaskEvent.TextEdited or TaskEvent.Commented or TaskEvent.Attached or TaskEvent.Detached => merge,
        _ => throw new UnreachableException(e.GetType().Name),
    };

    private static TaskMerge FieldSet(TaskMerge merge, TaskEvent.FieldSet e)
    {
        // A move that would make a loop is no write: were it one, a later flip of the other move could not be told from it.
        if (e.Loop) return merge;
        var register = Written(merge.Registers.GetValueOrDefault(e.Field) ?? Register.Empty, e.Meta, e.Value, e.ParentCleared);
        var written = merge with { Registers = merge.Registers.SetItem(e.Field, register) };
        return e.Back.Contains(e.Task) ? Standing(written) : written;
    }

    private static TaskMerge Deleted(TaskMerge merge, EventMeta meta, bool applied)
    {
        var written = merge with { Lifecycle = Written(merge.Lifecycle, meta, Lifecycle.Deleted) };
        return applied ? Tombstone(written, meta) : written;
    }

    private static TaskMerge Restored(TaskMerge merge, EventMeta meta, bool applied, bool parentCleared)
    {
        var written = merge with { Lifecycle = Written(merge.Lifecycle, meta, Lifecycle.Standing) };
        if (applied) written = Standing(written);
        return parentCleared ? WithTop(written) : written;
    }

    private static TaskMerge Tombstone(TaskMerge merge, EventMeta delete) =>
        merge with { DeletedBy = TaskConflicts.Version(delete, null, "delete"), DeletedFrom = delete.Origin };

    private static TaskMerge Standing(TaskMerge merge) => merge with { DeletedBy = null, DeletedFrom = null };

    private static TaskMerge Resolved(TaskMerge merge, TaskEvent.ConflictResolved e)
    {
        var kept = merge.Conflicts.FirstOrDefault(mark => mark.Note.Id == e.Note.Id)?.LastOverlap ?? e.Meta.Time;
        var closed = merge with { Conflicts = TaskConflicts.Put(merge.Conflicts, new ConflictMark(e.Note, kept)) };
        var written = e.Write switch
        {
            null => closed,
            { Field: null } => closed with { Lifecycle = Written(closed.Lifecycle, e.Meta, e.Write.Value) },
            { Field: { } field } => closed with
            {
                Registers = closed.Registers.SetItem(field, Written(closed.Registers.GetValueOrDefault(field) ?? Register.Empty, e.Meta, e.Write.Value)),
            },
        };
        return e.Effect switch
        {
            ResolveEffect.Deleted => Tombstone(written, e.Meta),
            ResolveEffect.Restored { ParentCleared: true } => Standing(WithTop(written)),
            ResolveEffect.Restored => Standing(written),
            _ => written,
        };
    }

    private static TaskMerge WithTop(TaskMerge merge) => merge.Registers.GetValueOrDefault(Fields.Parent) is { } parent
        ? merge with { Registers = merge.Registers.SetItem(Fields.Parent, parent.Override(null)) }
        : merge;

    private static TaskMerge WithSet(TaskMerge merge, string field, Func<ObservedSet, ObservedSet> change) =>
        merge with { Sets = merge.Sets.SetItem(field, change(merge.Sets.GetValueOrDefault(field) ?? ObservedSet.Empty)) };

    private static Register CommentOf(TaskMerge merge, CommentId comment) => merge.Comments.GetValueOrDefault(comment) ?? Register.Empty;

    private static ObservedSet Filled(ImmutableArray<string> values, EventMeta meta) =>
        values.Aggregate(ObservedSet.Empty, (set, value) => set.Add(value, meta.Seq, meta.Origin!.Value));

    /// <summary>The register after this event's write; the stamp in the event is adjusted already, so writing it again gives the same.</summary>
    internal static Register Written(Register register, EventMeta meta, FieldValue? value, bool cleared = false)
    {
        var entry = new RegisterEntry(meta.Seq, meta.Origin!.Value, meta.At, meta.AtSent, meta.User, value);
        var next = register.Write(entry, meta.Clock!).Next;
        return cleared ? next.Override(null) : next;
    }

    private static ImmutableSortedDictionary<ReplicaId, Touch> Touched(ImmutableSortedDictionary<ReplicaId, Touch> touches, TaskEvent e) =>
        TaskConflicts.TouchOf(e) is { } touch ? touches.SetItem(e.Meta.Origin!.Value.Replica, touch) : touches;

    private static ImmutableSortedDictionary<string, TextHistory> Logged(TaskState.Present state, TaskEvent e)
    {
        var (field, entry) = TextLog.EntryOf(e)!.Value;
        var history = state.TextOf(field);
        var branches = e is TaskEvent.TextEdited { Branch: { } branch } ? history.Branches.SetItem(branch.Last.Replica, branch) : history.Branches;
        return state.Texts.SetItem(field, new TextHistory(history.Since, history.Entries.Add(entry)) { Branches = branches });
    }
}

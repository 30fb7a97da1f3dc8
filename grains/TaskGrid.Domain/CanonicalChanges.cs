using System.Collections.Immutable;
using System.Diagnostics;
using TaskGrid.Contracts;
using TaskGrid.Domain.Organizations;
using TaskGrid.Domain.Tasks;

namespace TaskGrid.Domain;

/// <summary>The canonical form of events: what the log says to clients.</summary>
public static class CanonicalChanges
{
    /// <summary>
    /// The canonical change of a change's own event and the conflicts that ride on it, whichever tasks they are on: first its own task's, in
    /// the order in which they were recorded, then those of the tasks that it reached, by id.
    /// </summary>
    public static CanonicalChange Of(TaskEvent own, IEnumerable<TaskEvent.ConflictRecorded> riding)
    {
        var change = Of(own);
        var notes = change.AllConflicts
            .Concat(riding.OrderBy(e => e.Task != own.Task).ThenBy(e => e.Task).Select(e => e.Note))
            .GroupBy(note => note.Id)
            .Select(states => states.Last())
            .ToImmutableArray();
        return notes.IsEmpty ? change : change with { Conflict = notes[0], Conflicts = notes[1..] };
    }

    /// <summary>The canonical change of an event of the organization; null for founding, renaming and closing, which have no place in the log.</summary>
    public static CanonicalChange? Of(OrganizationEvent e) => e switch
    {
        OrganizationEvent.MemberSet member => Change(e.Meta, new ChangeBody.Member(member.Member, member.Name, member.Role), null),
        OrganizationEvent.Defined defined => Change(e.Meta, Taken(defined), defined.Lost.Length > 0 ? LostOf(defined) : null),
        OrganizationEvent.NumberVoided => Change(e.Meta, new ChangeBody.Void(), null),
        OrganizationEvent.UnknownDeleted deleted => Change(e.Meta, new ChangeBody.Delete(deleted.Task), new Effect { Applied = false }),
        OrganizationEvent.Founded or OrganizationEvent.Renamed or OrganizationEvent.Closed => null,
        _ => throw new UnreachableException(e.GetType().Name),
    };

    /// <summary>The change as one task sees it: its own event, or the cascade that reached it.</summary>
    public static CanonicalChange Of(TaskEvent e) => e switch
    {
        TaskEvent.Created x => Change(e.Meta, new ChangeBody.Create(e.Task, x.Values), x.ParentCleared ? new Effect { ParentCleared = true } : null),
        TaskEvent.FieldSet x => Change(e.Meta, new ChangeBody.Set(e.Task, x.Field, x.Value), SetEffect(x)),
        TaskEvent.TextEdited x => Change(e.Meta, new ChangeBody.Text(e.Task, x.Field, x.Applied), null),
        TaskEvent.ValueAdded x => Change(e.Meta, new ChangeBody.Add(e.Task, x.Field, x.Value), null),
        TaskEvent.ValueRemoved x => Change(e.Meta, new ChangeBody.Remove(e.Task, x.Field, x.Value), Unless(x.Applied)),
        TaskEvent.Commented x => Change(e.Meta, new ChangeBody.Comment(e.Task, x.Comment, x.Body, x.Parent), null),
        TaskEvent.CommentEdited x => Change(e.Meta, new ChangeBody.EditComment(e.Task, x.Comment, x.Body), Unless(x.Applied)),
        TaskEvent.CommentDeleted x => Change(e.Meta, new ChangeBody.DeleteComment(e.Task, x.Comment), Unless(x.Applied)),
        TaskEvent.Attached x => Change(e.Meta, x.Attachment, null),
        TaskEvent.Detached x => Change(e.Meta, new ChangeBody.Detach(e.Task, x.Attachment), Unless(x.Applied)),
        TaskEvent.Deleted x => Change(e.Meta, new ChangeBody.Delete(e.Task), DeleteEffect(x)),
        TaskEvent.Restored x => Change(e.Meta, new ChangeBody.Restore(e.Task), RestoreEffect(x)),
        TaskEvent.ConflictResolved x => Change(e.Meta, x.Sent, ResolveEffectOf(e.Task, x.Effect)) with { Conflict = x.Note },
        TaskEvent.TakenAlong x => Change(e.Meta, new ChangeBody.Delete(x.By), new Effect { Deleted = [e.Task] }),
        TaskEvent.WentToTop x => Change(e.Meta, new ChangeBody.Delete(x.By), new Effect { Top = [e.Task] }),
        TaskEvent.CameBack x => Change(e.Meta, new ChangeBody.Restore(x.By), new Effect { Restored = [e.Task] }),
        TaskEvent.ConflictRecorded x => Change(e.Meta, new ChangeBody.Void(), null) with { Conflict = x.Note },
        _ => throw new UnreachableException(e.GetType().Name),
    };

    private static CanonicalChange Change(EventMeta meta, ChangeBody body, Effect? effect) => new(
        meta.Seq, meta.Origin, meta.User, meta.Time, meta.At, meta.AtSent == meta.At ? null : meta.AtSent, meta.Clock, body, effect);

    private static Effect? Unless(bool applied) => applied ? null : new Effect { Applied = false };

    private static Effect? SetEffect(TaskEvent.FieldSet e)
    {
        if (!e.Applied) return new Effect { Applied = false };
        return e.ParentCleared || e.Back.Length > 0 ? new Effect { ParentCleared = e.ParentCleared, Restored = Listed(e.Back) } : null;
    }

    private static Effect? DeleteEffect(TaskEvent.Deleted e)
    {
        if (!e.Applied) return new Effect { Applied = false };
        return e.Taken.Length + e.Top.Length > 0 ? new Effect { Deleted = Listed(e.Taken), Top = Listed(e.Top) } : null;
    }

    private static Effect? RestoreEffect(TaskEvent.Restored e)
    {
        if (!e.Applied) return new Effect { Applied = false };
        return e.ParentCleared || e.Back.Length > 0 ? new Effect { ParentCleared = e.ParentCleared, Restored = Listed(e.Back) } : null;
    }

    /// <summary>A resolve names the task itself too, so that a reader sees from the effect alone whether it was deleted or restored.</summary>
    private static Effect ResolveEffectOf(TaskId task, ResolveEffect effect) => effect switch
    {
        ResolveEffect.None => new Effect { Applied = false },
        ResolveEffect.Wrote wrote => new Effect { HasValue = true, Value = wrote.Value },
        ResolveEffect.Edited edited => new Effect { Edit = edited.Edit },
        ResolveEffect.Deleted deleted => new Effect { Deleted = Listed([task, .. deleted.Taken]), Top = Listed(deleted.Top) },
        ResolveEffect.Restored restored => new Effect { Restored = Listed([task, .. restored.Back]), ParentCleared = restored.ParentCleared },
        _ => throw new UnreachableException(effect.GetType().Name),
    };

    /// <summary>An effect names tasks in order of their ids, not in that of the tree.</summary>
    private static ImmutableArray<TaskId> Listed(ImmutableArray<TaskId> tasks) => tasks.Sort();

    /// <summary>Where some properties lost, the canonical change says only what took effect.</summary>
    private static ChangeBody.Define Taken(OrganizationEvent.Defined e) => e.Sent with { Values = e.Sent.Values.RemoveRange(e.Lost) };

    private static Effect? LostOf(OrganizationEvent.Defined e) => e.Lost.Length == e.Sent.Values.Count ? new Effect { Applied = false } : null;
}

using System.Collections.Immutable;
using System.Diagnostics;
using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>
/// The state of one task after a canonical change. The server and every client fold with the same rules, so whoever has the log up to
/// a seq has the same lines, byte for byte. Nothing is merged here: where the outcome differs from the plain reading, the effect says so.
/// </summary>
public static class TaskFold
{
    /// <summary>The tasks that a change touches, by its op or its effect; each once, the op's own first.</summary>
    public static IReadOnlyList<TaskId> Touches(CanonicalChange change)
    {
        List<TaskId> touched = OwnTask(change) is { } own ? [own] : [];
        if (change.Effect is { } effect)
            touched.AddRange([.. effect.Deleted, .. effect.Top, .. effect.Restored]);
        return touched.Count < 2 ? touched : [.. touched.Distinct()];
    }

    /// <summary>The line of <paramref name="task"/> after the change; the same line if the change does not touch it.</summary>
    /// <param name="line">The line before; null if the task is not there.</param>
    /// <param name="change">The next change of the log.</param>
    /// <param name="task">The task of the line.</param>
    public static TaskLine? Apply(TaskLine? line, CanonicalChange change, TaskId task)
    {
        bool own = OwnTask(change) == task;
        if (own && line is null && change.Body is ChangeBody.Create create)
            return WithEffect(Created(change, create), change, own);
        if (line is null || !(own || Names(change.Effect, task)))
            return line;
        TaskLine touched = line with { Seq = change.Seq, UpdatedAt = WireTime.Truncate(change.Time) };
        if (own && change.Effect is not { Applied: false })
            touched = Plain(touched, change);
        return WithEffect(touched, change, own);
    }

    /// <summary>A resolve names its task through its conflict.</summary>
    private static TaskId? OwnTask(CanonicalChange change) =>
        change.Body is ChangeBody.Resolve ? change.Conflict?.Task : change.Body.TaskOf;

    private static bool Names(Effect? effect, TaskId task) =>
        effect is not null && (effect.Deleted.Contains(task) || effect.Top.Contains(task) || effect.Restored.Contains(task));

    private static TaskLine Created(CanonicalChange change, ChangeBody.Create create) => new()
    {
        Id = create.Task,
        Seq = change.Seq,
        Title = create.Values.Title,
        Description = create.Values.Description,
        Registers = create.Values.Registers,
        Labels = Sorted(create.Values.Labels),
        Watchers = Sorted(create.Values.Watchers),
        CreatedBy = change.User,
        CreatedAt = change.At.Time,
        UpdatedAt = WireTime.Truncate(change.Time),
    };

    /// <summary>The change as its op reads.</summary>
    private static TaskLine Plain(TaskLine line, CanonicalChange change) => change.Body switch
    {
        ChangeBody.Create => line, // the first in the log stands
        ChangeBody.Set set => line.WithRegister(set.Field, change.Effect is { HasValue: true } effect ? effect.Value : set.Value),
        ChangeBody.Text text => line.WithText(text.Field, TextEdits.Apply(line.TextOf(text.Field), text.Edit)),
        ChangeBody.Add add => WithSet(line, add.Field, [.. SetOf(line, add.Field), add.Value]),
        ChangeBody.Remove remove => WithSet(line, remove.Field, SetOf(line, remove.Field).Remove(remove.Value)),
        ChangeBody.Comment or ChangeBody.EditComment or ChangeBody.DeleteComment => line with { Comments = CommentFold.Apply(line.Comments, change) },
        ChangeBody.Attach or ChangeBody.Detach => line with { Attachments = AttachmentFold.Apply(line.Attachments, change) },
        ChangeBody.Delete => line with { Deleted = true },
        ChangeBody.Restore => line with { Deleted = false },
        ChangeBody.Resolve => Resolved(line, change),
        _ => throw new UnreachableException(change.Body.GetType().Name),
    };

    /// <summary>A resolve does only what its effect says, to the field of its conflict.</summary>
    private static TaskLine Resolved(TaskLine line, CanonicalChange change)
    {
        if (change.Effect is not { } effect || change.Conflict?.Field is not { } field)
            return line;
        if (effect.Edit is { } edit)
            return line.WithText(field, TextEdits.Apply(line.TextOf(field), edit));
        return effect.HasValue ? line.WithRegister(field, effect.Value) : line;
    }

    private static TaskLine WithEffect(TaskLine line, CanonicalChange change, bool own)
    {
        if (change.Effect is not { } effect)
            return line;
        if ((own && effect.ParentCleared) || effect.Top.Contains(line.Id))
            line = line.WithRegister(Fields.Parent, null);
        if (effect.Deleted.Contains(line.Id))
            line = line with { Deleted = true };
        return effect.Restored.Contains(line.Id) ? line with { Deleted = false } : line;
    }

    private static ImmutableArray<string> SetOf(TaskLine line, string field) => field switch
    {
        Fields.Labels => line.Labels,
        Fields.Watchers => line.Watchers,
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "not a set"),
    };

    private static TaskLine WithSet(TaskLine line, string field, ImmutableArray<string> values) =>
        field == Fields.Labels ? line with { Labels = Sorted(values) } : line with { Watchers = Sorted(values) };

    private static ImmutableArray<string> Sorted(ImmutableArray<string> values) =>
        [.. values.Distinct(StringComparer.Ordinal).Order(Utf8Order.Instance)];
}

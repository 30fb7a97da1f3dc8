using System.Collections.Immutable;
using TaskGrid.Contracts;
using TaskGrid.Domain.Tasks;
using TaskGrid.Sync;

namespace TaskGrid.Domain.Organizations;

/// <summary>A task's place: what settles moves, deletes and restores. The same registers as in the task's own state.</summary>
/// <param name="Task">The task.</param>
/// <param name="CreatedSeq">The seq of its create.</param>
/// <param name="CreatedBy">The origin of its create.</param>
/// <param name="Parent">The register of its parent.</param>
/// <param name="Lifecycle">The register of delete and restore.</param>
/// <param name="DeletedBy">The delete that made it a tombstone, its own or one above it, by seq; null while it stands.</param>
/// <param name="DeletedFrom">That delete's replica and number; null in places from before it was kept.</param>
public sealed record TreeNode(
    TaskId Task, long CreatedSeq, Origin CreatedBy, Register Parent, Register Lifecycle, long? DeletedBy, Origin? DeletedFrom = null)
{
    /// <summary>A tombstone.</summary>
    public bool Deleted => DeletedBy is not null;

    /// <summary>A tombstone by a delete of the task itself, not only by one above it.</summary>
    public bool DeletedItself => Deleted && Lifecycle.Current?.Value == Domain.Lifecycle.Deleted;

    /// <summary>The parent that it stands under; null at the top level.</summary>
    public TaskId? ParentTask =>
        Parent.Current?.Value?.AsText() is { } text && IdText.TryParse<TaskId>(text, out var parent) ? parent : null;

    /// <summary>The place of a task.</summary>
    public static TreeNode Of(TaskState.Present state) => new(
        state.Line.Id,
        state.Merge.CreatedSeq,
        state.Merge.CreatedBy,
        state.Merge.Registers.GetValueOrDefault(Fields.Parent) ?? Register.Empty,
        state.Merge.Lifecycle,
        state.Merge.DeletedBy?.Seq,
        state.Merge.DeletedFrom);
}

/// <summary>Every task's place, with an index of children.</summary>
public sealed record TaskTree
{
    /// <summary>No task.</summary>
    public static readonly TaskTree Empty = new();

    private ImmutableDictionary<TaskId, TreeNode> Nodes { get; init; } = ImmutableDictionary<TaskId, TreeNode>.Empty;

    private ImmutableDictionary<TaskId, ImmutableHashSet<TaskId>> Children { get; init; } =
        ImmutableDictionary<TaskId, ImmutableHashSet<TaskId>>.Empty;

    /// <summary>How many tasks, tombstones included.</summary>
    public int Count => Nodes.Count;

    /// <summary>A task's place; null for an unknown task.</summary>
    public TreeNode? this[TaskId task] => Nodes.GetValueOrDefault(task);

    /// <summary>The tree of these places.</summary>
    public static TaskTree Of(IEnumerable<TreeNode> nodes)
    {
        var all = nodes.ToImmutableDictionary(node => node.Task);
        var children = all.Values
            .Where(node => node.ParentTask is not null)
            .GroupBy(node => node.ParentTask!.Value)
            .ToImmutableDictionary(group => group.Key, group => group.Select(node => node.Task).ToImmutableHashSet());
        return new TaskTree { Nodes = all, Children = children };
    }

    /// <summary>The tasks directly under a task, in the order of their ids so that every replay names them alike.</summary>
    public IEnumerable<TreeNode> ChildrenOf(TaskId task) =>
        Children.TryGetValue(task, out var ids) ? ids.Order().Select(id => Nodes[id]) : [];

    /// <summary>The tree with this place in it.</summary>
    public TaskTree With(TreeNode node)
    {
        var before = Nodes.GetValueOrDefault(node.Task)?.ParentTask;
        var children = Children;
        if (before is { } old && before != node.ParentTask) children = children.SetItem(old, children[old].Remove(node.Task));
        if (node.ParentTask is { } parent && before != parent)
            children = children.SetItem(parent, (children.GetValueOrDefault(parent) ?? []).Add(node.Task));
        return new TaskTree { Nodes = Nodes.SetItem(node.Task, node), Children = children };
    }

    /// <summary>True if <paramref name="task"/> is <paramref name="ancestor"/> or stands somewhere under it.</summary>
    public bool IsUnder(TaskId task, TaskId ancestor)
    {
        TaskId? at = task;
        for (var steps = 0; at is { } here && steps <= Nodes.Count; steps++)
        {
            if (here == ancestor) return true;
            at = Nodes.GetValueOrDefault(here)?.ParentTask;
        }
        return false;
    }
}

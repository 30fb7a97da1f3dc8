using System.Collections.Immutable;
using TaskGrid.Contracts;
using TaskGrid.Domain.Tasks;
using TaskGrid.Sync;

namespace TaskGrid.Domain.Organizations;

/// <summary>A task that a change of another one reaches.</summary>
/// <param name="Task">The task.</param>
/// <param name="Cascade">How.</param>
public readonly record struct Reached(TaskId Task, Cascade Cascade);

/// <summary>What settling gave: the tree afterwards, the settlement for the task, and the other tasks that it reaches.</summary>
/// <param name="Tree">The tree afterwards.</param>
/// <param name="Settlement">For the task's own decision.</param>
/// <param name="At">The adjusted stamp of the register that the tree wrote; the held one where it wrote none.</param>
/// <param name="Reached">Other tasks.</param>
public sealed record Settled(TaskTree Tree, Settlement Settlement, Stamp At, ImmutableArray<Reached> Reached);

/// <summary>
/// Settles what concerns more than one task: creation under a parent, moves, deletes and restores, one after the other in the order of
/// the log. It writes the same registers, with the same entries, as the tasks' own states do.
/// <code>
///   delete P:   P ── A (the deleter had seen it there)      → taken along, with all under it that the deleter had seen
///                └── B (put there by one unseen)            → to the top level, as if B had arrived after the delete
/// </code>
/// </summary>
public static class TreeSettler
{
    /// <summary>A create.</summary>
    public static Settled Create(TaskTree tree, EventMeta meta, ChangeBody.Create create)
    {
        var origin = meta.Origin!.Value;
        var node = new TreeNode(create.Task, meta.Seq, origin, Register.Empty, Register.Empty, null);
        if (create.Values.Registers.GetValueOrDefault(Fields.Parent) is not { } value)
            return new Settled(tree.With(node), new Settlement.Placed(Placement.AsSent, []), meta.At, []);
        var written = node.Parent.Write(Entry(meta, value), meta.Clock!).Next;
        var orphaned = IsDeleted(tree, value);
        node = node with { Parent = orphaned ? written.Override(null) : written };
        return new Settled(tree.With(node), new Settlement.Placed(orphaned ? Placement.Orphaned : Placement.AsSent, []), meta.At, []);
    }

    /// <summary>A move. <paramref name="strict"/>, as a resolve is: a move to where the task cannot stand is none at all, and none brings back.</summary>
    public static Settled Move(TaskTree tree, EventMeta meta, TaskId task, FieldValue? value, bool strict)
    {
        var node = tree[task]!;
        var write = node.Parent.Write(Entry(meta, value), meta.Clock!);
        if (!write.Applied)
            return new Settled(tree.With(node with { Parent = write.Next }), new Settlement.Placed(Placement.AsSent, []), write.Entry.At, []);
        var orphaned = IsDeleted(tree, value);
        if (IsLoop(tree, task, value) || (strict && orphaned))
            return new Settled(tree, new Settlement.Placed(Placement.Loop, []), meta.At, []);

        var moved = tree.With(node with { Parent = orphaned ? write.Next.Override(null) : write.Next });
        var back = strict ? [] : MovedOut(moved, meta, node);
        moved = back.Aggregate(moved, (t, id) => t.With(Standing(t[id]!)));
        return new Settled(moved, new Settlement.Placed(orphaned ? Placement.Orphaned : Placement.AsSent, back), write.Entry.At,
            [.. back.Where(id => id != task).Select(id => new Reached(id, Cascade.ComeBack))]);
    }

    /// <summary>A delete.</summary>
    public static Settled Delete(TaskTree tree, EventMeta meta, TaskId task)
    {
        var node = tree[task]!;
        var write = node.Lifecycle.Write(Entry(meta, Lifecycle.Deleted), meta.Clock!);
        var written = node with { Lifecycle = write.Next };
        if (!write.Applied || node.Deleted)
            return new Settled(tree.With(written), new Settlement.Removed([], []), write.Entry.At, []);

        var taken = ImmutableArray.CreateBuilder<TaskId>();
        var top = ImmutableArray.CreateBuilder<TaskId>();
        Part(tree, meta, task, taken, top);
        var next = tree.With(Tombstone(written, meta));
        next = taken.Aggregate(next, (t, id) => t.With(Tombstone(t[id]!, meta)));
        next = top.Aggregate(next, (t, id) => t.With(t[id]! with { Parent = t[id]!.Parent.Override(null) }));
        return new Settled(next, new Settlement.Removed(taken.ToImmutable(), top.ToImmutable()), write.Entry.At,
        [
            .. taken.Select(id => new Reached(id, Cascade.TakeAlong)),
            .. top.Select(id => new Reached(id, Cascade.GoToTop)),
        ]);
    }

    /// <summary>A restore.</summary>
    public static Settled Restore(TaskTree tree, EventMeta meta, TaskId task)
    {
        var node = tree[task]!;
        var write = node.Lifecycle.Write(Entry(meta, Lifecycle.Standing), meta.Clock!);
        var written = node with { Lifecycle = write.Next };
        if (!write.Applied || !node.Deleted)
            return new Settled(tree.With(written), new Settlement.BroughtBack([], false), write.Entry.At, []);

        var back = TakenWith(tree, task, node.DeletedBy!.Value);
        var cleared = node.ParentTask is { } parent && tree[parent] is { Deleted: true };
        var next = tree.With(Standing(written) with { Parent = cleared ? node.Parent.Override(null) : node.Parent });
        next = back.Aggregate(next, (t, id) => t.With(Standing(t[id]!)));
        return new Settled(next, new Settlement.BroughtBack(back, cleared), write.Entry.At,
            [.. back.Select(id => new Reached(id, Cascade.ComeBack))]);
    }

    /// <summary>Parts the subtasks into those whose place the deleter had seen and those it had not.</summary>
    private static void Part(
        TaskTree tree, EventMeta meta, TaskId task, ImmutableArray<TaskId>.Builder taken, ImmutableArray<TaskId>.Builder top)
    {
        foreach (var child in tree.ChildrenOf(task).Where(child => !child.Deleted))
        {
            var place = child.Parent.Current!;
            if (!Causality.Covers(meta.Clock!, meta.Origin!.Value, place.Seq, place.Origin))
            {
                top.Add(child.Task);
                continue;
            }
            taken.Add(child.Task);
            Part(tree, meta, child.Task, taken, top);
        }
    }

    /// <summary>A move by one who had not seen the delete that took the task along brings it back with all that went along under it.</summary>
    private static ImmutableArray<TaskId> MovedOut(TaskTree tree, EventMeta meta, TreeNode node) =>
        node is { DeletedItself: false, DeletedBy: { } delete } && !Causality.Covers(meta.Clock!, meta.Origin!.Value, delete, node.DeletedFrom)
            ? [node.Task, .. TakenWith(tree, node.Task, delete)]
            : [];

    /// <summary>What a delete took along under a task; what was deleted for itself since stays deleted, with all under it.</summary>
    private static ImmutableArray<TaskId> TakenWith(TaskTree tree, TaskId task, long delete)
    {
        var back = ImmutableArray.CreateBuilder<TaskId>();
        Collect(task);
        return back.ToImmutable();

        void Collect(TaskId parent)
        {
            foreach (var child in tree.ChildrenOf(parent).Where(child => child.DeletedBy == delete && !child.DeletedItself))
            {
                back.Add(child.Task);
                Collect(child.Task);
            }
        }
    }

    private static TreeNode Tombstone(TreeNode node, EventMeta delete) => node with { DeletedBy = delete.Seq, DeletedFrom = delete.Origin };

    private static TreeNode Standing(TreeNode node) => node with { DeletedBy = null, DeletedFrom = null };

    private static bool IsLoop(TaskTree tree, TaskId task, FieldValue? value) => TargetOf(value) is { } target && tree.IsUnder(target, task);

    private static bool IsDeleted(TaskTree tree, FieldValue? value) => TargetOf(value) is { } target && tree[target] is { Deleted: true };

    private static TaskId? TargetOf(FieldValue? value) =>
        value?.AsText() is { } text && IdText.TryParse<TaskId>(text, out var task) ? task : null;

    private static RegisterEntry Entry(EventMeta meta, FieldValue? value) =>
        new(meta.Seq, meta.Origin!.Value, meta.At, meta.AtSent, meta.User, value);
}

using TaskGrid.Contracts;
using TaskGrid.Domain.Organizations;
using static TaskGrid.Domain.Tests.ReferenceLog;

namespace TaskGrid.Domain.Tests.Organizations;

public class TreeTests
{
    private readonly ReferenceLog log = new();
    private readonly TaskId parent = Task(1);
    private readonly TaskId child = Task(2);
    private readonly TaskId grandchild = Task(3);
    private readonly Device ada;
    private readonly Device bob;

    public TreeTests()
    {
        ada = new Device(log, log.Owner, 1);
        bob = new Device(log, log.Owner, 2);
        ada.Does(Create(parent, null), Create(child, parent), Create(grandchild, child));
        ada.Sync();
        bob.Sync();
    }

    [Fact(DisplayName = "[TR3] [TR5] A delete takes along what it had seen and restore brings it back")]
    public void A_delete_takes_along_what_it_had_seen_and_restore_brings_it_back()
    {
        ada.Does(new ChangeBody.Delete(parent));
        ada.Sync();
        Assert.All([parent, child, grandchild], t => Assert.True(log[t].Line.Deleted));
        Assert.Equal([child, grandchild], log.Feed[^1].Effect!.Deleted);

        ada.Does(new ChangeBody.Restore(parent));
        ada.Sync();
        Assert.All([parent, child, grandchild], t => Assert.False(log[t].Line.Deleted));
    }

    [Theory(DisplayName = "[TR3] [TR6] A subtask unseen by the delete goes to the top level in either order")]
    [InlineData(true)]
    [InlineData(false)]
    public void A_subtask_unseen_by_the_delete_goes_to_the_top_level_in_either_order(bool deleteFirst)
    {
        ada.Does(new ChangeBody.Delete(parent));
        bob.Does(Create(Task(9), parent));
        if (deleteFirst) ada.Sync();
        bob.Sync();
        ada.Sync();
        Assert.False(log[Task(9)].Line.Deleted);
        Assert.Null(log[Task(9)].Line[Fields.Parent]);
        Assert.True(log[child].Line.Deleted);
    }

    [Fact(DisplayName = "[TR4] A concurrent move out that arrives later brings the subtask back with its own")]
    public void A_concurrent_move_out_that_arrives_later_brings_the_subtask_back_with_its_own()
    {
        ada.Does(new ChangeBody.Delete(parent));
        ada.Sync();
        bob.Does(new ChangeBody.Set(child, Fields.Parent, null));
        bob.Sync();
        Assert.True(log[parent].Line.Deleted);
        Assert.False(log[child].Line.Deleted);
        Assert.False(log[grandchild].Line.Deleted);
        Assert.Equal([child, grandchild], log.Feed[^1].Effect!.Restored);
    }

    [Fact(DisplayName = "[TR7] Two moves that would make a loop leave the first and record the second")]
    public void Two_moves_that_would_make_a_loop_leave_the_first_and_record_the_second()
    {
        var other = Task(4);
        ada.Does(Create(other, null));
        ada.Sync();
        bob.Sync();
        ada.Does(Move(parent, other));
        bob.Does(Move(other, grandchild));
        ada.Sync();
        var result = Assert.Single(bob.Sync());
        Assert.Equal(ConflictKinds.Cycle, result.Conflict!.Kind);
        Assert.Null(log[other].Line[Fields.Parent]);
        Assert.Equal(other.ToString(), log[parent].Line[Fields.Parent]!.AsText());
    }

    [Fact(DisplayName = "[TR7] A loop within one batch is harmless too")]
    public void A_loop_within_one_batch_is_harmless_too()
    {
        ada.Does(Move(parent, grandchild));
        Assert.Equal(ConflictKinds.Cycle, Assert.Single(ada.Sync()).Conflict!.Kind);
    }

    [Fact(DisplayName = "[TR2] Delete of the deleted and of the never seen is taken in without effect")]
    public void Delete_of_the_deleted_and_of_the_never_seen_is_accepted_without_effect()
    {
        ada.Does(new ChangeBody.Delete(parent));
        ada.Sync();
        bob.Does(new ChangeBody.Delete(parent), new ChangeBody.Delete(Task(77)));
        Assert.All(bob.Sync(), r => Assert.Equal(ChangeStatus.Merged, r.Status));
        Assert.DoesNotContain(Task(77), log.Tasks.Keys);
        ada.Sync();
        ada.Does(new ChangeBody.Restore(parent));
        ada.Sync();
        Assert.False(log[parent].Line.Deleted);
        Assert.False(log[child].Line.Deleted);
    }

    [Fact]
    public void The_tree_is_at_every_step_what_the_tasks_say()
    {
        ada.Does(new ChangeBody.Delete(child), Move(grandchild, parent), new ChangeBody.Restore(child), Move(child, grandchild));
        bob.Does(Move(grandchild, null), new ChangeBody.Delete(parent));
        bob.Sync();
        ada.Sync();
        foreach (var (task, state) in log.Tasks)
            Assert.Equal(TreeNode.Of((Domain.Tasks.TaskState.Present)state), log.State.Tree[task]);
    }

    private static ChangeBody.Create Create(TaskId task, TaskId? parent)
    {
        var values = TaskValues.Titled($"Task {task}");
        return new ChangeBody.Create(task, parent is null ? values : values with
        {
            Registers = values.Registers.Add(Fields.Parent, FieldValue.Of(parent.Value.ToString())),
        });
    }

    private static ChangeBody.Set Move(TaskId task, TaskId? to) =>
        new(task, Fields.Parent, to is null ? null : FieldValue.Of(to.Value.ToString()));
}

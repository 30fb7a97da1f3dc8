using System.Runtime.CompilerServices;
using TaskGrid.Contracts;
using TaskGrid.Domain;
using TaskGrid.Domain.Organizations;
using TaskGrid.Domain.Tasks;
using TaskGrid.Grains.Organizations;
using TaskGrid.Grains.Ports;
using TaskGrid.Grains.Tasks;

namespace TaskGrid.Simulation;

/// <summary>Planted in what the server decides and commits.</summary>
internal static class ServerFaults
{
    private const string TreeSettler = "TaskGrid.Domain.Organizations.TreeSettler";
    private const string Committer = "TaskGrid.Grains.Ports.IEventCommitter";
    private const string Grain = "TaskGrid.Grains.Organizations.OrganizationGrain";

    [Fault("unseen-subtasks-taken", "a delete takes subtasks along that its author had not seen")]
    internal static class UnseenSubtasksTaken
    {
        [InsteadOf("TaskGrid.Sync.Causality", "Covers", CalledBy = TreeSettler, In = "Part")]
        public static bool Covers(CausalClock clock, Origin author, long seq, Origin? other) => true;
    }

    [Fault("subtasks-left-standing", "a delete leaves the subtasks of what it takes along where they are")]
    internal static class SubtasksLeftStanding
    {
        [InsteadOf("TaskGrid.Domain.Organizations.TaskTree", "ChildrenOf", CalledBy = TreeSettler, In = "Part")]
        public static IEnumerable<TreeNode> ChildrenOf(TaskTree tree, TaskId task) => [];
    }

    [Fault("loops-allowed", "a task may be moved under one that stands under it")]
    internal static class LoopsAllowed
    {
        [InsteadOf(TreeSettler, "IsLoop")]
        public static bool IsLoop(TaskTree tree, TaskId task, FieldValue? value) => false;

        // A delete goes round the loop until the stack ends, which would end the simulator too.
        [InsteadOf("TaskGrid.Domain.Organizations.TaskTree", "ChildrenOf", CalledBy = TreeSettler, In = "Part")]
        public static IEnumerable<TreeNode> ChildrenOf(TaskTree tree, TaskId task)
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            return tree.ChildrenOf(task);
        }
    }

    [Fault("conflict-not-recorded", "a task decides a conflict and keeps no record of it")]
    internal static class ConflictNotRecorded
    {
        [InsteadOf("TaskGrid.Domain.Tasks.TaskDecider", "Decide")]
        public static Decision<TaskEvent> Decide(TaskState state, TaskCommand command) => TaskDecider.Decide(state, command) switch
        {
            Decision<TaskEvent>.Accepted accepted => accepted with { Events = [.. accepted.Events.Where(e => e is not TaskEvent.ConflictRecorded)] },
            var refused => refused,
        };
    }

    [Fault("dropped-receipt", "of every commit with more than one receipt the last one is not kept")]
    internal static class DroppedReceipt
    {
        [InsteadOf(Committer, "CommitAsync")]
        public static Task<CommitOutcome> CommitAsync(IEventCommitter committer, Commit commit, CancellationToken cancellationToken) =>
            committer.CommitAsync(commit.Receipts.Length < 2 ? commit : commit with { Receipts = commit.Receipts[..^1] }, cancellationToken);
    }

    [Fault("lost-race-ignored", "a commit that the log refuses, because another process wrote first, is answered as if it stood")]
    internal static class LostRaceIgnored
    {
        [InsteadOf(Committer, "CommitAsync")]
        public static async Task<CommitOutcome> CommitAsync(IEventCommitter committer, Commit commit, CancellationToken cancellationToken)
        {
            await committer.CommitAsync(commit, cancellationToken);
            return new CommitOutcome.Committed();
        }
    }

    [Fault("task-left-behind", "of every commit with more than one task the state of the last one is not stored")]
    internal static class TaskLeftBehind
    {
        [InsteadOf(Committer, "CommitAsync")]
        public static Task<CommitOutcome> CommitAsync(IEventCommitter committer, Commit commit, CancellationToken cancellationToken) =>
            committer.CommitAsync(commit.Tasks.Length < 2 ? commit : commit with { Tasks = commit.Tasks[..^1] }, cancellationToken);
    }

    [Fault("digest-left-behind", "a commit does not move the digest")]
    internal static class DigestLeftBehind
    {
        [InsteadOf("TaskGrid.Grains.Organizations.CommitBuilder", "OfBatch")]
        public static Commit OfBatch(
            OrganizationId organization, OrganizationState.Present before, BatchPlan plan, IReadOnlyDictionary<TaskId, TaskDecided> answers)
        {
            var commit = CommitBuilder.OfBatch(organization, before, plan, answers);
            return commit with { Next = commit.Next with { Digest = before.Head.Digest } };
        }
    }

    [Fault("fork-overlooked", "a number that was sent before is answered from its receipt, whatever it now holds")]
    internal static class ForkOverlooked
    {
        [InsteadOf("System.MemoryExtensions", "SequenceEqual", CalledBy = "TaskGrid.Domain.Organizations.PushAdmission")]
        public static bool SequenceEqual(ReadOnlySpan<byte> span, ReadOnlySpan<byte> other) => true;
    }

    [Fault("tasks-not-reloaded", "after a commit of unknown outcome the tasks go on from what they remember")]
    internal static class TasksNotReloaded
    {
        [InsteadOf("TaskGrid.Grains.Organizations.BatchRunner", "NewEpoch")]
        public static void NewEpoch(BatchRunner runner) { }
    }

    [Fault("stale-refusal", "a push is refused from memory that another process has overtaken")]
    internal static class StaleRefusal
    {
        [InsteadOf(Grain, "IsStale")]
        public static Task<bool> IsStale(OrganizationGrain grain, OrganizationState current) => Task.FromResult(false);
    }
}

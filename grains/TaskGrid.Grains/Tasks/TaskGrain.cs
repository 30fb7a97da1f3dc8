using System.Collections.Immutable;
using Orleans.Placement;
using TaskGrid.Contracts;
using TaskGrid.Domain;
using TaskGrid.Domain.Tasks;
using TaskGrid.Grains.Ports;
using TaskGrid.Sync;

namespace TaskGrid.Grains.Tasks;

/// <summary>A thin shell round <see cref="TaskDecider"/>: load, decide, answer; take the new state over when told that it is committed.</summary>
[PreferLocalPlacement]
public sealed class TaskGrain(IStateReader reader) : Grain, ITaskGrain
{
    private OrganizationId organization;
    private TaskId task;
    private Guid epoch;
    private TaskState? state;
    private ulong term;
    private (long Ticket, TaskState State, ulong Term)? proposed;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var (whose, id) = GrainKeys.TaskOf(this.GetPrimaryKeyString());
        Become(whose, id);
        return Task.CompletedTask;
    }

    /// <summary>Which task this is. Apart from the activation, so that a simulation runs the very same grain without a silo.</summary>
    internal void Become(OrganizationId whose, TaskId id) => (organization, task) = (whose, id);

    public async Task<TaskDecided> Decide(TaskQuestion question)
    {
        proposed = null;
        await Load(question);
        var before = state!;
        var after = before;
        var decisions = ImmutableArray.CreateBuilder<Decision<TaskEvent>>(question.Commands.Length);
        foreach (var command in question.Commands)
        {
            after = await WithRegister(await WithTextLog(after, command), command);
            var decision = TaskDecider.Decide(after, command);
            if (decision is Decision<TaskEvent>.Accepted accepted) after = TaskEvolver.Evolve(after, accepted.Events);
            decisions.Add(decision);
        }
        var present = after as TaskState.Present;
        var termAfter = present is null ? 0 : ReferenceEquals(after, before) ? term : TaskDigest.Term(present.Line);
        proposed = (question.Ticket, after, termAfter);
        return new TaskDecided(decisions.MoveToImmutable(), present, (before as TaskState.Present)?.Merge.Version ?? 0, term, termAfter);
    }

    public Task Committed(long ticket)
    {
        if (proposed is { } answer && answer.Ticket == ticket) (state, term) = (Trimmed(answer.State), answer.Term);
        else state = null;
        proposed = null;
        return Task.CompletedTask;
    }

    private async Task Load(TaskQuestion question)
    {
        if (state is not null && epoch == question.Epoch) return;
        epoch = question.Epoch;
        var stored = question.IsNew ? [] : await reader.LoadTasksAsync(organization, [task], CancellationToken.None);
        state = stored.IsEmpty ? TaskState.Absent.Instance : stored[0];
        term = stored.IsEmpty ? 0 : TaskDigest.Term(stored[0].Line);
    }

    /// <summary>An old edit needs the canonical edits since its base: they are in the log, not in memory.</summary>
    private async Task<TaskState> WithTextLog(TaskState current, TaskCommand command)
    {
        while (current is TaskState.Present present && command is TaskCommand.Apply apply && TaskTexts.NeedsSince(present, apply) is var (field, since))
        {
            var known = present.TextOf(field);
            var stored = await reader.LoadTextLogAsync(organization, task, field, since, CancellationToken.None);
            var older = stored.Where(entry => entry.Seq <= known.Since);
            current = present with { Texts = present.Texts.SetItem(field, new TextHistory(since, known.Entries.InsertRange(0, older))) };
        }
        return current;
    }

    /// <summary>A write by one who is far behind may cover writes that the state let go of: they are in the log too.</summary>
    private async Task<TaskState> WithRegister(TaskState current, TaskCommand command)
    {
        if (current is not TaskState.Present present || command is not TaskCommand.Apply apply || TaskRegisters.NeedsOlder(present, apply) is not { } field)
            return current;
        var whole = await reader.LoadRegisterAsync(organization, task, field, CancellationToken.None);
        var registers = present.Merge.Registers;
        return present with { Merge = present.Merge with { Registers = registers.SetItem(field, registers[field].Completed(whole)) } };
    }

    private static TaskState Trimmed(TaskState committed) =>
        TaskTexts.Trimmed(committed) is TaskState.Present present ? present with { Merge = present.Merge.Trimmed() } : committed;
}

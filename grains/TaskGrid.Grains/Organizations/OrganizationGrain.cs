using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using TaskGrid.Contracts;
using TaskGrid.Domain;
using TaskGrid.Domain.Organizations;
using TaskGrid.Grains.Ports;
using TaskGrid.Grains.Tasks;

namespace TaskGrid.Grains.Organizations;

/// <summary>
/// The authority over one organization. It gathers what is waiting, asks the touched tasks, commits once, tells, and rings the bell;
/// meanwhile the next batch gathers, without timers. Memory changes only after the commit.
/// </summary>
[Reentrant]
public sealed partial class OrganizationGrain(
    IStateReader reader, IEventCommitter committer, IChangeBell bell, TimeProvider time, ILogger<OrganizationGrain> logger)
    : Grain, IOrganizationGrain
{
    /// <summary>More than this many changes wait for the next batch, so that one commit stays short.</summary>
    private const int BatchChanges = 2000;

    private readonly Queue<PendingPush> waiting = new();
    private readonly SemaphoreSlim turn = new(1);
    private OrganizationId organization;
    private BatchRunner runner = null!;
    private OrganizationState? state;
    private Task? draining;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = GrainKeys.OrganizationOf(this.GetPrimaryKeyString());
        Become(key, task => GrainFactory.GetGrain<ITaskGrain>(GrainKeys.Of(key, task)));
        return Task.CompletedTask;
    }

    /// <summary>Whose authority this is. Apart from the activation, so that a simulation runs the very same grain without a silo.</summary>
    internal void Become(OrganizationId id, Func<TaskId, ITaskGrain> grainOf)
    {
        organization = id;
        runner = new BatchRunner(id, reader, grainOf, time);
    }

    public Task<PushOutcome> Push(PushCommand command, CancellationToken cancellationToken)
    {
        var pending = new PendingPush(command);
        waiting.Enqueue(pending);
        if (draining is null or { IsCompleted: true }) draining = Drain();
        return pending.Answer.Task;
    }

    public async Task<AccessOutcome> AccessOf(UserId user)
    {
        var current = state ?? await InTurn(Loaded);
        return current is OrganizationState.Present present && OrganizationDecider.RoleOf(present, user) is { } role
            ? new AccessOutcome(role, present.Core.Name, present.Head.Seq, present.Head.History)
            : new AccessOutcome(null, null, 0, null);
    }

    public Task<OrganizationOutcome> Found(FoundOrganization command) =>
        Execute(now => new OrganizationCommand.Found(command.Owner, now, command.Name, command.OwnerName));

    public Task<OrganizationOutcome> Rename(RenameOrganization command) =>
        Execute(now => new OrganizationCommand.Rename(command.By, now, command.Name));

    public Task<OrganizationOutcome> Close(CloseOrganization command) =>
        Execute(now => new OrganizationCommand.Close(command.By, now));

    public Task<OrganizationOutcome> SetMember(SetMember command) =>
        Execute(now => new OrganizationCommand.SetMember(command.By, now, command.Member, command.Name, command.Role, command.MustBeMember));

    private async Task Drain()
    {
        // Let those who called in the same moment enter the same batch.
        await Task.Yield();
        while (waiting.Count > 0)
        {
            await turn.WaitAsync();
            try
            {
                await RunBatch(Gather());
            }
            finally
            {
                turn.Release();
            }
        }
    }

    /// <summary>Takes what is waiting, each replica at most once: the numbers of its next push build on this one's.</summary>
    private List<PendingPush> Gather()
    {
        var batch = new List<PendingPush>();
        var replicas = new HashSet<ReplicaId>();
        var later = new List<PendingPush>();
        var changes = 0;
        while (waiting.TryDequeue(out var push))
        {
            if (changes > 0 && changes + push.Command.Changes.Length > BatchChanges || !replicas.Add(push.Command.Replica))
            {
                later.Add(push);
                continue;
            }
            changes += push.Command.Changes.Length;
            batch.Add(push);
        }
        later.ForEach(waiting.Enqueue);
        return batch;
    }

    /// <summary>Decides and commits a batch. A lost race or an unknown outcome throws memory away and decides again: receipts answer what was taken in.</summary>
    private async Task RunBatch(List<PendingPush> batch)
    {
        const int attempts = 3;
        for (var attempt = 1; attempt <= attempts; attempt++)
        {
            try
            {
                var current = await Loaded();
                var decided = await runner.Decide(current, batch);
                if (decided.Commit is null && decided.Outcomes.Any(outcome => outcome is PushOutcome.Refused) && await IsStale(current)) continue;
                if (decided.Commit is { } commit && !await Committed(commit)) continue;
                state = decided.After;
                for (var i = 0; i < batch.Count; i++) batch[i].Answer.TrySetResult(decided.Outcomes[i]);
                await Follow(decided.Commit, decided.Ticket);
                return;
            }
            catch (Exception fault)
            {
                LogBatchFailed(organization, batch.Count, attempt, fault);
                Forget();
            }
        }
        // One push that no attempt can take must not take the others down with it.
        if (batch.Count > 1) foreach (var push in batch) await RunBatch([push]);
        else batch[0].Answer.TrySetResult(new PushOutcome.Refused(Unavailable));
    }

    private async Task<OrganizationOutcome> Execute(Func<DateTimeOffset, OrganizationCommand> command) => await InTurn(async () =>
    {
        const int attempts = 3;
        for (var attempt = 1; attempt <= attempts; attempt++)
        {
            try
            {
                var current = await Loaded();
                var asked = command(WireTime.Truncate(time.GetUtcNow()));
                var decision = OrganizationDecider.Decide(current, asked);
                if (decision is Decision<OrganizationEvent>.Rejected rejected)
                    return new OrganizationOutcome.Refused(ProblemOf(rejected.Rejection));
                var commit = CommitBuilder.OfOrganization(organization, current, ((Decision<OrganizationEvent>.Accepted)decision).Events);
                if (commit is null) return Done(current, asked.By);
                if (!await Committed(commit)) continue;
                state = CommitBuilder.After(current, commit);
                await Follow(commit, null);
                return Done(state, asked.By);
            }
            catch (Exception fault)
            {
                LogCommandFailed(organization, attempt, fault);
                Forget();
            }
        }
        return (OrganizationOutcome)new OrganizationOutcome.Refused(Unavailable);
    });

    /// <summary>
    /// A refusal is not committed, so nothing fences it: before one is given from memory, the log is asked whether that memory still
    /// stands. A second activation may have written since, and a client that is told "gap" or "resync" wrongly acts on it.
    /// </summary>
    private async Task<bool> IsStale(OrganizationState current)
    {
        var head = await reader.LoadHeadAsync(organization, CancellationToken.None);
        if (head == (current as OrganizationState.Present)?.Head) return false;
        Forget();
        return true;
    }

    private async Task<bool> Committed(Commit commit)
    {
        var outcome = await committer.CommitAsync(commit, CancellationToken.None);
        if (outcome is CommitOutcome.Committed) return true;
        LogRaceLost(organization, commit.Next.Version);
        Forget();
        return false;
    }

    /// <summary>After a commit: tells the tasks, then the gateways.</summary>
    private async Task Follow(Commit? commit, long? ticket)
    {
        if (commit is null) return;
        if (CommitBuilder.AdvanceOf(commit) is { } advanced) bell.Ring(advanced);
        if (ticket is { } known && !await runner.Tell(commit, known)) runner.NewEpoch();
    }

    private async Task<OrganizationState> Loaded() => state ??= await reader.LoadOrganizationAsync(organization, CancellationToken.None);

    private void Forget()
    {
        state = null;
        runner.NewEpoch();
    }

    private async Task<T> InTurn<T>(Func<Task<T>> work)
    {
        await turn.WaitAsync();
        try
        {
            return await work();
        }
        finally
        {
            turn.Release();
        }
    }

    private static OrganizationOutcome Done(OrganizationState state, UserId by)
    {
        var present = (OrganizationState.Present)state;
        return new OrganizationOutcome.Done(present.Core.Name, OrganizationDecider.RoleOf(present, by), present.Head.Seq);
    }

    private static readonly Problem Unavailable = new(503, Codes.Unavailable, "The log cannot be written just now; nothing was taken in.");

    private static Problem ProblemOf(Rejection rejection) => new(
        rejection.Code switch
        {
            Codes.NotFound => 404,
            Codes.Forbidden => 403,
            Codes.Exists or Codes.LastOwner => 409,
            _ => 422,
        },
        rejection.Code,
        rejection.Detail);
}

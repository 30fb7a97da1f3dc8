using System.Collections.Immutable;
using TaskGrid.Contracts;
using TaskGrid.Domain;
using TaskGrid.Domain.Organizations;
using TaskGrid.Domain.Tasks;
using TaskGrid.Grains.Ports;
using TaskGrid.Grains.Tasks;

namespace TaskGrid.Grains.Organizations;

/// <summary>What a batch came to, before it is committed.</summary>
/// <param name="Commit">What to commit; null where nothing is new.</param>
/// <param name="After">The organization once it is committed.</param>
/// <param name="Outcomes">One for each push.</param>
/// <param name="Ticket">Names the questions that the tasks answered.</param>
internal sealed record BatchDecided(Commit? Commit, OrganizationState After, ImmutableArray<PushOutcome> Outcomes, long Ticket);

/// <summary>Carries a batch from admission to what is to be committed: admits, plans, asks the tasks, and plans anew while one rejects.</summary>
internal sealed class BatchRunner(OrganizationId organization, IStateReader reader, Func<TaskId, ITaskGrain> grainOf, TimeProvider time)
{
    private Guid epoch = Guid.CreateVersion7();
    private long ticket;

    /// <summary>What the tasks remember of us is not to be trusted any more: they reload at the next question.</summary>
    public void NewEpoch() => epoch = Guid.CreateVersion7();

    public async Task<BatchDecided> Decide(OrganizationState state, IReadOnlyList<PendingPush> batch)
    {
        var now = WireTime.Truncate(time.GetUtcNow());
        var admissions = await Admit(state, batch);
        var admitted = admissions.OfType<Admission.Admitted>().ToList();
        if (state is not OrganizationState.Present present || admitted.All(push => push.Fresh.IsEmpty))
            return new BatchDecided(null, state, [.. admissions.Select(a => Unchanged(a, state, now))], 0);

        var (plan, answers) = await Settle(present, admitted, now);
        var commit = CommitBuilder.OfBatch(organization, present, plan, answers);
        var results = CommitBuilder.ResultsOf(commit, plan);
        var outcomes = admissions.Select(a => a is Admission.Admitted entered
            ? new PushOutcome.Taken(results[admitted.IndexOf(entered)], commit.Next.Seq, commit.Next.History, now)
            : Unchanged(a, state, now));
        return new BatchDecided(commit, CommitBuilder.After(present, commit, plan), [.. outcomes], ticket);
    }

    /// <summary>Tells the tasks that their answers are committed; false where one could not be told.</summary>
    public async Task<bool> Tell(Commit commit, long known)
    {
        try
        {
            await Task.WhenAll(commit.Tasks.Select(task => grainOf(task.Line.Id).Committed(known)));
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private async Task<List<Admission>> Admit(OrganizationState state, IReadOnlyList<PendingPush> batch)
    {
        var admissions = new List<Admission>(batch.Count);
        foreach (var push in batch)
        {
            var given = await GivenTo(state, push.Received);
            admissions.Add(PushAdmission.Admit(state, push.Received, given));
        }
        return admissions;
    }

    private async Task<ImmutableArray<GivenAnswer>> GivenTo(OrganizationState state, ReceivedPush push)
    {
        if (state is not OrganizationState.Present present || !present.Replicas.TryGetValue(push.Replica, out var mark)
            || push.Changes.IsEmpty || push.Changes[0].N > mark.LastN) return [];
        return await reader.LoadReceiptsAsync(organization, push.Replica, push.Changes[0].N, mark.LastN, CancellationToken.None);
    }

    private async Task<(BatchPlan Plan, IReadOnlyDictionary<TaskId, TaskDecided> Answers)> Settle(
        OrganizationState.Present state, IReadOnlyList<Admission.Admitted> admitted, DateTimeOffset now)
    {
        var known = new Dictionary<Origin, Rejection>();
        while (true)
        {
            var plan = BatchPlanner.Plan(organization, state, admitted, known, now);
            var answers = await Ask(state, plan);
            if (!Learn(plan, answers, known)) return (plan, answers);
        }
    }

    private async Task<IReadOnlyDictionary<TaskId, TaskDecided>> Ask(OrganizationState.Present state, BatchPlan plan)
    {
        ticket++;
        var asked = plan.Tasks.Select(async pair =>
        {
            var question = new TaskQuestion(epoch, ticket, state.Tree[pair.Key] is null, pair.Value);
            return (pair.Key, Answer: await grainOf(pair.Key).Decide(question));
        });
        return (await Task.WhenAll(asked)).ToDictionary(pair => pair.Key, pair => pair.Answer);
    }

    /// <summary>Takes in what tasks rejected in this round; true if there was anything.</summary>
    private static bool Learn(BatchPlan plan, IReadOnlyDictionary<TaskId, TaskDecided> answers, Dictionary<Origin, Rejection> known)
    {
        var before = known.Count;
        foreach (var push in plan.Pushes)
            foreach (var change in push.Changes)
                if (change.Outcome is PlannedOutcome.ByTask asked
                    && answers[asked.Task].Decisions[asked.Index] is Decision<TaskEvent>.Rejected rejected)
                    known[new Origin(push.Author.Replica, change.Received.N)] = rejected.Rejection;
        return known.Count > before;
    }

    private static PushOutcome Unchanged(Admission admission, OrganizationState state, DateTimeOffset now) => admission switch
    {
        Admission.Refused refused => new PushOutcome.Refused(refused.Problem),
        Admission.Admitted admitted when state is OrganizationState.Present present =>
            new PushOutcome.Taken(admitted.Repeated, present.Head.Seq, present.Head.History, now),
        _ => throw new InvalidOperationException("an organization that does not exist admitted a push"),
    };
}

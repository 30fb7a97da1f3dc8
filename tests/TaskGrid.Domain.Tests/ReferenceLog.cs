using System.Collections.Immutable;
using System.Text;
using TaskGrid.Contracts;
using TaskGrid.Domain.Organizations;
using TaskGrid.Domain.Tasks;

namespace TaskGrid.Domain.Tests;

/// <summary>An organization's log of pure parts only: admission, plan, decide, evolve. No grain, no store.</summary>
internal sealed class ReferenceLog
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public OrganizationId Organization { get; init; } = new(new Guid("0199aaaa-0000-7000-8000-000000000001"));

    public UserId Owner { get; }

    public DateTimeOffset Now { get; set; } = Noon;

    public Dictionary<TaskId, TaskState> Tasks { get; } = [];

    public List<CanonicalChange> Feed { get; } = [];

    public Dictionary<string, List<TaskEvent>> Streams { get; } = [];

    public OrganizationState.Present State { get; private set; }

    private readonly Dictionary<Origin, GivenAnswer> receipts = [];

    public ReferenceLog(UserId? owner = null)
    {
        Owner = owner ?? User(1);
        var found = (Decision<OrganizationEvent>.Accepted)OrganizationDecider.Decide(
            OrganizationState.Absent.Instance, new OrganizationCommand.Found(Owner, Now, "Acme", "Ada"));
        State = new OrganizationState.Present(OrganizationEvolver.Evolve(null, found.Events), new LogHead(1, 1, 0, "history"),
            ImmutableDictionary<ReplicaId, ReplicaMark>.Empty, TaskTree.Empty, ImmutableDictionary<ConflictId, ConflictRef>.Empty);
        Feed.Add(CanonicalChanges.Of(found.Events[1])!);
    }

    public static UserId User(int number) => new(new Guid($"0199aaaa-0000-7000-8000-1000{number:00000000}"));

    public static TaskId Task(int number) => new(new Guid($"0199aaaa-0000-7000-8000-2000{number:00000000}"));

    public static ReplicaId Replica(int number) => new(new Guid($"0199aaaa-0000-7000-8000-3000{number:00000000}"));

    public TaskState.Present this[TaskId task] => (TaskState.Present)Tasks[task];

    public OrganizationOutcome Execute(OrganizationCommand command)
    {
        var decision = OrganizationDecider.Decide(State, command);
        if (decision is not Decision<OrganizationEvent>.Accepted accepted) return new OrganizationOutcome(((Decision<OrganizationEvent>.Rejected)decision).Rejection);
        State = State with { Core = OrganizationEvolver.Evolve(State.Core, accepted.Events) };
        foreach (var change in accepted.Events.Select(CanonicalChanges.Of).OfType<CanonicalChange>()) Feed.Add(change);
        State = State with { Head = State.Head with { Seq = Feed.Count, Version = State.Head.Version + 1 } };
        return new OrganizationOutcome(null);
    }

    public Admission TryPush(UserId user, ReplicaId replica, params Change[] changes) =>
        TryPush(new ReceivedPush(user, replica, null, [.. changes.Select(Received)]));

    public Admission TryPush(ReceivedPush push) => PushAdmission.Admit(State, push,
        [.. push.Changes.Select(c => receipts.GetValueOrDefault(new Origin(push.Replica, c.N))).OfType<GivenAnswer>()]);

    public ImmutableArray<ChangeResult> Push(UserId user, ReplicaId replica, params Change[] changes) =>
        Take(Assert.IsType<Admission.Admitted>(TryPush(user, replica, changes)));

    public ImmutableArray<ChangeResult> Take(Admission.Admitted admitted)
    {
        var replica = admitted.Author.Replica;
        var known = new Dictionary<Origin, Rejection>();
        while (true)
        {
            var plan = BatchPlanner.Plan(Organization, State, [admitted], known, Now);
            var decided = plan.Tasks.ToDictionary(t => t.Key, t => DecideAll(t.Key, t.Value));
            if (Learn(plan, decided, replica, known)) continue;
            return Take(plan, decided, admitted);
        }
    }

    private (List<Decision<TaskEvent>> Decisions, TaskState After) DecideAll(TaskId task, ImmutableArray<TaskCommand> commands)
    {
        var state = Tasks.GetValueOrDefault(task) ?? TaskState.Absent.Instance;
        var decisions = new List<Decision<TaskEvent>>();
        foreach (var command in commands)
        {
            var decision = TaskDecider.Decide(state, command);
            if (decision is Decision<TaskEvent>.Accepted accepted) state = TaskEvolver.Evolve(state, accepted.Events);
            decisions.Add(decision);
        }
        return (decisions, state);
    }

    private static bool Learn(
        BatchPlan plan, Dictionary<TaskId, (List<Decision<TaskEvent>> Decisions, TaskState After)> decided, ReplicaId replica, Dictionary<Origin, Rejection> known)
    {
        var before = known.Count;
        foreach (var change in plan.Pushes.SelectMany(p => p.Changes))
            if (change.Outcome is PlannedOutcome.ByTask t && decided[t.Task].Decisions[t.Index] is Decision<TaskEvent>.Rejected rejected)
                known[new Origin(replica, change.Received.N)] = rejected.Rejection;
        return known.Count > before;
    }

    private ImmutableArray<ChangeResult> Take(
        BatchPlan plan, Dictionary<TaskId, (List<Decision<TaskEvent>> Decisions, TaskState After)> decided, Admission.Admitted admitted)
    {
        var results = new List<ChangeResult>(admitted.Repeated);
        foreach (var change in plan.Pushes[0].Changes)
        {
            var result = Result(change, decided);
            results.Add(result);
            receipts[new Origin(admitted.Author.Replica, change.Received.N)] = result.Seq is { } seq
                ? new GivenAnswer.Taken(result.N, change.Received.Hash, Feed.Single(fed => fed.Seq == seq))
                : new GivenAnswer.Rejected(result.N, change.Received.Hash, result);
        }
        foreach (var (task, (decisions, after)) in decided)
        {
            Tasks[task] = after;
            if (!Streams.TryGetValue(task.ToString(), out var stream)) Streams[task.ToString()] = stream = [];
            stream.AddRange(decisions.OfType<Decision<TaskEvent>.Accepted>().SelectMany(d => d.Events));
        }
        Feed.Sort((a, b) => a.Seq.CompareTo(b.Seq));
        var last = admitted.Fresh.Length > 0 ? admitted.Fresh[^1].N : 0;
        var highest = admitted.Fresh.Select(c => c.Change?.Clock.Base ?? 0).Append(0).Max();
        var mark = State.Replicas.GetValueOrDefault(admitted.Author.Replica);
        State = State with
        {
            Core = plan.Core,
            Tree = plan.Tree,
            Head = State.Head with { Seq = plan.Seq, Version = State.Head.Version + 1 },
            Replicas = State.Replicas.SetItem(admitted.Author.Replica, new ReplicaMark(admitted.Author.Replica, admitted.Author.User,
                Math.Max(last, mark?.LastN ?? 0), Math.Max(highest, mark?.LastBase ?? 0))),
            Conflicts = State.Conflicts.SetItems(Feed.SelectMany(c => c.AllConflicts)
                .Select(note => KeyValuePair.Create(note.Id, ConflictRef.Of(note)))),
        };
        return [.. results];
    }

    private ChangeResult Result(PlannedChange change, Dictionary<TaskId, (List<Decision<TaskEvent>> Decisions, TaskState After)> decided)
    {
        switch (change.Outcome)
        {
            case PlannedOutcome.Rejected rejected:
                return ChangeResults.Refused(change.Received.N, rejected.Rejection);
            case PlannedOutcome.ByTask asked:
                var events = ((Decision<TaskEvent>.Accepted)decided[asked.Task].Decisions[asked.Index]).Events;
                return Fed(change, CanonicalChanges.Of(events[0], Riding(decided, asked.Seq)));
            case PlannedOutcome.ByOrganization own:
                return Fed(change, CanonicalChanges.Of(own.Event)!);
            default:
                throw new InvalidOperationException();
        }
    }

    private static IEnumerable<TaskEvent.ConflictRecorded> Riding(
        Dictionary<TaskId, (List<Decision<TaskEvent>> Decisions, TaskState After)> decided, long seq) =>
        decided.Values.SelectMany(d => d.Decisions).OfType<Decision<TaskEvent>.Accepted>().SelectMany(d => d.Events)
            .OfType<TaskEvent.ConflictRecorded>().Where(e => e.Meta.Seq == seq);

    private ChangeResult Fed(PlannedChange change, CanonicalChange canonical)
    {
        Feed.Add(canonical);
        return ChangeResults.Taken(change.Received.N, change.Received.Change!.Body, canonical);
    }

    private static ReceivedChange Received(Change change) => new(change.N, [.. Encoding.UTF8.GetBytes(change.ToString())], change, null);
}

/// <summary>What became of a command.</summary>
/// <param name="Rejection">Null if it was done.</param>
internal sealed record OrganizationOutcome(Rejection? Rejection);

/// <summary>A device: it stamps and numbers its changes, and sees the log up to where it last looked.</summary>
internal sealed class Device(ReferenceLog log, UserId user, int number)
{
    private readonly List<Change> outbox = [];
    private long n;

    public long Base { get; set; } = log.Feed.Count;

    public TimeSpan Skew { get; set; }

    public ReplicaId Replica { get; } = ReferenceLog.Replica(number);

    public UserId User { get; } = user;

    public Change Make(ChangeBody body)
    {
        var change = new Change(++n, Stamp.At(log.Now + Skew), new CausalClock(Base), body);
        outbox.Add(change);
        return change;
    }

    public Device Does(params ChangeBody[] bodies)
    {
        foreach (var body in bodies) Make(body);
        return this;
    }

    /// <summary>Sends what is waiting, then sees the log.</summary>
    public ImmutableArray<ChangeResult> Sync()
    {
        var results = outbox.Count == 0 ? [] : log.Push(User, Replica, [.. outbox]);
        outbox.Clear();
        Base = log.Feed.Count;
        return results;
    }
}

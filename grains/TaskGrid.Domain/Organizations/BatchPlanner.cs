using System.Collections.Immutable;
using System.Diagnostics;
using TaskGrid.Contracts;
using TaskGrid.Domain.Tasks;
using TaskGrid.Sync;

namespace TaskGrid.Domain.Organizations;

/// <summary>
/// Plans a batch: gives each change its place in the log as if every task accepted what it is asked, and settles tree and definitions in
/// that order. Where a task rejects a change, the batch is planned anew with that rejection known: the places after it move up by one and
/// nothing else changes, so a second round is nearly always the last (ADR 0008).
/// </summary>
public sealed class BatchPlanner
{
    private readonly OrganizationId organization;
    private readonly DateTimeOffset now;
    private readonly IReadOnlyDictionary<Origin, Rejection> known;
    private readonly ImmutableDictionary<ConflictId, ConflictRef> conflicts;
    private readonly ImmutableDictionary<ReplicaId, ReplicaMark> replicas;
    private readonly Dictionary<TaskId, List<TaskCommand>> tasks = [];
    private readonly List<OrganizationEvent> events = [];
    private TaskTree tree;
    private OrganizationCore core;
    private long seq;

    private BatchPlanner(
        OrganizationId organization, OrganizationState.Present state, IReadOnlyDictionary<Origin, Rejection> known, DateTimeOffset now)
    {
        this.organization = organization;
        this.now = now;
        this.known = known;
        (tree, core, seq) = (state.Tree, state.Core, state.Head.Seq);
        (conflicts, replicas) = (state.Conflicts, state.Replicas);
    }

    /// <summary>Plans a batch.</summary>
    /// <param name="organization">Whose.</param>
    /// <param name="state">The organization before it.</param>
    /// <param name="pushes">Admitted pushes, each replica at most once.</param>
    /// <param name="known">What tasks rejected in an earlier round.</param>
    /// <param name="now">The server's time.</param>
    public static BatchPlan Plan(
        OrganizationId organization,
        OrganizationState.Present state,
        IEnumerable<Admission.Admitted> pushes,
        IReadOnlyDictionary<Origin, Rejection> known,
        DateTimeOffset now)
    {
        var planner = new BatchPlanner(organization, state, known, now);
        var planned = pushes.Select(planner.Push).ToImmutableArray();
        return new BatchPlan(planned, planner.tasks.ToImmutableDictionary(t => t.Key, t => t.Value.ToImmutableArray()),
            planner.tree, planner.core, [.. planner.events], planner.seq);
    }

    private PlannedPush Push(Admission.Admitted push)
    {
        var rejected = new RejectedThings();
        var highest = replicas.GetValueOrDefault(push.Author.Replica)?.LastBase ?? 0;
        foreach (var before in push.RejectedBefore) rejected.Remember(before);
        var changes = ImmutableArray.CreateBuilder<PlannedChange>(push.Fresh.Length);
        foreach (var received in push.Fresh)
        {
            var outcome = Outcome(push.Author, received, rejected, highest);
            // A thing that exists already is there all the same: what a re-issued queue says of it must not fall with its create.
            if (outcome is PlannedOutcome.Rejected { Rejection.Code: not Codes.Exists }) rejected.Remember(received);
            highest = Math.Max(highest, received.Change?.Clock.Base ?? 0);
            changes.Add(new PlannedChange(received, outcome));
        }
        return new PlannedPush(push.Author, push.Repeated, changes.MoveToImmutable());
    }

    private PlannedOutcome Outcome(Author author, ReceivedChange received, RejectedThings rejected, long highest)
    {
        if (received.Change is not { } sent) return Reject(Codes.Invalid, received.Fault ?? "not a change");
        if (author.Role < Role.Member) return Reject(Codes.Forbidden, "a viewer reads only");
        if (rejected.Names(sent.Body)) return Reject(Codes.Dependent, "it builds on a change of this push that was rejected");
        if (known.TryGetValue(new Origin(author.Replica, sent.N), out var refusal)) return new PlannedOutcome.Rejected(refusal);
        // The author's own earlier changes had seen that much, so this one has too; a text edit says exactly what it was made on.
        if (sent.Clock.Base < highest && sent.Body is ChangeBody.Text)
            return Reject(Codes.Invalid, "the base of a text edit is below that of an earlier own change");
        var change = sent.Clock.Base < highest ? sent with { Clock = sent.Clock.WithBase(highest) } : sent;
        return change.Body switch
        {
            ChangeBody.Void => Own(author, change, meta => new OrganizationEvent.NumberVoided(meta)),
            ChangeBody.Define define => Define(author, change, define),
            ChangeBody.Delete delete when tree[delete.Task] is null =>
                Own(author, change, meta => new OrganizationEvent.UnknownDeleted(meta, delete.Task)),
            ChangeBody.Resolve resolve => Resolve(author, change, resolve),
            ChangeBody.OnTask onTask => OnTask(author, change, onTask),
            _ => throw new UnreachableException(change.Body.Op),
        };
    }

    private PlannedOutcome Define(Author author, Change change, ChangeBody.Define define)
    {
        if (core.Definitions.GetValueOrDefault(define.Id) is { } existing && existing.Kind != define.Kind)
            return Reject(Codes.Invalid, $"this id is a {existing.Kind}");
        return Own(author, change, meta => OrganizationEvolver.DefinedBy(core, meta, define));
    }

    private PlannedOutcome.ByOrganization Own(Author author, Change change, Func<EventMeta, OrganizationEvent> happened)
    {
        var e = happened(Meta(author, change, ++seq));
        core = OrganizationEvolver.Evolve(core, e);
        events.Add(e);
        return new PlannedOutcome.ByOrganization(e, events.Count - 1);
    }

    private PlannedOutcome OnTask(Author author, Change change, ChangeBody.OnTask body)
    {
        var exists = tree[body.Task] is not null;
        if (body is ChangeBody.Create && exists) return Reject(Codes.Exists, "the task was created before");
        if (body is not ChangeBody.Create && !exists) return Reject(Codes.Unknown, "there is no such task");
        if (UnknownParent(body)) return Reject(Codes.Unknown, "there is no such parent");
        var meta = Meta(author, change, seq + 1);
        var settled = body switch
        {
            ChangeBody.Create create => TreeSettler.Create(tree, meta, create),
            ChangeBody.Set { Field: Fields.Parent } set => TreeSettler.Move(tree, meta, set.Task, set.Value, strict: false),
            ChangeBody.Delete => TreeSettler.Delete(tree, meta, body.Task),
            ChangeBody.Restore => TreeSettler.Restore(tree, meta, body.Task),
            _ => null,
        };
        return Ask(author, change, body.Task, settled);
    }

    private PlannedOutcome Resolve(Author author, Change change, ChangeBody.Resolve resolve)
    {
        if (!conflicts.TryGetValue(resolve.Conflict, out var conflict)) return Reject(Codes.Unknown, "there is no such conflict");
        if (!conflict.ConcernsTree) return Ask(author, change, conflict.Task, null);
        var version = resolve.Choice is { } choice ? conflict.Versions.GetValueOrDefault(choice) : null;
        if (resolve.Choice is not null && version is null) return Reject(Codes.Invalid, "the conflict has no version with that seq");
        var meta = Meta(author, change, seq + 1);
        if (conflict.Kind != ConflictKinds.DeletedEdited)
        {
            var value = version is null ? resolve.Value : version.Value;
            if (FieldRules.Fault(Fields.Parent, value) is { } fault) return Reject(Codes.Invalid, fault);
            if (IsUnknown(value)) return Reject(Codes.Unknown, "there is no such parent");
            return Ask(author, change, conflict.Task, TreeSettler.Move(tree, meta, conflict.Task, value, strict: true));
        }
        var deletes = version is null ? resolve.Value == Lifecycle.Deleted : version.Op == "delete";
        if (version is null && resolve.Value != Lifecycle.Deleted && resolve.Value != Lifecycle.Standing)
            return Reject(Codes.Invalid, "true keeps it deleted, false restores it");
        return Ask(author, change, conflict.Task,
            deletes ? TreeSettler.Delete(tree, meta, conflict.Task) : TreeSettler.Restore(tree, meta, conflict.Task));
    }

    private PlannedOutcome.ByTask Ask(Author author, Change change, TaskId task, Settled? settled)
    {
        seq++;
        var commands = CommandsOf(task);
        commands.Add(new TaskCommand.Apply(organization, task, change, author, seq, now, settled?.Settlement));
        var index = commands.Count - 1;
        if (settled is null) return new PlannedOutcome.ByTask(task, index, seq);
        tree = settled.Tree;
        var meta = Meta(author, change, seq) with { At = settled.At };
        foreach (var (reached, cascade) in settled.Reached) CommandsOf(reached).Add(new TaskCommand.Follow(organization, meta, task, cascade));
        return new PlannedOutcome.ByTask(task, index, seq);
    }

    private List<TaskCommand> CommandsOf(TaskId task)
    {
        if (!tasks.TryGetValue(task, out var commands)) tasks[task] = commands = [];
        return commands;
    }

    private bool UnknownParent(ChangeBody.OnTask body) => body switch
    {
        ChangeBody.Create create => IsUnknown(create.Values.Registers.GetValueOrDefault(Fields.Parent)),
        ChangeBody.Set { Field: Fields.Parent } set => IsUnknown(set.Value),
        _ => false,
    };

    private bool IsUnknown(FieldValue? parent) =>
        parent?.AsText() is { } text && (!IdText.TryParse<TaskId>(text, out var task) || tree[task] is null);

    private EventMeta Meta(Author author, Change change, long at) => new(at, new Origin(author.Replica, change.N), author.User, now,
        StampAdjust.Hold(change.At, now.ToUnixTimeMilliseconds()), change.At, change.Clock);

    private static PlannedOutcome.Rejected Reject(string code, string detail) => new(new Rejection(code, detail));
}

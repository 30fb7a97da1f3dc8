using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using TaskGrid.Contracts;
using TaskGrid.Domain;
using TaskGrid.Domain.Organizations;
using TaskGrid.Domain.Tasks;
using TaskGrid.Grains.Ports;
using TaskGrid.Grains.Tasks;

namespace TaskGrid.Grains.Organizations;

/// <summary>Puts a batch's decisions together as one commit: events, feed, receipts, marks, snapshots, conflicts, head.</summary>
internal static class CommitBuilder
{
    /// <summary>What the bell carries at most; above it gateways pull.</summary>
    private const int RingBytes = 64 * 1024;

    public static Commit OfBatch(
        OrganizationId organization, OrganizationState.Present before, BatchPlan plan, IReadOnlyDictionary<TaskId, TaskDecided> answers)
    {
        var feed = new List<FeedEntry>();
        var receipts = new List<Receipt>();
        var recorded = answers.Values.SelectMany(EventsOf).OfType<TaskEvent.ConflictRecorded>().ToLookup(e => e.Meta.Seq);
        foreach (var push in plan.Pushes)
            foreach (var change in push.Changes)
            {
                var entry = EntryOf(organization, before, change, answers, recorded);
                if (entry is not null) feed.Add(entry);
                receipts.Add(new Receipt(new Origin(push.Author.Replica, change.Received.N), change.Received.Hash, entry?.Seq, RejectionOf(change)));
            }
        var touched = answers.Where(a => a.Value.Decisions.Any(Happened)).ToList();
        return new Commit
        {
            Organization = organization,
            Expected = before.Head,
            Next = before.Head with
            {
                Seq = plan.Seq,
                Version = before.Head.Version + 1,
                Digest = touched.Aggregate(before.Head.Digest, (sum, a) => unchecked(sum - a.Value.TermBefore + a.Value.TermAfter)),
            },
            Streams = [.. touched.Select(a => TaskStream(a.Key, a.Value)), .. OrganizationStream(organization, before.Core, plan.Events)],
            Feed = [.. feed.OrderBy(entry => entry.Seq)],
            Receipts = [.. receipts],
            Replicas = [.. plan.Pushes.Where(p => p.Changes.Length > 0).Select(push => Mark(before, push))],
            Tasks = [.. touched.Select(a => a.Value.After!)],
            Core = plan.Events.IsEmpty ? null : plan.Core,
            Conflicts = [.. touched.SelectMany(a => NotesOf(a.Value)).GroupBy(note => note.Id).Select(notes => notes.Last())],
        };
    }

    /// <summary>The commit of an organization's own events; null where there are none.</summary>
    public static Commit? OfOrganization(OrganizationId organization, OrganizationState before, ImmutableArray<OrganizationEvent> events)
    {
        if (events.IsEmpty) return null;
        var present = before as OrganizationState.Present;
        var head = present?.Head ?? new LogHead(0, 0, 0, Guid.CreateVersion7().ToString());
        var version = present?.Core.Version ?? 0;
        var feed = events
            .Select((e, index) => (Change: CanonicalChanges.Of(e), Version: version + index + 1))
            .Where(pair => pair.Change is not null)
            .Select(pair => Entry(StreamKeys.OfOrganization(organization), pair.Version, null, pair.Change!))
            .ToImmutableArray();
        return new Commit
        {
            Organization = organization,
            Expected = present?.Head,
            Next = head with { Seq = head.Seq + feed.Length, Version = head.Version + 1 },
            Streams = [.. OrganizationStream(organization, present?.Core, events)],
            Feed = feed,
            Core = OrganizationEvolver.Evolve(present?.Core, events),
        };
    }

    /// <summary>The answers of each push, in order: those given before and those to what is new. Sent again, each is answered from the same.</summary>
    public static ImmutableArray<ImmutableArray<ChangeResult>> ResultsOf(Commit commit, BatchPlan plan)
    {
        var taken = commit.Feed.Where(entry => entry.Change.Origin is not null).ToDictionary(entry => entry.Change.Origin!.Value, entry => entry.Change);
        return
        [
            .. plan.Pushes.Select(push => push.Repeated.AddRange(push.Changes.Select(change =>
                RejectionOf(change) ?? ChangeResults.Taken(change.Received.N, change.Received.Change!.Body, taken[new Origin(push.Author.Replica, change.Received.N)])))),
        ];
    }

    /// <summary>The organization once the commit of its own events stands.</summary>
    public static OrganizationState.Present After(OrganizationState before, Commit commit) => before is OrganizationState.Present present
        ? present with { Core = commit.Core!, Head = commit.Next }
        : new OrganizationState.Present(commit.Core!, commit.Next, ImmutableDictionary<ReplicaId, ReplicaMark>.Empty, TaskTree.Empty,
            ImmutableDictionary<ConflictId, ConflictRef>.Empty);

    /// <summary>The organization once the commit of a batch stands.</summary>
    public static OrganizationState.Present After(OrganizationState.Present before, Commit commit, BatchPlan plan) => before with
    {
        Core = plan.Core,
        Head = commit.Next,
        Tree = plan.Tree,
        Replicas = before.Replicas.SetItems(commit.Replicas.Select(mark => KeyValuePair.Create(mark.Replica, mark))),
        Conflicts = before.Conflicts.SetItems(commit.Conflicts.Select(note => KeyValuePair.Create(note.Id, ConflictRef.Of(note)))),
    };

    /// <summary>What the bell says of a commit; null where the log did not advance.</summary>
    public static OrganizationAdvanced? AdvanceOf(Commit commit)
    {
        var from = commit.Expected?.Seq ?? 0;
        if (commit.Next.Seq == from) return null;
        var length = commit.Feed.Sum(entry => entry.Json.Length + 1);
        var fits = length < RingBytes && commit.Feed.Sum(entry => Encoding.UTF8.GetByteCount(entry.Json) + 1) < RingBytes;
        var changes = fits ? $"[{string.Join(',', commit.Feed.Select(entry => entry.Json))}]" : null;
        return new OrganizationAdvanced(commit.Organization.Value, from, commit.Next.Seq, changes);
    }

    /// <summary>The change's place in the log; null if it was rejected.</summary>
    private static FeedEntry? EntryOf(OrganizationId organization, OrganizationState.Present before, PlannedChange change,
        IReadOnlyDictionary<TaskId, TaskDecided> answers, ILookup<long, TaskEvent.ConflictRecorded> recorded)
    {
        switch (change.Outcome)
        {
            case PlannedOutcome.Rejected:
                return null;
            case PlannedOutcome.ByOrganization own:
                return Entry(StreamKeys.OfOrganization(organization), before.Core.Version + own.Index + 1, null, CanonicalChanges.Of(own.Event)!);
            case PlannedOutcome.ByTask asked:
                var decided = answers[asked.Task];
                var events = ((Decision<TaskEvent>.Accepted)decided.Decisions[asked.Index]).Events;
                return Entry(StreamKeys.OfTask(asked.Task), VersionOf(decided, asked.Index), asked.Task, CanonicalChanges.Of(events[0], recorded[asked.Seq]));
            default:
                throw new InvalidOperationException(change.Outcome.GetType().Name);
        }
    }

    private static ChangeResult? RejectionOf(PlannedChange change) =>
        change.Outcome is PlannedOutcome.Rejected { Rejection: var rejection } ? ChangeResults.Refused(change.Received.N, rejection) : null;

    private static long VersionOf(TaskDecided decided, int index) =>
        decided.VersionBefore + 1 + decided.Decisions.Take(index).OfType<Decision<TaskEvent>.Accepted>().Sum(d => d.Events.Length);

    private static FeedEntry Entry(string stream, long version, TaskId? task, CanonicalChange change)
    {
        var also = change.Effect is { } effect
            ? effect.Deleted.Concat(effect.Top).Concat(effect.Restored).Where(id => id != task).Distinct().ToImmutableArray()
            : [];
        return new FeedEntry(change.Seq, stream, version, task, also, change, JsonSerializer.Serialize(change, PlainJson.Default.CanonicalChange));
    }

    private static IEnumerable<TaskEvent> EventsOf(TaskDecided decided) =>
        decided.Decisions.OfType<Decision<TaskEvent>.Accepted>().SelectMany(decision => decision.Events);

    private static IEnumerable<ConflictNote> NotesOf(TaskDecided decided) => EventsOf(decided)
        .Select(e => e switch
        {
            TaskEvent.ConflictRecorded recorded => recorded.Note,
            TaskEvent.ConflictResolved resolved => resolved.Note,
            _ => null,
        })
        .OfType<ConflictNote>();

    private static bool Happened(Decision<TaskEvent> decision) => decision is Decision<TaskEvent>.Accepted { Events.Length: > 0 };

    private static StreamAppend TaskStream(TaskId task, TaskDecided decided) => new(StreamKeys.OfTask(task), decided.VersionBefore,
        [.. EventsOf(decided)]);

    private static IEnumerable<StreamAppend> OrganizationStream(
        OrganizationId organization, OrganizationCore? before, ImmutableArray<OrganizationEvent> events) =>
        events.IsEmpty ? [] : [new StreamAppend(StreamKeys.OfOrganization(organization), before?.Version ?? 0, [.. events])];

    private static ReplicaMark Mark(OrganizationState.Present before, PlannedPush push)
    {
        var mark = before.Replicas.GetValueOrDefault(push.Author.Replica);
        var bases = push.Changes.Select(c => c.Received.Change?.Clock.Base ?? 0);
        return new ReplicaMark(push.Author.Replica, push.Author.User, push.Changes[^1].Received.N,
            bases.Append(mark?.LastBase ?? 0).Max());
    }
}

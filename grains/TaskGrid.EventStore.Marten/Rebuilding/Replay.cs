using System.Collections.Immutable;
using System.Text.Json;
using TaskGrid.Contracts;
using TaskGrid.Domain;
using TaskGrid.Domain.Organizations;
using TaskGrid.Domain.Tasks;
using TaskGrid.EventStore.Marten.Commits;
using TaskGrid.EventStore.Marten.Json;
using TaskGrid.EventStore.Marten.Queries;
using TaskGrid.Grains.Ports;
using TaskGrid.Sync;

namespace TaskGrid.EventStore.Marten.Rebuilding;

/// <summary>All that follows from an organization's events alone: snapshots, feed, conflicts, digest. Held in memory whole.</summary>
internal sealed class Replay
{
    private readonly List<TaskEvent.ConflictRecorded> recorded = [];
    private readonly List<(FeedEntry Entry, TaskEvent Own)> reaching = [];

    public OrganizationCore? Core { get; private set; }

    public Dictionary<TaskId, TaskState.Present> Tasks { get; } = [];

    public SortedDictionary<long, FeedEntry> Feed { get; } = [];

    /// <summary>Streams whose events cannot be folded, and why.</summary>
    public List<string> Faults { get; } = [];

    public IEnumerable<ConflictNote> Conflicts => Tasks.Values.SelectMany(task => task.Merge.Conflicts).Select(mark => mark.Note);

    public ulong Digest => Tasks.Values.Aggregate(0UL, (sum, task) => unchecked(sum + TaskDigest.Term(task.Line)));

    /// <summary>Replays every stream of the organization.</summary>
    public static async Task<Replay> OfAsync(LogSession session, OrganizationId organization, CancellationToken cancellationToken)
    {
        var replay = new Replay();
        // Streams one after the other; Marten's marks of failed appends are no streams of ours.
        await using var reader = await session.ReadAsync(
            """
            select stream_id, version, type, data from tg.mt_events
            where tenant_id = $1 and (stream_id like 'task/%' or stream_id like 'organization/%') order by stream_id, version
            """, cancellationToken, organization.ToString());
        var stream = "";
        var events = new List<object>();
        while (await reader.ReadAsync(cancellationToken))
        {
            if (reader.GetString(0) != stream) replay.Take(stream, events);
            if (reader.GetString(0) != stream) (stream, events) = (reader.GetString(0), []);
            events.Add(StoredJson.ReadEvent(reader.GetString(2), reader.GetString(3)));
            if (reader.GetInt64(1) != events.Count) replay.Faults.Add($"{stream}: version {reader.GetInt64(1)} stands where {events.Count} should");
        }
        replay.Take(stream, events);
        replay.TellWhatWasReached();
        return replay;
    }

    private void Take(string stream, List<object> events)
    {
        if (events.Count == 0) return;
        try
        {
            if (events[0] is OrganizationEvent) Core = OrganizationEvolver.Evolve(null, events.Cast<OrganizationEvent>());
            else if (TaskEvolver.Evolve(TaskState.Absent.Instance, events.Cast<TaskEvent>()) is TaskState.Present task) Tasks[task.Line.Id] = task;
            TakeEntries(stream, events);
        }
        catch (Exception fault) when (fault is InvalidCastException or ArgumentException or InvalidOperationException or System.Diagnostics.UnreachableException)
        {
            Faults.Add($"{stream}: {fault.GetType().Name}: {fault.Message}");
        }
    }

    private void TakeEntries(string stream, List<object> events)
    {
        recorded.AddRange(events.OfType<TaskEvent.ConflictRecorded>());
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i] is OrganizationEvent own && CanonicalChanges.Of(own) is { } change) Put(EntryOf(stream, i + 1, null, change));
            // What rides on a change of this or another task has no place of its own.
            if (events[i] is not TaskEvent e || e is TaskEvent.ConflictRecorded or TaskEvent.TakenAlong or TaskEvent.WentToTop or TaskEvent.CameBack) continue;
            var riding = events.Skip(i + 1).Cast<TaskEvent>().TakeWhile(next => next.Meta.Seq == e.Meta.Seq).OfType<TaskEvent.ConflictRecorded>();
            var entry = EntryOf(stream, i + 1, e.Task, CanonicalChanges.Of(e, riding));
            Put(entry);
            if (!entry.Also.IsEmpty) reaching.Add((entry, e));
        }
    }

    private void Put(FeedEntry entry) => Feed.Add(entry.Seq, entry);

    /// <summary>A change that reached other tasks tells the conflicts that it made on them too; only now are all streams read.</summary>
    private void TellWhatWasReached()
    {
        var riding = recorded.ToLookup(e => e.Meta.Seq);
        foreach (var (entry, own) in reaching)
            Feed[entry.Seq] = EntryOf(entry.Stream, entry.Version, entry.Task, CanonicalChanges.Of(own, riding[entry.Seq]));
    }

    private static FeedEntry EntryOf(string stream, long version, TaskId? task, CanonicalChange change)
    {
        ImmutableArray<TaskId> also = change.Effect is { } effect
            ? [.. effect.Deleted.Concat(effect.Top).Concat(effect.Restored).Where(id => id != task).Distinct()]
            : [];
        return new FeedEntry(change.Seq, stream, version, task, also, change, JsonSerializer.Serialize(change, PlainJson.Default.CanonicalChange));
    }
}

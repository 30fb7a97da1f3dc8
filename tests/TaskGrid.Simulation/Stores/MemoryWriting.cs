using System.Collections.Immutable;
using System.Text.Json;
using TaskGrid.Client;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Simulation;

/// <summary>Writes within one transaction: moves from state to state, and whoever began it keeps the last one or none.</summary>
internal sealed class MemoryWriting(MemoryState state) : MemoryReading(state), IReplicaWriting
{
    private readonly List<OutboxChange> cameBack = [];

    /// <summary>Own text edits that this transaction saw come back from the log.</summary>
    public IReadOnlyList<OutboxChange> CameBack => cameBack;

    public void Put(ReplicaMark mark)
    {
        State = State with { Mark = mark };
        Meet(mark.Replica, mark.User, own: true);
    }

    public void Put(TaskId task, JournalEntry entry)
    {
        var known = State.Journal.GetValueOrDefault(task, ImmutableSortedDictionary<long, JournalEntry>.Empty);
        if (!known.ContainsKey(entry.Change.Seq)) State = State with { Journal = State.Journal.SetItem(task, known.Add(entry.Change.Seq, entry)) };
    }

    public void Meet(ReplicaId replica, UserId user) => Meet(replica, user, own: false);

    public void Put(TaskLine line)
    {
        var term = TaskDigest.Term(line);
        var before = State.Tasks.TryGetValue(line.Id, out var known) ? known.Term : 0;
        State = State with
        {
            Tasks = State.Tasks.SetItem(line.Id, (line, term)),
            Mark = State.Mark with { Digest = unchecked(State.Mark.Digest - before + term) },
        };
    }

    public void Put(DefinitionLine line) => State = State with { Definitions = State.Definitions.SetItem(line.Id, line) };

    public void Put(MemberLine line) => State = State with { Members = State.Members.SetItem(line.Member, line) };

    public void PutEmail(UserId user, string email) => State = State with { Emails = State.Emails.SetItem(user, email) };

    public void RemoveMember(UserId user) => State = State with { Members = State.Members.Remove(user) };

    public void Put(ConflictNote note)
    {
        foreach (var version in note.Versions) Meet(version.Replica, version.User);
        State = State with { Conflicts = State.Conflicts.SetItem(note.Id, note) };
    }

    public long Append(OutboxChange change)
    {
        if (State.Places.ContainsKey(change.Origin)) throw new InvalidOperationException($"{change.Origin} is in the outbox already");
        var place = State.LastPlace + 1;
        Keep(WithBytes(change with { Place = place }), ReplicaView.TaskOf(this, change.Change.Body), change.Change.At.Wall);
        State = State with { LastPlace = place };
        return place;
    }

    public void Replace(OutboxChange change)
    {
        if (!State.Outbox.TryGetValue(change.Place, out var before)) return;
        if (change is { State: OutboxState.Done, Seq: not null, Shown: { IsEmpty: false } } && before.Change.State < OutboxState.Done) cameBack.Add(change);
        State = State with { Places = State.Places.Remove(before.Change.Origin) };
        Keep(WithBytes(change), before.Task, change.SentAt ?? before.KeptFrom);
    }

    public void Remove(OutboxChange change)
    {
        if (!State.Outbox.TryGetValue(change.Place, out var row)) return;
        State = State with { Outbox = State.Outbox.Remove(change.Place), Places = State.Places.Remove(row.Change.Origin) };
    }

    public void Reject(OutboxChange change, string code, string? detail, DateTimeOffset time)
    {
        Remove(change);
        var id = State.LastRejected + 1;
        var at = DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
        State = State with { LastRejected = id, Rejected = State.Rejected.Add(id, new RejectedChange(id, change.Origin, change.Change, code, detail, at)) };
    }

    public void Forget(RejectedChange change) => State = State with { Rejected = State.Rejected.Remove(change.Id) };

    public void Prune(DateTimeOffset before)
    {
        foreach (var row in State.Outbox.Values)
            if (row.Change.State == OutboxState.Done && row.KeptFrom < before.ToUnixTimeMilliseconds()) Remove(row.Change);
    }

    public void ClearConfirmed() => State = State with
    {
        Tasks = State.Tasks.Clear(),
        Definitions = State.Definitions.Clear(),
        Members = State.Members.Clear(),
        Conflicts = State.Conflicts.Clear(),
        Journal = State.Journal.Clear(),
        Mark = State.Mark with { Digest = 0 },
    };

    public void Load(IEnumerable<LoadedTask> tasks)
    {
        var loaded = tasks.Select(task => KeyValuePair.Create(task.Id, (task.Line, task.Term))).ToImmutableArray();
        State = State with
        {
            Tasks = State.Tasks.AddRange(loaded),
            Mark = State.Mark with { Digest = loaded.Aggregate(State.Mark.Digest, (sum, task) => unchecked(sum + task.Value.Term)) },
        };
    }

    public long Index(int atMost) => 0;

    private void Meet(ReplicaId replica, UserId user, bool own)
    {
        if (State.Devices.Any(device => device.Replica == replica)) return;
        State = State with { Devices = State.Devices.Add(new KnownDevice(replica, user, 1 + State.Devices.Count(device => device.User == user), own)) };
    }

    private void Keep(OutboxChange change, TaskId? task, long from) => State = State with
    {
        Outbox = State.Outbox.SetItem(change.Place, new OutboxRow(change, task, from)),
        Places = State.Places.Add(change.Origin, change.Place),
    };

    private static OutboxChange WithBytes(OutboxChange change) =>
        change.Raw is null ? change with { Raw = JsonSerializer.Serialize(change.Change, ContractsJson.Default.Change) } : change;
}

using TaskGrid.Client;
using TaskGrid.Contracts;
using TaskGrid.Contracts.Search;

namespace TaskGrid.Simulation;

/// <summary>Reads one state.</summary>
internal class MemoryReading(MemoryState state) : IReplicaReading
{
    /// <summary>The state; a writing moves it.</summary>
    public MemoryState State { get; protected set; } = state;

    public ReplicaMark Mark => State.Mark;

    public TaskLine? Task(TaskId task) => State.Tasks.TryGetValue(task, out var known) ? known.Line : null;

    public IEnumerable<TaskLine> Tasks() => State.Tasks.Values.Select(known => known.Line).OrderBy(line => line.Id);

    public IReadOnlyList<TaskLine> Since(long seq) => [.. State.Tasks.Values.Select(known => known.Line).Where(line => line.Seq > seq).OrderBy(line => line.Seq)];

    public long TaskCount() => State.Tasks.Count;

    public IReadOnlyList<TaskId> TasksLike(string part, int limit) =>
    [
        .. State.Tasks.Keys.Where(id => id.ToString().StartsWith(part, StringComparison.Ordinal) || id.ToString().EndsWith(part, StringComparison.Ordinal))
            .Order().Take(limit),
    ];

    public IReadOnlyList<DefinitionLine> Definitions() =>
        [.. State.Definitions.Values.OrderBy(line => line.Kind, StringComparer.Ordinal).ThenBy(line => line.Id.ToString(), StringComparer.Ordinal)];

    public IReadOnlyList<KnownMember> Members() =>
        [.. State.Members.Values.OrderBy(line => line.Member.ToString(), StringComparer.Ordinal).Select(line => new KnownMember(line, State.Emails.GetValueOrDefault(line.Member)))];

    public IReadOnlyList<ConflictNote> Conflicts(bool openOnly) =>
        [.. State.Conflicts.Values.Where(note => note.Open || !openOnly).OrderByDescending(note => note.Versions is [.., var last] ? last.Seq : 0)];

    public ConflictNote? Conflict(ConflictId id) => State.Conflicts.GetValueOrDefault(id);

    public IReadOnlyList<JournalEntry> Journal(TaskId task) => State.Journal.TryGetValue(task, out var kept) ? [.. kept.Values] : [];

    public IReadOnlyList<KnownDevice> Devices() =>
        [.. State.Devices.OrderBy(device => device.User.ToString(), StringComparer.Ordinal).ThenBy(device => device.Number)];

    public IReadOnlyList<OutboxChange> Pending() => [.. Rows(row => row.Change.State < OutboxState.Done)];

    public IReadOnlyList<OutboxChange> Pending(TaskId task) => [.. Rows(row => row.Task == task && row.Change.State < OutboxState.Done)];

    public long Unanswered() => Rows(row => row.Change.State < OutboxState.Answered).LongCount();

    public IReadOnlyList<OutboxChange> ToSend(ReplicaId replica, int count, int bytes)
    {
        var size = 0L;
        return
        [
            .. Of(replica).Where(change => change.State < OutboxState.Answered).Take(count)
                .TakeWhile((change, i) => (size += System.Text.Encoding.UTF8.GetByteCount(change.Raw!) + 1) <= bytes || i == 0),
        ];
    }

    public OutboxChange? Find(Origin origin) => State.Places.TryGetValue(origin, out var place) ? State.Outbox[place].Change : null;

    public IReadOnlyList<OutboxChange> From(ReplicaId replica, long n) => [.. Of(replica).Where(change => change.Origin.N >= n)];

    public IReadOnlyList<ReplicaId> Replicas() => [.. State.Outbox.Values.Select(row => row.Change.Origin.Replica).Distinct()];

    public IReadOnlyList<RejectedChange> Rejected() => [.. State.Rejected.Values];

    public IReadOnlyList<TaskId> Search(IReadOnlyCollection<string> words) =>
    [
        .. State.Tasks.Values.Where(known =>
        {
            var held = TaskWords.Of(known.Line);
            return words.All(word => held.Any(own => own.StartsWith(word, StringComparison.Ordinal)));
        }).Select(known => known.Line.Id),
    ];

    public long Unindexed() => 0;

    private IEnumerable<OutboxChange> Rows(Func<OutboxRow, bool> which) => State.Outbox.Values.Where(which).Select(row => row.Change);

    private IEnumerable<OutboxChange> Of(ReplicaId replica) => Rows(row => row.Change.Origin.Replica == replica).OrderBy(change => change.Origin.N);
}

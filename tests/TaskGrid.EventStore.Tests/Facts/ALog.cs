using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TaskGrid.Contracts;
using TaskGrid.Domain;
using TaskGrid.Domain.Organizations;
using TaskGrid.Domain.Tasks;
using TaskGrid.Grains.Ports;
using TaskGrid.Sync;

namespace TaskGrid.EventStore.Tests.Facts;

/// <summary>
/// What a grain remembers of an organization, made of facts: each method returns the commit that would write it, and
/// <see cref="After"/> the memory once it stands. Small on purpose: these tests ask what the store keeps, not what deciders decide.
/// </summary>
internal sealed record ALog
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, 123, TimeSpan.Zero);

    public required OrganizationId Organization { get; init; }
    public required UserId Owner { get; init; }
    public required ReplicaId Replica { get; init; }
    public LogHead? Head { get; init; }
    public OrganizationCore? Core { get; init; }
    public long LastN { get; init; }
    public ImmutableDictionary<TaskId, TaskState.Present> Tasks { get; init; } = ImmutableDictionary<TaskId, TaskState.Present>.Empty;
    public ImmutableDictionary<ConflictId, ConflictNote> Conflicts { get; init; } = ImmutableDictionary<ConflictId, ConflictNote>.Empty;

    public static ALog OfNobody() => new()
    {
        Organization = new OrganizationId(Guid.CreateVersion7()),
        Owner = new UserId(Guid.CreateVersion7()),
        Replica = new ReplicaId(Guid.CreateVersion7()),
    };

    public static TaskId NewTask() => new(Guid.CreateVersion7());

    /// <summary>The memory once the commit stands.</summary>
    public ALog After(Commit commit) => this with
    {
        Head = commit.Next,
        Core = commit.Core ?? Core,
        LastN = commit.Replicas.Where(mark => mark.Replica == Replica).Select(mark => mark.LastN).Append(LastN).Max(),
        Tasks = Tasks.SetItems(commit.Tasks.Select(task => KeyValuePair.Create(task.Line.Id, task))),
        Conflicts = Conflicts.SetItems(commit.Conflicts.Select(note => KeyValuePair.Create(note.Id, note))),
    };

    public Commit Founds(string name = "Fences Ltd")
    {
        var meta = Meta(1, null);
        var member = new OrganizationEvent.MemberSet(meta, Owner, "Ada", Role.Owner);
        return new Commit
        {
            Organization = Organization,
            Expected = null,
            Next = new LogHead(1, 1, 0, Guid.CreateVersion7().ToString()),
            Streams = [new StreamAppend(StreamKeys.OfOrganization(Organization), 0, [new OrganizationEvent.Founded(meta with { Seq = 0 }, name), member])],
            Feed = [EntryOf(StreamKeys.OfOrganization(Organization), 2, null, ChangeOf(meta, new ChangeBody.Member(Owner, "Ada", Role.Owner)))],
            Core = new OrganizationCore
            {
                Version = 2,
                Name = name,
                Members = ImmutableSortedDictionary<UserId, MemberState>.Empty.Add(Owner, new MemberState("Ada", Role.Owner)),
            },
        };
    }

    public Commit Creates(params string[] titles) => Creates([.. titles.Select(title => LineOf(NewTask()) with { Title = title })]);

    /// <summary>A commit that creates tasks with these lines; seq and times are the commit's.</summary>
    public Commit Creates(ImmutableArray<TaskLine> lines)
    {
        var commit = Next(lines.Length);
        foreach (var line in lines)
        {
            var meta = Meta(commit.Feed.Length + Head!.Seq + 1, new Origin(Replica, LastN + commit.Feed.Length + 1));
            var values = new TaskValues(line.Title, line.Description, line.Registers, line.Labels, line.Watchers);
            var state = new TaskState.Present(line with { Seq = meta.Seq, CreatedBy = Owner }, MergeOf(line, meta));
            commit = With(commit, state, new TaskEvent.Created(meta, line.Id, values, false), new ChangeBody.Create(line.Id, values));
        }
        return commit;
    }

    /// <summary>A commit that sets a register of tasks.</summary>
    public Commit Sets(string field, string value, params TaskId[] tasks)
    {
        var commit = Next(tasks.Length);
        foreach (var task in tasks)
        {
            var meta = Meta(commit.Feed.Length + Head!.Seq + 1, new Origin(Replica, LastN + commit.Feed.Length + 1));
            var before = Tasks[task];
            var register = before.Merge.Registers.GetValueOrDefault(field) ?? Register.Empty;
            var entry = new RegisterEntry(meta.Seq, meta.Origin!.Value, meta.At, meta.AtSent, Owner, FieldValue.Of(value));
            var state = new TaskState.Present(
                before.Line.WithRegister(field, FieldValue.Of(value)) with { Seq = meta.Seq, UpdatedAt = meta.Time },
                before.Merge with
                {
                    Version = before.Merge.Version + 1,
                    Registers = before.Merge.Registers.SetItem(field, register.Write(entry, meta.Clock!).Next),
                });
            commit = With(commit, state, new TaskEvent.FieldSet(meta, task, field, FieldValue.Of(value), true, false, false, []),
                new ChangeBody.Set(task, field, FieldValue.Of(value)));
        }
        return commit;
    }

    /// <summary>A commit that edits a task's title.</summary>
    public Commit Types(TaskId task, TextEdit edit, string title)
    {
        var meta = Meta(Head!.Seq + 1, new Origin(Replica, LastN + 1));
        var before = Tasks[task];
        var state = new TaskState.Present(before.Line with { Seq = meta.Seq, Title = title, UpdatedAt = meta.Time },
            before.Merge with { Version = before.Merge.Version + 1 });
        return With(Next(1), state, new TaskEvent.TextEdited(meta, task, Fields.Title, edit, edit, ""), new ChangeBody.Text(task, Fields.Title, edit));
    }

    /// <summary>A commit in which a change was rejected: no place in the log, but a receipt.</summary>
    public Commit Rejects() => Next(0) with
    {
        Next = Head! with { Version = Head.Version + 1 },
        Receipts = [new Receipt(new Origin(Replica, LastN + 1), HashOf(LastN + 1), null, new ChangeResult(LastN + 1, ChangeStatus.Rejected, Code: Codes.Unknown, Detail: "no such task"))],
        Replicas = [new ReplicaMark(Replica, Owner, LastN + 1, Head.Seq)],
    };

    public static ImmutableArray<byte> HashOf(long n) => [.. SHA256.HashData(Encoding.UTF8.GetBytes($"change {n}"))];

    public TaskLine LineOf(TaskId task) => new() { Id = task, Seq = 0, CreatedBy = Owner, CreatedAt = Noon, UpdatedAt = Noon };

    private Commit Next(int changes) => new()
    {
        Organization = Organization,
        Expected = Head,
        Next = Head! with { Seq = Head.Seq + changes, Version = Head.Version + 1 },
        Replicas = changes == 0 ? [] : [new ReplicaMark(Replica, Owner, LastN + changes, Head.Seq)],
    };

    private Commit With(Commit commit, TaskState.Present state, TaskEvent e, ChangeBody body)
    {
        var stream = StreamKeys.OfTask(state.Line.Id);
        var origin = e.Meta.Origin!.Value;
        return commit with
        {
            Streams = commit.Streams.Add(new StreamAppend(stream, state.Merge.Version - 1, [e])),
            Feed = commit.Feed.Add(EntryOf(stream, state.Merge.Version, state.Line.Id, ChangeOf(e.Meta, body))),
            Receipts = commit.Receipts.Add(new Receipt(origin, HashOf(origin.N), e.Meta.Seq, null)),
            Tasks = commit.Tasks.Add(state),
            Next = commit.Next with { Digest = TaskDigest.Follow(commit.Next.Digest, Tasks.GetValueOrDefault(state.Line.Id)?.Line, state.Line) },
        };
    }

    private TaskMerge MergeOf(TaskLine line, EventMeta meta) => new()
    {
        Version = 1,
        CreatedSeq = meta.Seq,
        CreatedBy = meta.Origin!.Value,
        Registers = line.Registers.ToImmutableSortedDictionary(pair => pair.Key, pair => Register.Empty.Write(
            new RegisterEntry(meta.Seq, meta.Origin!.Value, meta.At, meta.AtSent, Owner, pair.Value), meta.Clock!).Next, StringComparer.Ordinal),
        Sets = Ordinal.Empty<ObservedSet>()
            .Add(Fields.Labels, line.Labels.Aggregate(ObservedSet.Empty, (set, label) => set.Add(label, meta.Seq, meta.Origin!.Value))),
    };

    private EventMeta Meta(long seq, Origin? origin) => new(
        seq, origin, Owner, Noon, Stamp.At(Noon), Stamp.At(Noon), origin is null ? null : new CausalClock(Head?.Seq ?? 0));

    private static CanonicalChange ChangeOf(EventMeta meta, ChangeBody body) => new(meta.Seq, meta.Origin, meta.User, meta.Time, meta.At, null, meta.Clock, body);

    private static FeedEntry EntryOf(string stream, long version, TaskId? task, CanonicalChange change) =>
        new(change.Seq, stream, version, task, [], change, JsonSerializer.Serialize(change, ContractsJson.Default.CanonicalChange));
}

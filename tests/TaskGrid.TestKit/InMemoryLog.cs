using System.Collections.Immutable;
using TaskGrid.Contracts;
using TaskGrid.Domain.Organizations;
using TaskGrid.Domain.Tasks;
using TaskGrid.Grains.Ports;
using TaskGrid.Sync;

namespace TaskGrid.TestKit;

/// <summary>One organization's log as a value: a commit makes the next one or none.</summary>
public sealed record InMemoryLog
{
    /// <summary>Nothing was founded.</summary>
    public static readonly InMemoryLog Empty = new();

    /// <summary>How far it reaches; null where nothing was founded.</summary>
    public LogHead? Head { get; private init; }

    /// <summary>The organization's own state.</summary>
    public OrganizationCore? Core { get; private init; }

    /// <summary>Events by stream.</summary>
    public ImmutableDictionary<string, ImmutableArray<object>> Streams { get; private init; } = ImmutableDictionary<string, ImmutableArray<object>>.Empty;

    /// <summary>The changes, in order of seq.</summary>
    public ImmutableList<FeedEntry> Feed { get; private init; } = [];

    /// <summary>The answers given.</summary>
    public ImmutableDictionary<Origin, Receipt> Receipts { get; private init; } = ImmutableDictionary<Origin, Receipt>.Empty;

    /// <summary>What is known of each replica.</summary>
    public ImmutableDictionary<ReplicaId, ReplicaMark> Replicas { get; private init; } = ImmutableDictionary<ReplicaId, ReplicaMark>.Empty;

    /// <summary>The tasks as stored.</summary>
    public ImmutableDictionary<TaskId, TaskState.Present> Tasks { get; private init; } = ImmutableDictionary<TaskId, TaskState.Present>.Empty;

    /// <summary>The conflicts as stored.</summary>
    public ImmutableDictionary<ConflictId, ConflictNote> Conflicts { get; private init; } = ImmutableDictionary<ConflictId, ConflictNote>.Empty;

    /// <summary>What a grain loads.</summary>
    public OrganizationState State => Head is null || Core is null
        ? OrganizationState.Absent.Instance
        : new OrganizationState.Present(Core, Head, Replicas, TaskTree.Of(Tasks.Values.Select(TreeNode.Of)),
            Conflicts.ToImmutableDictionary(pair => pair.Key, pair => ConflictRef.Of(pair.Value)));

    /// <summary>Why a commit cannot stand on this log; null if it can.</summary>
    public CommitOutcome.Lost? FindLoss(Commit commit)
    {
        var headMoved = Head is null != commit.Expected is null
            || (Head is { } head && (head.Seq, head.Version) != (commit.Expected!.Seq, commit.Expected.Version));
        var moved = commit.Streams.Where(stream => EventsOf(stream.Stream).Length != stream.ExpectedVersion).Select(stream => stream.Stream);
        if (headMoved || moved.Any()) return new CommitOutcome.Lost(headMoved, [.. moved]);
        // As a unique index would: nobody else wrote, so the commit itself is at fault.
        var repeated = commit.Receipts.FirstOrDefault(receipt => Receipts.ContainsKey(receipt.Origin));
        return repeated is null ? null : throw new InvalidOperationException($"{repeated.Origin} has a receipt.");
    }

    /// <summary>The log with a commit that fits it.</summary>
    public InMemoryLog With(Commit commit) => this with
    {
        Head = commit.Next,
        Core = commit.Core ?? Core,
        Streams = Streams.SetItems(commit.Streams.Select(stream =>
            KeyValuePair.Create(stream.Stream, EventsOf(stream.Stream).AddRange(stream.Events)))),
        Feed = Feed.AddRange(commit.Feed),
        Receipts = Receipts.AddRange(commit.Receipts.Select(receipt => KeyValuePair.Create(receipt.Origin, receipt))),
        Replicas = Replicas.SetItems(commit.Replicas.Select(mark => KeyValuePair.Create(mark.Replica, mark))),
        // Text histories are never stored, and of registers the newest steps.
        Tasks = Tasks.SetItems(commit.Tasks.Select(task => KeyValuePair.Create(task.Line.Id, new TaskState.Present(task.Line, task.Merge.Trimmed())))),
        Conflicts = Conflicts.SetItems(commit.Conflicts.Select(note => KeyValuePair.Create(note.Id, note))),
    };

    /// <summary>The events of a stream, in order.</summary>
    public ImmutableArray<object> EventsOf(string stream) => Streams.TryGetValue(stream, out var events) ? events : [];

    /// <summary>This log come back from a backup: the same content, another identity.</summary>
    public InMemoryLog AsRestored(string history) => this with { Head = Head! with { History = history, Version = Head.Version + 1 } };

    /// <summary>The canonical edits of a text field with seq above <paramref name="since"/>.</summary>
    public ImmutableArray<GivenAnswer> AnswersTo(ReplicaId replica, long fromN, long toN) =>
    [
        .. Receipts.Values.Where(receipt => receipt.Origin.Replica == replica && receipt.Origin.N >= fromN && receipt.Origin.N <= toN)
            .OrderBy(receipt => receipt.Origin.N)
            .Select(receipt => receipt.Seq is { } seq
                ? (GivenAnswer)new GivenAnswer.Taken(receipt.Origin.N, receipt.Hash, Feed[(int)seq - 1].Change)
                : new GivenAnswer.Rejected(receipt.Origin.N, receipt.Hash, receipt.Rejection!)),
    ];

    public Register RegisterOf(TaskId task, string field) => RegisterLog.Of(EventsOf(StreamKeys.OfTask(task)).Cast<TaskEvent>(), field);

    public ImmutableArray<TextLogEntry> TextLog(TaskId task, string field, long since) =>
    [
        .. EventsOf(StreamKeys.OfTask(task)).Select(e => Domain.Tasks.TextLog.EntryOf((TaskEvent)e))
            .Where(edited => edited?.Field == field && edited?.Entry.Seq > since)
            .Select(edited => edited!.Value.Entry),
    ];
}

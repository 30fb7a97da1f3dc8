using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Client;

/// <summary>The foreign edits that whole states hold and the store does not, per text field with pending edits.</summary>
internal sealed class MissedEdits
{
    private readonly Dictionary<(TaskId Task, string Field), TextHistory?> histories = [];

    /// <summary>The edits of a field, as the server told them.</summary>
    public void Add(TaskId task, string field, TextHistory history) => histories[(task, field)] = history;

    /// <summary>The server cannot tell: it does not know the task, or not so far back.</summary>
    public void AddUnknown(TaskId task, string field) => histories[(task, field)] = null;

    /// <summary>Whether the server was asked.</summary>
    public bool Asked(TaskId task, string field) => histories.ContainsKey((task, field));

    /// <summary>Whether it was asked for all of these.</summary>
    public bool Covers(IEnumerable<(TaskId Task, string Field)> fields) => fields.All(histories.ContainsKey);

    /// <summary>The edits of a field; null where the server could not tell.</summary>
    public TextHistory? Of(TaskId task, string field) => histories.GetValueOrDefault((task, field));
}

/// <summary>Carries the outbox over from one confirmed state to another that came whole, without the changes in between.</summary>
internal static class WholeStates
{
    private static readonly IReadOnlySet<long> NoneLost = new HashSet<long>();

    /// <summary>The text fields that have pending edits.</summary>
    public static IReadOnlyList<(TaskId Task, string Field)> PendingFields(IReplicaReading reading) =>
        [.. reading.Pending().Where(row => row.TextField is not null).Select(row => row.TextField!.Value).Distinct()];

    /// <summary>Takes over the states of some tasks, and the other changes that came with them.</summary>
    public static bool Take(IReplicaWriting writing, PullAnswer answer, IReadOnlyList<TaskLine> states, MissedEdits missed)
    {
        if (answer.From != writing.Mark.Base) return false;
        foreach (var state in states)
        {
            Rebase(writing, state.Id, writing.Task(state.Id), state, new SnapshotHead(answer.To, 0, answer.Taken, "", answer.History), missed, NoneLost);
            writing.Put(state);
        }
        Settle(writing, answer.To);
        return LogIntake.Take(writing, answer.From, answer.To, answer.Changes);
    }

    /// <summary>Takes a snapshot over, in the caller's one transaction: the confirmed state is replaced, the outbox stays on top of it.</summary>
    /// <param name="writing">The store.</param>
    /// <param name="snapshot">The state.</param>
    /// <param name="conflicts">The conflicts that are open in it.</param>
    /// <param name="missed">What others did to texts with pending edits.</param>
    /// <param name="held">Where it is of another log than the one known: how far it holds what this store sent, by replica; else null.</param>
    /// <param name="newReplica">Makes a fresh id.</param>
    public static void Take(
        IReplicaWriting writing, Snapshot snapshot, IReadOnlyList<ConflictNote> conflicts, MissedEdits missed,
        IReadOnlyDictionary<ReplicaId, long>? held, Func<ReplicaId> newReplica)
    {
        var head = snapshot.Head;
        var sameLog = held is null;
        var lost = held is null ? NoneLost : Reoffer.Begin(writing, held);
        RebaseAll(writing, snapshot, sameLog ? missed : new MissedEdits(), lost);
        writing.ClearConfirmed();
        writing.Load(snapshot.Tasks);
        foreach (var definition in snapshot.Definitions) writing.Put(definition);
        foreach (var member in snapshot.Members) writing.Put(member);
        foreach (var conflict in conflicts) writing.Put(conflict);
        if (sameLog) Settle(writing, head.Seq);
        else Reoffer.End(writing, newReplica, head);
        writing.Put(writing.Mark with { Base = head.Seq, History = head.History, Quarantined = false });
    }

    private static void RebaseAll(IReplicaWriting writing, Snapshot snapshot, MissedEdits missed, IReadOnlySet<long> lost)
    {
        var fields = PendingFields(writing);
        if (fields.Count == 0) return;
        var lines = snapshot.Tasks.ToDictionary(task => task.Id);
        foreach (var task in fields.Select(field => field.Task).Distinct())
            if (lines.TryGetValue(task, out var loaded)) Rebase(writing, task, writing.Task(task), loaded.Line, snapshot.Head, missed, lost);
    }

    private static void Rebase(IReplicaWriting writing, TaskId task, TaskLine? before, TaskLine after, SnapshotHead head,
        MissedEdits missed, IReadOnlySet<long> lost)
    {
        foreach (var field in (string[])[Fields.Title, Fields.Description])
        {
            var rows = PendingTexts.Of(writing, task, field);
            if (rows.Count == 0) continue;
            if (missed.Of(task, field) is { } history) ByEdits(writing, task, field, history, head.Seq);
            else ByDifference(writing, rows, before?.TextOf(field) ?? "", after.TextOf(field), head.Taken, lost);
        }
    }

    /// <summary>With every edit in between, this is what the changes would have done one by one.</summary>
    private static void ByEdits(IReplicaWriting writing, TaskId task, string field, TextHistory history, long to)
    {
        var held = writing.Mark.Base;
        var foreign = new IncomingEdits(writing);
        foreach (var edit in history.Edits.Where(edit => edit.Seq > held && edit.Seq <= to))
        {
            var row = edit is { Replica: { } replica, N: { } n } ? writing.Find(new Origin(replica, n)) : null;
            var own = row?.Change.Body is ChangeBody.Text made && OwnChange.Is(made.Edit, edit.Edit) ? row : null;
            if (own is not { State: < OutboxState.Done }) foreign.Add(task, field, edit.Edit);
            else
            {
                foreign.Settle((task, field));
                writing.Replace(writing.Find(own.Origin)! with { State = OutboxState.Done, Seq = edit.Seq });
            }
        }
        foreign.Settle();
    }

    /// <summary>
    /// Without them, all that others did is taken as one edit: the difference of the two texts. Edits that the new state holds are part
    /// of the text before; edits that it lost are typed again on the text after.
    /// </summary>
    private static void ByDifference(
        IReplicaWriting writing, IReadOnlyList<OutboxChange> rows, string before, string after, long taken, IReadOnlySet<long> lost)
    {
        var replica = writing.Mark.Replica;
        var rest = new List<OutboxChange>();
        foreach (var row in rows)
        {
            if (lost.Contains(row.Place))
            {
                var typed = TextInserts.Only(row.Shown!, CodePoints.Count(after));
                after = TextEdits.Apply(after, typed);
                writing.Replace(row with { Shown = typed });
            }
            else if (IsTaken(row, replica, taken))
            {
                before = TextEdits.TryApply(before, row.Shown!, out var applied) ? applied : before;
                writing.Replace(row with { Shown = TextEdit.Empty });
            }
            else rest.Add(row);
        }
        var branch = rest.Aggregate(TextBranch.Empty, (branch, row) => branch.Append(row.Origin, row.Shown!));
        var moved = branch.OverForeign(TextEdit.Between(before, after));
        PendingTexts.Keep(writing, rest, Fits(moved, after) ? moved : TypedAgain(rest, after));
    }

    private static bool Fits(TextBranch branch, string text)
    {
        foreach (var pending in branch.Pending)
        {
            if (!TextEdits.TryApply(text, pending.Edit, out var next)) return false;
            text = next;
        }
        return true;
    }

    /// <summary>The text that the edits were made on is not known any more (access was lost in between): what was typed is kept.</summary>
    private static TextBranch TypedAgain(IReadOnlyList<OutboxChange> rows, string text)
    {
        var branch = TextBranch.Empty;
        foreach (var row in rows)
        {
            var typed = TextInserts.Only(row.Shown!, CodePoints.Count(text));
            text = TextEdits.Apply(text, typed);
            branch = branch.Append(row.Origin, typed);
        }
        return branch;
    }

    /// <summary>
    /// What the state holds is done with. A change whose answer was lost is sent once more for it, since it may have been refused, or its
    /// number be that of a copy's change; where its text could not be told from the state's, it was taken out of the view already.
    /// </summary>
    private static void Settle(IReplicaWriting writing, long to)
    {
        foreach (var row in writing.Pending())
            if (row.State == OutboxState.Answered && row.Seq <= to) writing.Replace(row with { State = OutboxState.Done });
    }

    private static bool IsTaken(OutboxChange row, ReplicaId replica, long taken) => row.Origin.Replica == replica && row.Origin.N <= taken;
}

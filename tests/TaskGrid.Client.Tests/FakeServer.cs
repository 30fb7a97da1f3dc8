using System.Collections.Immutable;
using System.Text.Json;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Client.Tests;

/// <summary>The protocol's log in memory, honest where a client can tell: numbers, receipts, forks, merging, rejections, digest.</summary>
internal sealed class FakeServer(TimeProvider time)
{
    private readonly List<CanonicalChange> log = [];
    private readonly Dictionary<TaskId, TaskLine> tasks = [];
    private readonly Dictionary<(TaskId, string), List<TextLogEntry>> texts = [];
    private readonly Dictionary<(TaskId, string), Register> registers = [];
    private readonly Dictionary<(TaskId, string), ObservedSet> sets = [];
    private readonly Dictionary<Origin, (string Canonical, ChangeResult Result)> receipts = [];
    private readonly Dictionary<ReplicaId, long> last = [];

    public string History { get; private set; } = "h1";

    public OrganizationId Organization { get; } = OrganizationId.From(Guid.CreateVersion7());

    public long Head => log.Count;

    public IReadOnlyList<CanonicalChange> Log => log;

    public IReadOnlyDictionary<TaskId, TaskLine> Tasks => tasks;

    public HashSet<UserId> Members { get; } = [];

    /// <summary>Whether it answers with whole tasks instead of changes, which it may [PL8].</summary>
    public bool AnswersStates { get; set; }

    /// <summary>How many of them a page holds.</summary>
    public int StatesInPage { get; set; } = int.MaxValue;

    /// <summary>What the next changes are refused for, if anything.</summary>
    public Func<Change, (string Code, string Detail)?> Refuses { get; set; } = _ => null;

    public string Digest => TaskDigest.Format(TaskDigest.Sum(tasks.Values));

    public void Join(UserId user, string name, Role role)
    {
        Members.Add(user);
        Commit(null, user, Stamp.At(time.GetUtcNow()), null, null, new ChangeBody.Member(user, name, role), null);
    }

    public void Remove(UserId user)
    {
        Members.Remove(user);
        Commit(null, user, Stamp.At(time.GetUtcNow()), null, null, new ChangeBody.Member(user, "", null), null);
    }

    /// <summary>Goes back to an earlier seq, as a restored backup does: a new history.</summary>
    public void RestoreBackupOf(long seq)
    {
        var kept = log.Take((int)seq).ToList();
        log.Clear();
        tasks.Clear();
        texts.Clear();
        registers.Clear();
        sets.Clear();
        receipts.Clear();
        last.Clear();
        History += "'";
        foreach (var change in kept) Replay(change);
    }

    public Reply<PushAnswer> Push(UserId user, PushRequest request)
    {
        if (request.History is { } known && known != History) return Refused<PushAnswer>(410, Codes.Resync);
        var changes = request.Changes.Select(Parse).ToList();
        if (changes.Any(change => change.Clock.Base > Head)) return Refused<PushAnswer>(410, Codes.Resync);
        var expected = last.GetValueOrDefault(request.Replica) + 1;
        if (changes is [var first, ..] && first.N > expected)
            return new Reply<PushAnswer>.Refused(new Problem(409, Codes.Gap, "gap", Expected: expected));
        foreach (var (change, raw) in changes.Zip(request.Changes))
            if (receipts.TryGetValue(new Origin(request.Replica, change.N), out var receipt) && receipt.Canonical != CanonicalJson.From(raw))
                return new Reply<PushAnswer>.Refused(new Problem(409, Codes.ReplicaForked, "forked", N: change.N));
        var refusedFields = new HashSet<(TaskId, string)>();
        var results = changes.Zip(request.Changes, (change, raw) => Take(user, request.Replica, change, raw, refusedFields)).ToImmutableArray();
        return new Reply<PushAnswer>.Answered(new PushAnswer(results, Head, History, time.GetUtcNow(), Page(request.Replica, request.Since)));
    }

    public Reply<PullAnswer> Pull(PullRequest request) => request.Since > Head || (request.History is { } known && known != History)
        ? Refused<PullAnswer>(410, Codes.Resync)
        : new Reply<PullAnswer>.Answered(Page(request.Replica, request.Since, request.After));

    public Snapshot Snapshot(ReplicaId replica)
    {
        var lines = tasks.Values.Select(line => new LoadedTask(line.Id, line.Seq, JsonSerializer.SerializeToUtf8Bytes(line, ContractsJson.Default.TaskLine), TaskDigest.Term(line))).ToList();
        var members = log.Select(change => change.Body).OfType<ChangeBody.Member>().GroupBy(member => member.Subject).Select(group => group.Last())
            .Where(member => member.Role is not null).Select(member => new MemberLine("member", member.Subject, member.Name, member.Role!.Value)).ToList();
        return new Snapshot(new SnapshotHead(Head, lines.Count, last.GetValueOrDefault(replica), Digest, History), [], members, lines);
    }

    public TextHistory Text(TaskId task, string field, long since) => new(
        [.. (texts.GetValueOrDefault((task, field)) ?? []).Where(entry => entry.Seq > since)
            .Select(entry => new TextHistoryEdit(entry.Seq, entry.Origin?.Replica, entry.Origin?.N, entry.Applied))], Head);

    /// <summary>What touched a task, two entries a page, so that a client has to turn pages.</summary>
    public HistoryPage HistoryOf(TaskId task, string? after)
    {
        const int page = 2;
        var first = after is null ? 0 : int.Parse(after, System.Globalization.CultureInfo.InvariantCulture);
        var entries = log.Where(change => TaskFold.Touches(change).Contains(task)).Skip(first)
            .Select(change => JsonSerializer.SerializeToElement(change, ContractsJson.Default.CanonicalChange)).ToList();
        return new HistoryPage([.. entries.Take(page)], entries.Count > page ? (first + page).ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
    }

    private static Change Parse(string raw)
    {
        using var document = JsonDocument.Parse(raw);
        return ((ChangeReading.Read)ChangeReader.Read(document.RootElement)).Change;
    }

    private static Reply<T> Refused<T>(int status, string code) => new Reply<T>.Refused(new Problem(status, code, code));

    private PullAnswer Page(ReplicaId replica, long since, string? after = null)
    {
        var page = new PullAnswer(since, Head, Head, false, [.. log.Skip((int)since)], last.GetValueOrDefault(replica), Digest, History, time.GetUtcNow());
        if (!AnswersStates) return page;
        var touched = page.Changes.SelectMany(TaskFold.Touches).Distinct().Order().Where(task => after is null || string.CompareOrdinal(task.ToString(), after) > 0).ToList();
        return page with
        {
            Changes = [.. page.Changes.Where(change => change.Body is ChangeBody.Member or ChangeBody.Define)],
            States = [.. touched.Take(StatesInPage).Select(task => tasks[task])],
            Next = touched.Count > StatesInPage ? touched[StatesInPage - 1].ToString() : null,
        };
    }

    private ChangeResult Take(UserId user, ReplicaId replica, Change change, string raw, HashSet<(TaskId, string)> refusedFields)
    {
        var origin = new Origin(replica, change.N);
        (TaskId, string)? field = change.Body is ChangeBody.Text text ? (text.Task, text.Field) : null;
        ChangeResult result;
        if (receipts.TryGetValue(origin, out var known)) result = known.Result;
        else
        {
            last[replica] = change.N;
            // [PU11]
            result = field is { } refused && refusedFields.Contains(refused)
                ? new ChangeResult(change.N, ChangeStatus.Rejected, Code: Codes.Dependent)
                : Decide(user, origin, change);
            receipts[origin] = (CanonicalJson.From(raw), result);
        }
        if (result.Status == ChangeStatus.Rejected && field is { } now) refusedFields.Add(now);
        return result;
    }

    private ChangeResult Decide(UserId user, Origin origin, Change change)
    {
        if (Refuses(change) is var (code, detail)) return new ChangeResult(change.N, ChangeStatus.Rejected, Code: code, Detail: detail);
        if (change.Body is ChangeBody.Create create && tasks.ContainsKey(create.Task)) return new ChangeResult(change.N, ChangeStatus.Rejected, Code: Codes.Exists);
        if (change.Body is ChangeBody.OnTask on and not ChangeBody.Create && !tasks.ContainsKey(on.Task))
            return new ChangeResult(change.N, ChangeStatus.Rejected, Code: Codes.Unknown);
        var at = StampAdjust.Hold(change.At, time.GetUtcNow().ToUnixTimeMilliseconds());
        var (body, effect, adjusted) = Merge(user, origin, change, at);
        var canonical = Commit(origin, user, adjusted, adjusted == change.At ? null : change.At, change.Clock, body, effect);
        var status = effect is null && body.Equals(change.Body) ? ChangeStatus.Accepted : ChangeStatus.Merged;
        return new ChangeResult(change.N, status, canonical.Seq, adjusted);
    }

    private (ChangeBody Body, Effect? Effect, Stamp At) Merge(UserId user, Origin origin, Change change, Stamp at)
    {
        switch (change.Body)
        {
            case ChangeBody.Text text:
                var edits = texts[(text.Task, text.Field)];
                var merged = TextMerge.Integrate(edits, origin, change.Clock, text.Edit);
                edits.Add(new TextLogEntry(Head + 1, origin, change.Clock, text.Edit, merged.Applied));
                return (text with { Edit = merged.Applied }, null, at);
            case ChangeBody.Set set:
                var write = registers.GetValueOrDefault((set.Task, set.Field), Register.Empty)
                    .Write(new RegisterEntry(Head + 1, origin, at, change.At, user, set.Value), change.Clock);
                registers[(set.Task, set.Field)] = write.Next;
                return (set, write.Applied ? null : new Effect { Applied = false }, write.Entry.At);
            case ChangeBody.Add add:
                sets[(add.Task, add.Field)] = sets.GetValueOrDefault((add.Task, add.Field), ObservedSet.Empty).Add(add.Value, Head + 1, origin);
                return (add, null, at);
            case ChangeBody.Remove remove:
                var (next, gone) = sets.GetValueOrDefault((remove.Task, remove.Field), ObservedSet.Empty).Remove(remove.Value, origin, change.Clock);
                sets[(remove.Task, remove.Field)] = next;
                return (remove, gone ? null : new Effect { Applied = false }, at);
            default:
                return (change.Body, null, at);
        }
    }

    private CanonicalChange Commit(Origin? origin, UserId user, Stamp at, Stamp? sent, CausalClock? clock, ChangeBody body, Effect? effect)
    {
        var change = new CanonicalChange(Head + 1, origin, user, WireTime.Truncate(time.GetUtcNow()), at, sent, clock, body, effect);
        // Through JSON, as every client gets it.
        change = JsonSerializer.Deserialize(JsonSerializer.Serialize(change, ContractsJson.Default.CanonicalChange), ContractsJson.Default.CanonicalChange)!;
        Fold(change);
        return change;
    }

    private void Fold(CanonicalChange change)
    {
        log.Add(change);
        if (change.Body is ChangeBody.Create create)
        {
            texts[(create.Task, Fields.Title)] = [];
            texts[(create.Task, Fields.Description)] = [];
            foreach (var label in create.Values.Labels)
                sets[(create.Task, Fields.Labels)] = sets.GetValueOrDefault((create.Task, Fields.Labels), ObservedSet.Empty).Add(label, change.Seq, change.Origin!.Value);
        }
        foreach (var task in TaskFold.Touches(change))
            if (TaskFold.Apply(tasks.GetValueOrDefault(task), change, task) is { } line) tasks[task] = line;
    }

    /// <summary>Texts after a restored backup start from an empty log: enough for what the clients are asked here.</summary>
    private void Replay(CanonicalChange change)
    {
        Fold(change);
        if (change.Origin is { } origin) last[origin.Replica] = Math.Max(last.GetValueOrDefault(origin.Replica), origin.N);
        if (change.Body is ChangeBody.Text text)
            texts[(text.Task, text.Field)].Add(new TextLogEntry(change.Seq, change.Origin, change.Clock!, text.Edit, text.Edit));
    }
}

using System.Runtime.InteropServices;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Benchmarks.Traces;

/// <summary>
/// The agents of a concurrent trace as replicas, and a server: each pulls up to the base of its next change, makes it on what it then
/// shows, and sends it; the server takes it in at its place in the log.
/// </summary>
internal sealed class TraceReplay(int agents)
{
    private readonly List<TextLogEntry> log = [];
    private readonly TextBranchCache?[] caches = new TextBranchCache?[agents];
    private readonly Agent[] replicas = [.. Enumerable.Range(1, agents).Select(i => new Agent(new ReplicaId(new Guid(i, 0, 0, new byte[8]))))];

    public string Text { get; private set; } = "";

    public IEnumerable<TextEdit> Canonical => log.Select(entry => entry.Applied);

    public IEnumerable<string> Shown => replicas.Select(replica => replica.Text);

    /// <summary>How many edits of others a change had not seen, at the most and in all.</summary>
    public (int Most, long Sum) Unseen { get; private set; }

    public void Run(IReadOnlyList<TracedChange> changes)
    {
        foreach (var change in changes)
        {
            var replica = replicas[change.Agent];
            replica.PullTo(change.Base, log);
            Sequence(change, replica.Make(change));
        }
        foreach (var replica in replicas) replica.PullTo(log.Count, log);
    }

    private void Sequence(TracedChange change, Origin origin)
    {
        var clock = new CausalClock(change.Base);
        var taken = TextMerge.Integrate(log, origin, clock, change.Edit, caches[change.Agent]);
        caches[change.Agent] = taken.Cache;
        log.Add(new TextLogEntry(log.Count + 1, origin, clock, change.Edit, taken.Applied));
        Text = TextEdits.Apply(Text, taken.Applied);
        Unseen = (Math.Max(Unseen.Most, taken.Cache.Count), Unseen.Sum + taken.Cache.Count);
    }

    /// <summary>What an agent's client holds: the text with its own edits on it, and those that have not come back.</summary>
    private sealed class Agent(ReplicaId replica)
    {
        private TextBranch branch = TextBranch.Empty;
        private long held;

        public string Text { get; private set; } = "";

        public Origin Make(TracedChange change)
        {
            var origin = new Origin(replica, change.N);
            branch = branch.Append(origin, change.Edit);
            Text = TextEdits.Apply(Text, change.Edit);
            return origin;
        }

        public void PullTo(long seq, List<TextLogEntry> log)
        {
            List<TextEdit> foreign = [];
            for (; held < seq; held++)
            {
                var entry = log[(int)held];
                if (entry.Origin!.Value.Replica != replica)
                {
                    foreign.Add(entry.Applied);
                    continue;
                }
                Over(foreign);
                if (!branch.Pending[0].Edit.Equals(entry.Applied)) throw new InvalidOperationException($"edit {entry.Seq} came back otherwise than its author had it");
                branch = branch.Confirm(entry.Origin.Value);
            }
            Over(foreign);
        }

        private void Over(List<TextEdit> foreign)
        {
            branch = branch.OverForeign(CollectionsMarshal.AsSpan(foreign), out var shown);
            foreach (var edit in shown) Text = TextEdits.Apply(Text, edit);
            foreign.Clear();
        }
    }
}

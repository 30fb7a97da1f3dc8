using System.Collections.Immutable;
using TaskGrid.Contracts;

namespace TaskGrid.Sync.Tests;

/// <summary>
/// Authors with a branch each, and a server that only integrates: they push, pull and fork when the seed says, now and then the server
/// makes an edit itself, then all drain.
/// </summary>
internal sealed class TextSimulation(int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<TextLogEntry> _log = [];
    private readonly List<string> _texts = [];
    private int _replicas;

    public IReadOnlyList<TextLogEntry> Log => _log;

    public bool Run(int authors, int steps)
    {
        _texts.Add(TextEdits.Apply("", EditGen.For("", _random.Next(), 8)));
        Author[] all = [.. Enumerable.Range(0, authors).Select(_ => new Author(NextReplica(), _texts[0]))];
        for (int i = 0; i < steps; i++)
            Step(all[_random.Next(authors)], _random.Next(20));
        foreach (Author author in all)
        {
            while (author.Outbox.Count > 0)
                Push(author);
        }
        foreach (Author author in all)
        {
            Pull(author, _log.Count - (int)author.Base);
            Assert.Equal(_texts[^1], author.Text);
            Assert.Empty(author.Branch.Pending);
        }
        return true;
    }

    private void Step(Author author, int kind)
    {
        if (kind < 8)
            author.Edit(_random);
        else if (kind < 14)
            Pull(author, _random.Next(_log.Count - (int)author.Base + 1));
        else if (kind < 18)
            Push(author);
        else if (kind == 18 && author.Sent > 0 && _random.Next(3) == 0)
            author.Fork(NextReplica());
        else if (kind == 19 && _random.Next(3) == 0)
            Append(seq => TextLogEntry.ByServer(seq, EditGen.For(_texts[^1], _random.Next(), 1)));
    }

    private ReplicaId NextReplica() => new(new Guid(++_replicas, 0, 0, new byte[8]));

    private void Push(Author author)
    {
        if (!author.Outbox.TryDequeue(out Made? change))
            return;
        author.Sent = change.Origin.N;
        TextView view = TextMerge.ViewOf(_log, change.Origin, change.Clock, author.Cache);
        Assert.Equal(change.Saw, view.Seen(_texts[^1]));
        Assert.Equal(CodePoints.Count(change.Saw), view.SeenLength(CodePoints.Count(_texts[^1])));
        TextIntegration taken = view.Integrate(change.Sent, () => change.Saw);
        Assert.Equal(taken.Applied, TextMerge.Integrate(_log, change.Origin, change.Clock, change.Sent).Applied);
        author.Cache = _random.Next(4) == 0 ? null : taken.Cache;
        Append(seq => new TextLogEntry(seq, change.Origin, change.Clock, change.Sent, taken.Applied));
    }

    private void Append(Func<long, TextLogEntry> entryAt)
    {
        TextLogEntry entry = entryAt(_log.Count + 1);
        _log.Add(entry with { Removed = TextEdits.Removed(_texts[^1], entry.Applied) });
        _texts.Add(TextEdits.Apply(_texts[^1], entry.Applied));
    }

    private void Pull(Author author, int count)
    {
        for (; count > 0; count--)
            author.Receive(_log[(int)author.Base], _texts[(int)author.Base + 1]);
    }

    private sealed record Made(Origin Origin, CausalClock Clock, TextEdit Sent, string Saw);

    private sealed class Author(ReplicaId replica, string text)
    {
        private ReplicaId _replica = replica;
        private ImmutableSortedDictionary<ReplicaId, long> _former = ImmutableSortedDictionary<ReplicaId, long>.Empty;
        private long _n;

        public long Base { get; private set; }

        public long Sent { get; set; }

        public string Text { get; private set; } = text;

        public TextBranch Branch { get; private set; } = TextBranch.Empty;

        public Queue<Made> Outbox { get; private set; } = new();

        public TextBranchCache? Cache { get; set; }

        public void Edit(Random random)
        {
            string saw = Branch.Shown(Text);
            TextEdit edit = EditGen.For(saw, random.Next(), 2);
            var origin = new Origin(_replica, ++_n);
            Outbox.Enqueue(new(origin, new CausalClock(Base, _former), edit, saw));
            Branch = Branch.Append(origin, edit);
        }

        /// <summary>[PU9]: what was not sent is issued anew, by a replica that has seen what the old one had sent.</summary>
        public void Fork(ReplicaId next)
        {
            (ReplicaId old, long sent) = (_replica, Sent);
            (_replica, _n, Sent) = (next, Outbox.Count, 0);
            _former = _former.SetItem(old, sent);
            Outbox = new(Outbox.Select((made, i) => made with
            {
                Origin = new(next, i + 1),
                Clock = new CausalClock(made.Clock.Base, made.Clock.Replicas.SetItem(old, sent)),
            }));
            Branch = Branch.Pending.Aggregate(TextBranch.Empty, (branch, pending) => branch.Append(
                pending.Origin.Replica == old && pending.Origin.N > sent ? new(next, pending.Origin.N - sent) : pending.Origin, pending.Edit));
        }

        public void Receive(TextLogEntry entry, string after)
        {
            string shown = Branch.Shown(Text);
            if (!Branch.Pending.IsEmpty && entry.Origin == Branch.Pending[0].Origin)
            {
                Assert.Equal(entry.Applied, Branch.Pending[0].Edit);
                Branch = Branch.Confirm(entry.Origin.Value);
            }
            else
            {
                Branch = Branch.OverForeign(entry.Applied, out TextEdit over);
                shown = TextEdits.Apply(shown, over);
            }
            Text = after;
            Base = entry.Seq;
            Assert.Equal(shown, Branch.Shown(Text));
        }
    }
}

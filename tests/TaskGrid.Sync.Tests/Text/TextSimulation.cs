using TaskGrid.Contracts;

namespace TaskGrid.Sync.Tests;

/// <summary>Authors with a branch each, and a server that only integrates: they push and pull when the seed says, then all drain.</summary>
internal sealed class TextSimulation(int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<TextLogEntry> _log = [];
    private readonly List<string> _texts = [];

    public bool Run(int authors, int steps)
    {
        _texts.Add(TextEdits.Apply("", EditGen.For("", _random.Next(), 8)));
        Author[] all = [.. Enumerable.Range(1, authors).Select(i => new Author(new ReplicaId(new Guid(i, 0, 0, new byte[8])), _texts[0]))];
        for (int i = 0; i < steps; i++)
        {
            Author author = all[_random.Next(authors)];
            int kind = _random.Next(10);
            if (kind < 4)
                author.Edit(_random);
            else if (kind < 7)
                Pull(author, _random.Next(_log.Count - (int)author.Base + 1));
            else
                Push(author);
        }
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

    private void Push(Author author)
    {
        if (!author.Outbox.TryDequeue(out (Origin Origin, CausalClock Clock, TextEdit Sent, string Saw) change))
            return;
        TextView view = TextMerge.ViewOf(_log, change.Origin, change.Clock, author.Cache);
        Assert.Equal(change.Saw, view.Seen(_texts[^1]));
        Assert.Equal(CodePoints.Count(change.Saw), view.SeenLength(CodePoints.Count(_texts[^1])));
        TextIntegration taken = view.Integrate(change.Sent, () => change.Saw);
        Assert.Equal(taken.Applied, TextMerge.Integrate(_log, change.Origin, change.Clock, change.Sent).Applied);
        author.Cache = _random.Next(4) == 0 ? null : taken.Cache;
        string removed = TextEdits.Removed(_texts[^1], taken.Applied);
        _log.Add(new TextLogEntry(_log.Count + 1, change.Origin, change.Clock, change.Sent, taken.Applied) { Removed = removed });
        _texts.Add(TextEdits.Apply(_texts[^1], taken.Applied));
    }

    private void Pull(Author author, int count)
    {
        for (; count > 0; count--)
            author.Receive(_log[(int)author.Base], _texts[(int)author.Base + 1]);
    }

    private sealed class Author(ReplicaId replica, string text)
    {
        private long _n;

        public long Base { get; private set; }

        public string Text { get; private set; } = text;

        public TextBranch Branch { get; private set; } = TextBranch.Empty;

        public Queue<(Origin Origin, CausalClock Clock, TextEdit Sent, string Saw)> Outbox { get; } = new();

        public TextBranchCache? Cache { get; set; }

        public void Edit(Random random)
        {
            string saw = Branch.Shown(Text);
            TextEdit edit = EditGen.For(saw, random.Next(), 2);
            var origin = new Origin(replica, ++_n);
            Outbox.Enqueue((origin, new CausalClock(Base), edit, saw));
            Branch = Branch.Append(origin, edit);
        }

        public void Receive(TextLogEntry entry, string after)
        {
            string shown = Branch.Shown(Text);
            if (entry.Origin!.Value.Replica == replica)
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

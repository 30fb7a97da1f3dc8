using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using CsCheck;
using TaskGrid.Contracts;

namespace TaskGrid.Sync.Tests;

public sealed class TextMergeTests
{
    private static readonly ReplicaId Ann = new(new Guid("01990000-0000-7000-8000-00000000000a"));
    private static readonly ReplicaId Bob = new(new Guid("01990000-0000-7000-8000-00000000000b"));
    private static readonly ReplicaId Eve = new(new Guid("01990000-0000-7000-8000-00000000000e"));

    [Fact(DisplayName = "[TX5] the canonical edits are as the vectors say, with and without a cache")]
    public void CanonicalEdits()
    {
        int forked = 0;
        foreach (JsonElement scenario in VectorFile.Cases("text-log.json"))
        {
            var log = new List<TextLogEntry>();
            var caches = new Dictionary<ReplicaId, TextBranchCache>();
            string text = scenario.GetProperty("start").GetString()!;
            foreach (JsonElement line in scenario.GetProperty("log").EnumerateArray())
            {
                TextLogEntry entry = EntryOf(line, text);
                if (entry.Origin is { } author)
                {
                    forked += entry.Clock.Replicas.Count;
                    TextIntegration fresh = TextMerge.Integrate(log, author, entry.Clock, entry.Sent);
                    TextIntegration cached = TextMerge.Integrate(log, author, entry.Clock, entry.Sent, caches.GetValueOrDefault(author.Replica));
                    caches[author.Replica] = cached.Cache;
                    Assert.Equal(entry.Applied, fresh.Applied);
                    Assert.Equal(entry.Applied, cached.Applied);
                }
                text = TextEdits.Apply(text, entry.Applied);
                Assert.Equal(line.GetProperty("text").GetString(), text);
                log.Add(entry);
            }
        }
        Assert.True(forked > 20, "the vectors hold too few forks");
    }

    [Fact(DisplayName = "[TX5] clients that rebase edit by edit and the server meet in one text")]
    public void Convergence() => Gen.Int.Sample(seed => new TextSimulation(seed).Run(authors: 3, steps: 60), iter: 400);

    [Fact(DisplayName = "[TX1] what the author saw is found back from the current text")]
    public void SeenText()
    {
        List<TextLogEntry> log = [];
        string text = Log(log, "one two three", Bob, TextEdit.DeleteAt(4, 4), TextEdit.InsertAt(0, "😀 "), TextEdit.DeleteAt(0, 1));
        var clock = new CausalClock(0);

        // Ann deleted "two" too, then went on typing, all without having seen Bob.
        TextIntegration first = TextMerge.Integrate(log, new(Ann, 1), clock, TextEdit.DeleteAt(3, 4));
        log.Add(new TextLogEntry(4, new(Ann, 1), clock, TextEdit.DeleteAt(3, 4), first.Applied) { Removed = TextEdits.Removed(text, first.Applied) });
        text = TextEdits.Apply(text, first.Applied);
        TextView view = TextMerge.ViewOf(log, new(Ann, 2), clock);

        Assert.Equal("one three", view.Seen(text));
        Assert.Equal(9, view.SeenLength(CodePoints.Count(text)));
        Assert.Null(TextMerge.ViewOf([log[0] with { Removed = null }], new(Ann, 1), clock).Seen("one three"));
    }

    [Fact(DisplayName = "[TX6] of two inserts at the same place the earlier in the log stands first")]
    public void EarlierStandsFirst()
    {
        List<TextLogEntry> log = [];
        string text = Log(log, "", Bob, TextEdit.InsertAt(0, "bob"));

        TextIntegration ann = TextMerge.Integrate(log, new(Ann, 1), new CausalClock(0), TextEdit.InsertAt(0, "ann"));

        Assert.Equal("bobann", TextEdits.Apply(text, ann.Applied));
    }

    [Fact(DisplayName = "[TX7] what either inserted is in the merged text, and what either deleted is gone once")]
    public void NothingIsLost() => Gen.Select(EditGen.Text, Gen.Int, Gen.Int).Sample((text, a, b) =>
    {
        (TextEdit left, TextEdit right) = (EditGen.For(text, a), EditGen.For(text, b));
        string merged = TextEdits.Apply(TextEdits.Apply(text, left), TextEdits.Transform(right, left, Side.Right));

        HashSet<int> deleted = [.. Deleted(left), .. Deleted(right)];
        IEnumerable<Rune> kept = text.EnumerateRunes().Where((_, at) => !deleted.Contains(at));
        Assert.Equal(kept.Concat(Inserted(left)).Concat(Inserted(right)).Order(), merged.EnumerateRunes().Order());
    });

    [Fact(DisplayName = "[TX7] an edit is taken in however old it is")]
    public void NoEditIsTooOld()
    {
        List<TextLogEntry> log = [];
        string text = Log(log, "", Bob, [.. Enumerable.Range(0, 3000).Select(i => TextEdit.InsertAt(i, "b"))]);

        TextIntegration ann = TextMerge.Integrate(log, new(Ann, 1), new CausalClock(0), TextEdit.InsertAt(0, "ann"));

        Assert.Equal(text + "ann", TextEdits.Apply(text, ann.Applied));
    }

    [Fact(DisplayName = "[TX9] an edit that the server made is foreign to everybody")]
    public void ServerEditIsForeign()
    {
        var log = new List<TextLogEntry> { TextLogEntry.ByServer(1, TextEdit.InsertAt(0, "new ")) };

        TextIntegration ann = TextMerge.Integrate(log, new(Ann, 2), new CausalClock(0), TextEdit.InsertAt(3, "!"));

        Assert.Equal(TextEdit.InsertAt(7, "!"), ann.Applied);
    }

    [Fact]
    public void More_of_the_log_is_needed_while_own_edits_hang_on_earlier_ones()
    {
        TextLogEntry[] log =
        [
            Entry(11, Ann, 1, 4), Entry(12, Bob, 1, 11), Entry(13, Ann, 2, 10), Entry(14, Bob, 2, 12),
        ];

        Assert.Equal(4, TextMerge.NeedsFrom(log, new(Ann, 3), new CausalClock(12)));
        Assert.Equal(10, TextMerge.NeedsFrom(log[2..], new(Ann, 3), new CausalClock(12)));
        Assert.Equal(14, TextMerge.NeedsFrom(log, new(Ann, 3), new CausalClock(14)));
        TextBranchCache cache = TextMerge.Integrate(log, new(Ann, 3), new CausalClock(12), TextEdit.Empty).Cache;
        Assert.Equal(14, TextMerge.NeedsFrom(log, new(Ann, 4), new CausalClock(12), cache));
    }

    [Fact]
    public void A_cache_that_is_not_of_the_authors_earlier_edits_is_not_used()
    {
        List<TextLogEntry> log = [];
        Log(log, "abc", Bob, TextEdit.InsertAt(3, "bob"), TextEdit.InsertAt(6, "!"));
        var clock = new CausalClock(0);
        TextEdit sent = TextEdit.InsertAt(3, "ann");
        TextEdit expected = TextMerge.Integrate(log, new(Ann, 5), clock, sent).Applied;

        TextBranchCache other = TextMerge.Integrate(log, new(Eve, 1), clock, TextEdit.InsertAt(0, "eve")).Cache;
        TextBranchCache later = TextMerge.Integrate(log, new(Ann, 5), clock, TextEdit.InsertAt(0, "x")).Cache;
        TextBranchCache sawMore = TextMerge.Integrate(log, new(Ann, 4), new CausalClock(1), TextEdit.Empty).Cache;

        Assert.All([other, later, sawMore], cache => Assert.Equal(expected, TextMerge.Integrate(log, new(Ann, 5), clock, sent, cache).Applied));
    }

    private static IEnumerable<int> Deleted(TextEdit edit)
    {
        int at = 0;
        foreach (TextComponent component in edit.Components)
        {
            if (component.Kind == TextComponentKind.Delete)
                for (int i = 0; i < component.Count; i++)
                    yield return at + i;
            at += component.Kind == TextComponentKind.Insert ? 0 : component.Count;
        }
    }

    private static IEnumerable<Rune> Inserted(TextEdit edit) => edit.Components.SelectMany(component => (component.Text ?? "").EnumerateRunes());

    private static TextLogEntry Entry(long seq, ReplicaId replica, long n, long @base) =>
        new(seq, new(replica, n), new CausalClock(@base), TextEdit.Empty, TextEdit.Empty);

    private static string Log(List<TextLogEntry> log, string text, ReplicaId replica, params TextEdit[] edits)
    {
        foreach (TextEdit edit in edits)
        {
            long seq = log.Count + 1;
            log.Add(new(seq, new(replica, seq), new CausalClock(seq - 1), edit, edit) { Removed = TextEdits.Removed(text, edit) });
            text = TextEdits.Apply(text, edit);
        }
        return text;
    }

    private static TextLogEntry EntryOf(JsonElement line, string before)
    {
        Assert.True(CausalClockJsonConverter.TryRead(line.GetProperty("clock"), out CausalClock clock));
        string? replica = line.GetProperty("replica").GetString();
        Origin? origin = replica is null ? null : new(IdText.Parse<ReplicaId>(replica), line.GetProperty("n").GetInt64());
        TextEdit applied = TextEditTests.Read(line.GetProperty("edit").GetRawText());
        TextEdit sent = TextEditTests.Read(line.GetProperty("sent").GetRawText());
        return new(line.GetProperty("seq").GetInt64(), origin, clock, sent, applied) { Removed = TextEdits.Removed(before, applied) };
    }
}

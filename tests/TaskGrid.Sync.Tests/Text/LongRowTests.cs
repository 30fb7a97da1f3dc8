using System.Collections.Immutable;
using CsCheck;
using TaskGrid.Contracts;

namespace TaskGrid.Sync.Tests;

/// <summary>
/// An author's edits against hundreds of foreign ones, where the kernel goes in strides: held, edit for edit, against transform applied
/// square by square as SPEC draws it.
/// </summary>
public sealed class LongRowTests
{
    private static readonly ReplicaId Ann = new(new Guid(1, 0, 0, new byte[8]));
    private static readonly ReplicaId Bob = new(new Guid(2, 0, 0, new byte[8]));

    [Fact(DisplayName = "[TX5] over hundreds of foreign edits server and client find what transform gives square by square")]
    public void SquareBySquare() => Gen.Int.Sample(seed =>
    {
        var scene = new Scene(new Random(seed));
        var log = scene.Foreign.ToList();
        TextBranchCache? cache = null;
        for (int i = 0; i < scene.Own.Count; i++)
        {
            (CausalClock clock, TextEdit sent) = scene.Own[i];
            TextIntegration taken = TextMerge.Integrate(log, new(Ann, i + 1), clock, sent, cache);
            Assert.Equal(scene.Canonical[i], taken.Applied);
            Assert.Equal(scene.Canonical[i], TextMerge.Integrate(log, new(Ann, i + 1), clock, sent).Applied);
            cache = i % 5 == 4 ? null : taken.Cache;
            log.Add(new(log.Count + 1, new(Ann, i + 1), clock, sent, taken.Applied));
        }
    }, iter: 120);

    [Fact(DisplayName = "[TX5] foreign edits taken at once move a branch as they do one by one")]
    public void AtOnce() => Gen.Int.Sample(seed =>
    {
        var scene = new Scene(new Random(seed));
        (TextBranch atOnce, TextBranch oneByOne) = (TextBranch.Empty, TextBranch.Empty);
        for (int i = 0, at = 0; i <= scene.Own.Count; i++)
        {
            int until = i < scene.Own.Count ? (int)scene.Own[i].Clock.Base : scene.Foreign.Count;
            TextEdit[] coming = [.. scene.Foreign.Skip(at).Take(until - at).Select(entry => entry.Applied)];
            at = until;
            atOnce = atOnce.OverForeign(coming, out ImmutableArray<TextEdit> shown);
            foreach ((TextEdit foreign, TextEdit expected) in coming.Zip(shown))
            {
                oneByOne = oneByOne.OverForeign(foreign, out TextEdit one);
                Assert.Equal(expected, one);
            }
            Assert.Equal(oneByOne.Pending, atOnce.Pending);
            if (i < scene.Own.Count)
                (atOnce, oneByOne) = (atOnce.Append(new(Ann, i + 1), scene.Own[i].Sent), oneByOne.Append(new(Ann, i + 1), scene.Own[i].Sent));
        }
        Assert.Equal(scene.Canonical, atOnce.Pending.Select(pending => pending.Edit));
    }, iter: 120);

    [Fact]
    public void What_the_author_saw_is_measured_without_its_text() => Gen.Int.Sample(seed =>
    {
        var scene = new Scene(new Random(seed));
        TextView view = TextMerge.ViewOf(scene.Foreign, new(Ann, 1), new CausalClock(0));
        string seen = view.Seen(scene.Head)!;

        Assert.Equal(scene.Start, seen);
        Assert.Equal(CodePoints.Count(seen), view.SeenLength(CodePoints.Count(scene.Head)));
        Assert.InRange(seen.Length, 0, view.SeenUnitsAtMost(scene.Head.Length));
        TextLogEntry[] unknown = [.. scene.Foreign.Select(entry => entry with { Removed = null })];
        Assert.InRange(seen.Length, 0, TextMerge.ViewOf(unknown, new(Ann, 1), new CausalClock(0)).SeenUnitsAtMost(scene.Head.Length));
    }, iter: 60);

    /// <summary>Bob's edits are in the log; Ann's come after them, each made when she had seen some more of his.</summary>
    private sealed class Scene
    {
        private readonly List<TextEdit> _pending = [];
        private string _shown;

        public Scene(Random random)
        {
            Start = string.Concat(Enumerable.Range(0, random.Next(3) * random.Next(200)).Select(i => i % 9 == 0 ? "😀" : "ab c"[i % 4].ToString()));
            (Head, _shown) = (Start, Start);
            (Hand bob, Hand ann) = (new(random), new(random));
            for (int seq = 1, count = random.Next(1, 420); seq <= count; seq++)
            {
                TextEdit edit = bob.Next(Head);
                Foreign.Add(new(seq, new(Bob, seq), new CausalClock(seq - 1), edit, edit) { Removed = TextEdits.Removed(Head, edit) });
                Head = TextEdits.Apply(Head, edit);
            }
            int seen = 0;
            for (int n = random.Next(1, 30); n > 0; n--)
            {
                int until = random.Next(3) == 0 ? random.Next(seen, Foreign.Count + 1) : seen;
                Pull(Foreign[seen..until]);
                seen = until;
                TextEdit edit = ann.Next(_shown);
                Own.Add((new CausalClock(seen), edit));
                _pending.Add(edit);
                _shown = TextEdits.Apply(_shown, edit);
            }
            Pull(Foreign[seen..]);
            Assert.Equal(_pending.Aggregate(Head, TextEdits.Apply), _shown);
        }

        public string Start { get; }

        public string Head { get; }

        public List<TextLogEntry> Foreign { get; } = [];

        public List<(CausalClock Clock, TextEdit Sent)> Own { get; } = [];

        /// <summary>Hers as they stand after all of his.</summary>
        public IReadOnlyList<TextEdit> Canonical => _pending;

        private void Pull(List<TextLogEntry> entries)
        {
            foreach (TextEdit applied in entries.Select(entry => entry.Applied))
            {
                TextEdit foreign = applied;
                for (int i = 0; i < _pending.Count; i++)
                    (_pending[i], foreign) = (TextEdits.Transform(_pending[i], foreign, Side.Right), TextEdits.Transform(foreign, _pending[i], Side.Left));
                _shown = TextEdits.Apply(_shown, foreign);
            }
        }
    }

    /// <summary>Types at one place for a while, jumps, deletes, now and then replaces several things at once, or nothing.</summary>
    private sealed class Hand(Random random)
    {
        private readonly int _restless = random.Next(2, 40);
        private int _cursor;

        public TextEdit Next(string text)
        {
            int length = CodePoints.Count(text);
            if (random.Next(_restless) == 0)
                _cursor = random.Next(length + 1);
            _cursor = Math.Min(_cursor, length);
            switch (random.Next(12))
            {
                case 0:
                    return EditGen.For(text, random.Next(), 3);
                case 1:
                    return TextEdit.Empty;
                case 2 or 3 when _cursor > 0:
                    int count = random.Next(1, Math.Min(4, _cursor) + 1);
                    _cursor -= count;
                    return TextEdit.DeleteAt(_cursor, count);
                case 4 when _cursor < length:
                    return TextEdit.DeleteAt(_cursor, 1);
                case 5:
                    return TextEdit.InsertAt(length, "end");
                default:
                    return TextEdit.InsertAt(_cursor++, random.Next(6) == 0 ? "🙂" : "x");
            }
        }
    }
}

using CsCheck;
using TaskGrid.Contracts;

namespace TaskGrid.Sync.Tests;

public sealed class WideEditTests
{
    private static readonly ReplicaId Ann = new(new Guid(1, 0, 0, new byte[8]));
    private static readonly ReplicaId Bob = new(new Guid(2, 0, 0, new byte[8]));

    [Fact(DisplayName = "[TX5] an edit of many places gives the same as transform on the whole of it, and so do the foreign edits after it")]
    public void SameAsTransform() => Gen.Int.Sample(seed =>
    {
        var random = new Random(seed);
        string text = string.Concat(Enumerable.Range(0, 40 + random.Next(400)).Select(i => i % 7 == 0 ? "😀" : "ab c"[i % 4].ToString()));
        TextEdit own = ManyPlaces(random, CodePoints.Count(text), random.Next(20, 160));
        (List<TextLogEntry> log, string head) = Foreign(random, text, random.Next(2, 60));

        TextView view = TextMerge.ViewOf(log, new(Ann, 1), new CausalClock(0));
        TextIntegration taken = view.Integrate(own);

        TextEdit expected = own;
        var after = new List<TextEdit>();
        foreach (TextEdit foreign in log.Select(entry => entry.Applied))
        {
            after.Add(TextEdits.Transform(foreign, expected, Side.Left));
            expected = TextEdits.Transform(expected, foreign, Side.Right);
        }
        Assert.Equal(expected, taken.Applied);
        Assert.Equal(text, view.Seen(head));

        // The author's next edit meets the foreign ones as they went on; what he saw is found back through them.
        string merged = TextEdits.Apply(head, taken.Applied);
        TextView next = TextMerge.ViewOf(log, new(Ann, 2), new CausalClock(0), taken.Cache);
        Assert.Equal(TextEdits.Apply(text, own), next.Seen(merged));
        TextEdit second = EditGen.For(TextEdits.Apply(text, own), seed);
        TextEdit expectedSecond = after.Aggregate(second, (edit, foreign) => TextEdits.Transform(edit, foreign, Side.Right));
        Assert.Equal(expectedSecond, next.Integrate(second).Applied);
    }, iter: 600);

    /// <summary>
    /// The budget of the design, told by what is allocated, which no busy machine can blur: taken whole for every foreign edit,
    /// an edit of ten thousand places would allocate several gigabytes.
    /// </summary>
    [Fact(DisplayName = "Ten thousand keystrokes composed by the client merge with ten thousand edits in little memory")]
    public void Budget()
    {
        var random = new Random(1);
        TextEdit own = ManyPlaces(random, 60_000, 10_000);
        List<TextLogEntry> log = [.. Enumerable.Range(1, 10_000).Select(i =>
        {
            TextEdit edit = i % 9 == 0 ? TextEdit.DeleteAt(random.Next(50_000), 1) : TextEdit.InsertAt(random.Next(50_000), "x");
            return new TextLogEntry(i, new(Bob, i), new CausalClock(i - 1), edit, edit);
        })];
        long before = GC.GetAllocatedBytesForCurrentThread();

        TextIntegration taken = TextMerge.Integrate(log, new(Ann, 1), new CausalClock(0), own);

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 200L << 20);
        Assert.Equal(own.Inserted, taken.Applied.Inserted);
    }

    private static TextEdit ManyPlaces(Random random, int length, int places)
    {
        var edit = new TextEditBuilder();
        for (int at = 0; places > 0 && at < length; places--)
        {
            int keep = Math.Min(random.Next(4), length - at);
            int delete = Math.Min(random.Next(3), length - at - keep);
            edit.Keep(keep).Insert(random.Next(2) == 0 ? "I😀"[..random.Next(2)] : "").Delete(delete);
            at += keep + delete;
        }
        return edit.ToEdit();
    }

    private static (List<TextLogEntry> Log, string Head) Foreign(Random random, string text, int count)
    {
        var log = new List<TextLogEntry>();
        for (int i = 1; i <= count; i++)
        {
            TextEdit edit = EditGen.For(text, random.Next(), 2);
            log.Add(new(i, new(Bob, i), new CausalClock(i - 1), edit, edit) { Removed = TextEdits.Removed(text, edit) });
            text = TextEdits.Apply(text, edit);
        }
        return (log, text);
    }
}

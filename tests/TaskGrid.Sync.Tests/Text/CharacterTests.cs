using TaskGrid.Contracts;

namespace TaskGrid.Sync.Tests;

/// <summary>Two authors edit one text without seeing each other, with characters that are easily got wrong; server and clients must agree.</summary>
public sealed class CharacterTests
{
    private const string Family = "👩\u200D👩\u200D👧\u200D👦";

    private static readonly ReplicaId Ann = new(new Guid(1, 0, 0, new byte[8]));
    private static readonly ReplicaId Bob = new(new Guid(2, 0, 0, new byte[8]));

    [Theory(DisplayName = "[TX7] surrogate pairs are one code point each and are never cut")]
    [InlineData("😀😁😂", "[1,\"🙂\"]", "[1,{\"d\":1},\"🚀\"]", "😀🙂🚀😂", "😀🙂🚀😂")]
    [InlineData("𝒳", "[{\"d\":1}]", "[1,\"𝒴\"]", "𝒴", "𝒴")]
    [InlineData("a😀b", "[1,{\"d\":1},\"😁\"]", "[1,{\"d\":1},\"😂\"]", "a😁😂b", "a😂😁b")]
    public void SurrogatePairs(string before, string anns, string bobs, string annFirst, string bobFirst) => Check(before, anns, bobs, annFirst, bobFirst);

    [Theory(DisplayName = "[TX7] a combining mark is a code point of its own: it may lose its letter, or get another one before it")]
    [InlineData("Cafe\u0301", "[4,{\"d\":1}]", "[3,{\"d\":1}]", "Caf", "Caf")]
    [InlineData("e\u0301", "[{\"d\":1},\"a\"]", "[1,\"\u0323\"]", "a\u0323\u0301", "\u0323a\u0301")]
    [InlineData("e\u0301", "[2,\"\u0323\"]", "[2,\"s\"]", "e\u0301\u0323s", "e\u0301s\u0323")]
    public void CombiningMarks(string before, string anns, string bobs, string annFirst, string bobFirst) => Check(before, anns, bobs, annFirst, bobFirst);

    [Theory(DisplayName = "[TX7] a joined emoji is several code points: an edit inside it cuts it, and the other's edit finds its place")]
    [InlineData(Family, "[4,{\"d\":2}]", "[7,\"!\"]", "👩\u200D👩\u200D👦!", "👩\u200D👩\u200D👦!")]
    [InlineData(Family, "[2,{\"d\":2}]", "[4,\"🧓\u200D\"]", "👩\u200D🧓\u200D👧\u200D👦", "👩\u200D🧓\u200D👧\u200D👦")]
    [InlineData(Family, "[1,{\"d\":1},\" and \"]", "[{\"d\":7}]", " and ", " and ")]
    [InlineData("🇨🇭", "[1,{\"d\":1}]", "[2,\"🇦\"]", "🇨🇦", "🇨🇦")]
    public void JoinedEmoji(string before, string anns, string bobs, string annFirst, string bobFirst) => Check(before, anns, bobs, annFirst, bobFirst);

    [Theory(DisplayName = "[TX7] CRLF is two code points, and a lone half of it is text like any other")]
    [InlineData("one\r\ntwo", "[5,\"and \"]", "[3,{\"d\":2}]", "oneand two", "oneand two")]
    [InlineData("a\r\nb", "[2,\"x\"]", "[1,{\"d\":1}]", "ax\nb", "ax\nb")]
    [InlineData("a\r\nb", "[1,{\"d\":1}]", "[2,{\"d\":1}]", "ab", "ab")]
    public void LineEnds(string before, string anns, string bobs, string annFirst, string bobFirst) => Check(before, anns, bobs, annFirst, bobFirst);

    [Theory(DisplayName = "[TX7] an empty text is written into by both, and a text is emptied by both")]
    [InlineData("", "[\"ann\"]", "[\"bob\"]", "annbob", "bobann")]
    [InlineData("", "[]", "[]", "", "")]
    [InlineData("all", "[{\"d\":3}]", "[{\"d\":3}]", "", "")]
    [InlineData("all", "[{\"d\":3},\"new\"]", "[{\"d\":3}]", "new", "new")]
    public void Empty(string before, string anns, string bobs, string annFirst, string bobFirst) => Check(before, anns, bobs, annFirst, bobFirst);

    [Theory(DisplayName = "[TX7] texts are never normalized: both forms of a letter stay as they were typed")]
    [InlineData("\u00E9e\u0301", "[1,\"\u00E9\"]", "[3,\"e\u0301\"]", "\u00E9\u00E9e\u0301e\u0301", "\u00E9\u00E9e\u0301e\u0301")]
    [InlineData("\u1E9B\u0323", "[{\"d\":1},\"\u017F\u0307\"]", "[1,{\"d\":1}]", "\u017F\u0307", "\u017F\u0307")]
    [InlineData("\u212B", "[1,\"A\u030A\"]", "[{\"d\":1},\"\u00C5\"]", "A\u030A\u00C5", "\u00C5A\u030A")]
    public void NormalForms(string before, string anns, string bobs, string annFirst, string bobFirst) => Check(before, anns, bobs, annFirst, bobFirst);

    [Fact(DisplayName = "[TX5] a text of 1 MiB, edited by both in a thousand places, is merged as transform merges it")]
    public void OneMebibyte()
    {
        string before = string.Concat(Enumerable.Repeat("one 😀 e\u0301 two\r\n", (1 << 20) / 18));
        var random = new Random(20261126);
        (TextEdit anns, TextEdit bobs) = (Places(random, before, 1000, "ANN👩\u200D👧"), Places(random, before, 1000, "bob"));

        string merged = Both(before, anns, bobs);

        Assert.Equal(TextEdits.Apply(TextEdits.Apply(before, anns), TextEdits.Transform(bobs, anns, Side.Right)), merged);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(before), 1_000_000, 1 << 20);
        Assert.Equal(1000, merged.Split("ANN👩\u200D👧").Length - 1);
        Assert.Equal(1000, merged.Split("bob").Length - 1);
    }

    private static void Check(string before, string anns, string bobs, string annFirst, string bobFirst)
    {
        Assert.Equal(annFirst, Both(before, TextEditTests.Read(anns), TextEditTests.Read(bobs)));
        Assert.Equal(bobFirst, Both(before, TextEditTests.Read(bobs), TextEditTests.Read(anns)));
    }

    /// <summary>The text in the log after both, which is what both authors see in the end.</summary>
    private static string Both(string before, TextEdit first, TextEdit second)
    {
        var clock = new CausalClock(0);
        TextEdit firstApplied = TextMerge.Integrate([], new(Ann, 1), clock, first).Applied;
        TextLogEntry[] log = [new(1, new(Ann, 1), clock, first, firstApplied) { Removed = TextEdits.Removed(before, firstApplied) }];
        string head = TextEdits.Apply(before, firstApplied);
        TextView view = TextMerge.ViewOf(log, new(Bob, 1), clock);
        Assert.Equal(before, view.Seen(head));
        TextEdit secondApplied = view.Integrate(second).Applied;

        TextBranch bob = TextBranch.Empty.Append(new(Bob, 1), second).OverForeign(firstApplied, out TextEdit shown);
        string merged = TextEdits.Apply(head, secondApplied);
        Assert.Equal(merged, TextEdits.Apply(TextEdits.Apply(before, second), shown));
        Assert.Equal(merged, bob.Shown(head));
        Assert.Equal(secondApplied, Assert.Single(bob.Pending).Edit);
        return merged;
    }

    private static TextEdit Places(Random random, string text, int count, string word)
    {
        int stride = CodePoints.Count(text) / count;
        var edit = new TextEditBuilder();
        for (int i = 0; i < count; i++)
        {
            int at = random.Next(stride - 4);
            int deleted = random.Next(4);
            edit.Keep(at).Insert(word).Delete(deleted).Keep(stride - at - deleted);
        }
        return edit.ToEdit();
    }
}

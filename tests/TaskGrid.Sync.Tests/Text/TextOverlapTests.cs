using TaskGrid.Contracts;

namespace TaskGrid.Sync.Tests;

public sealed class TextOverlapTests
{
    private static readonly ReplicaId Ann = new(new Guid(1, 0, 0, new byte[8]));
    private static readonly ReplicaId Bob = new(new Guid(2, 0, 0, new byte[8]));

    [Theory(DisplayName = "[CF] text overlaps where one deleted what the other deleted or inserted within")]
    [InlineData("[{\"d\":3}]", "[1,{\"d\":3}]", 2, false)]
    [InlineData("[{\"d\":4}]", "[2,\"x\"]", 0, true)]
    [InlineData("[2,\"x\"]", "[{\"d\":4}]", 0, true)]
    [InlineData("[{\"d\":2},\"y\",{\"d\":2}]", "[2,\"x\"]", 0, true)]
    [InlineData("[{\"d\":4}]", "[2,\"x\",{\"d\":4}]", 2, true)]
    public void Overlapping(string foreign, string own, int deletedByBoth, bool within)
    {
        TextOverlap overlap = Assert.Single(Overlaps("one two three", foreign, own));

        Assert.Equal((1, deletedByBoth, within), (overlap.Seq, overlap.DeletedByBoth, overlap.InsertedWithin));
        Assert.Equal("one two three", overlap.Before);
    }

    [Theory(DisplayName = "[CF] text does not overlap where edits lie apart, touch at an edge, or only insert")]
    [InlineData("[{\"d\":3}]", "[4,{\"d\":3}]")]
    [InlineData("[{\"d\":3}]", "[3,{\"d\":1}]")]
    [InlineData("[{\"d\":3}]", "[3,\"x\"]")]
    [InlineData("[{\"d\":3}]", "[\"x\"]")]
    [InlineData("[2,\"x\"]", "[2,\"y\"]")]
    [InlineData("[2,\"x\"]", "[]")]
    public void Apart(string foreign, string own) => Assert.Empty(Overlaps("one two three", foreign, own));

    [Theory(DisplayName = "[CF] a text overlap is open only if more than half of the words into which one inserted were deleted by the other")]
    [InlineData("one two three", "[{\"d\":8}]", "[5,\"x\"]", true)]                          // "two" is gone, "x" stands alone
    [InlineData("one two three", "[5,\"x\"]", "[{\"d\":8}]", true)]                          // the same the other way round
    [InlineData("one two three", "[5,{\"d\":1}]", "[4,{\"d\":3}]", false)]                   // both only deleted
    [InlineData("one two three", "[4,{\"d\":3},\"2\"]", "[4,{\"d\":3},\"ii\"]", true)]       // both replaced the same word
    [InlineData("abcdefgh", "[1,{\"d\":3}]", "[2,\"x\"]", false)]                            // less than half of the word is gone
    [InlineData("one two three", "[4,{\"d\":3},1,{\"d\":1}]", "[5,\"b\",4,\"c\"]", false)]      // one word of two
    [InlineData("one two three", "[{\"d\":8}]", "[\"a\",5,\"b\",7,\"c\"]", true)]             // two of two, the third lies elsewhere
    [InlineData("一二三四", "[{\"d\":3}]", "[1,\"五\"]", true)]                                // without spaces each letter is a word
    [InlineData("a  \n  b", "[1,{\"d\":5}]", "[3,\"x\"]", false)]                            // within white space, into no word
    public void Open(string text, string foreign, string own, bool open) =>
        Assert.Equal(open, Assert.Single(Overlaps(text, foreign, own)).Open);

    [Fact]
    public void The_text_before_an_overlap_holds_the_foreign_edits_before_it()
    {
        TextLogEntry[] log = [Entry(1, "[\"😀 \"]"), Entry(2, "[2,{\"d\":4}]")];

        TextOverlap overlap = Assert.Single(TextMerge.Integrate(log, new(Ann, 1), new CausalClock(0), TextEditTests.Read("[1,\"x\"]"), seen: () => "one two").Overlaps);

        Assert.Equal(2, overlap.Seq);
        Assert.Equal("😀 one two", overlap.Before);
        Assert.Equal("😀 oxne two", TextEdits.Apply(overlap.Before!, overlap.Own));
        Assert.Equal("😀 two", TextEdits.Apply(overlap.Before!, overlap.Foreign));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(40)]
    public void An_overlap_is_judged_by_the_words_where_the_edits_meet_however_many_places_they_change(int count)
    {
        string text = string.Concat(Enumerable.Repeat("word ", count));
        TextEdit own = TextEdit.From([.. Enumerable.Repeat<TextComponent[]>([TextComponent.Keep(2), TextComponent.Insert("x"), TextComponent.Keep(3)], count).SelectMany(c => c)]);
        TextLogEntry[] log = [Entry(1, "[\"y\"]"), Entry(2, "[6,{\"d\":10}]")];

        TextOverlap overlap = Assert.Single(TextMerge.Integrate(log, new(Ann, 1), new CausalClock(0), own, seen: () => text).Overlaps);

        Assert.True(overlap.Open); // both words into which the author wrote are gone
        Assert.True(overlap.InsertedWithin);
        Assert.StartsWith("yword woxrd woxrd word", TextEdits.Apply(overlap.Before + "word", overlap.Own), StringComparison.Ordinal);
        Assert.Equal("y" + text.Remove(5, 10), TextEdits.Apply(overlap.Before!, overlap.Foreign));
    }

    [Fact]
    public void Without_the_text_no_overlap_is_judged_open()
    {
        TextLogEntry[] log = [Entry(1, "[{\"d\":8}]")];

        TextOverlap overlap = Assert.Single(TextMerge.Integrate(log, new(Ann, 1), new CausalClock(0), TextEditTests.Read("[5,\"x\"]")).Overlaps);

        Assert.False(overlap.Open);
        Assert.Null(overlap.Before);
    }

    private static IReadOnlyList<TextOverlap> Overlaps(string text, string foreign, string own) =>
        TextMerge.Integrate([Entry(1, foreign)], new(Ann, 1), new CausalClock(0), TextEditTests.Read(own), seen: () => text).Overlaps;

    private static TextLogEntry Entry(long seq, string edit) =>
        new(seq, new(Bob, seq), new CausalClock(seq - 1), TextEditTests.Read(edit), TextEditTests.Read(edit));
}

using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Client.Tests;

public class WordDifferenceTests
{
    [Theory]
    [InlineData("Paint the old fence", "Paint the new fence now", "Paint the [-old-]{+new+} fence{+ now+}")]
    [InlineData("Ask for a date in writing.", "Ordered by phone; they confirm in writing.", "[-Ask for a date-]{+Ordered by phone; they confirm+} in writing.")]
    [InlineData("one two three", "one three", "one [-two -]three")]
    [InlineData("one two three", "1 two 3", "[-one-]{+1+} two [-three-]{+3+}")]
    [InlineData("one\n\ntwo", "eins\n\nzwei", "[-one\n\ntwo-]{+eins\n\nzwei+}")]
    [InlineData("", "all", "{+all+}")]
    [InlineData("all", "", "[-all-]")]
    [InlineData("same", "same", "same")]
    [InlineData("a 😀 b", "a 😁 b", "a [-😀-]{+😁+} b")]
    public void Words_that_changed_beside_each_other_changed_together(string before, string after, string marked) =>
        Assert.Equal(marked, string.Concat(WordDifference.Pieces(before, after).Select(Marked)));

    [Fact]
    public void Two_who_replace_neighbouring_phrases_leave_both_readable()
    {
        const string before = "Lead time is four to six weeks. Ask for a date in writing.";

        var merged = Merged(before, "Lead time is four to six weeks. Ordered by phone; they confirm in writing.",
            "Lead time is six to eight weeks now! Ask for a date in writing.");

        Assert.Equal("Lead time is six to eight weeks now! Ordered by phone; they confirm in writing.", merged);
    }

    [Theory]
    [InlineData("Paint the old fence", "Paint a new fence", "Paint the rusty fence", "Paint a new rusty fence")]
    [InlineData("Paint the old fence", "Paint the green fence", "Paint the rusty fence", "Paint the green rusty fence")]
    [InlineData("Paint the old fence", "Paint the new fence", "Paint the old red fence", "Paint the new red fence")]
    [InlineData("Paint the old fence", "Paint it", "Paint the rusty fence", "Paint rusty it")]
    [InlineData("buy milk\nbuy eggs", "buy oat milk\nbuy eggs", "buy milk\nbuy ten eggs", "buy oat milk\nbuy ten eggs")]
    public void Two_who_replace_the_same_words_each_bring_a_blank_of_their_own(string before, string hers, string his, string both) =>
        Assert.Equal(both, Merged(before, hers, his));

    [Theory]
    [InlineData("Paint the old fence", "Order primer", "Call the shop", "Order primerCall the shop")]
    [InlineData("buy milk\nbuy eggs", "buy bread\nbuy eggs", "buy rice\nbuy eggs", "buy breadrice\nbuy eggs")]
    public void At_the_end_of_a_line_there_is_no_blank_to_bring_and_the_open_conflict_asks_a_person(string before, string hers, string his, string both) =>
        Assert.Equal(both, Merged(before, hers, his));

    [Theory]
    [InlineData("Paint the old fence before winter", "Ask Ben for the price", "Order primer before it is sold out", "Ask Ben for the priceOrder primer before it is sold out")]
    [InlineData("Paint the fence", "Build the wall", "Paint the garden fence", "Build the garden wall")]
    [InlineData("one two three four five six seven", "1 two three four five six 7", "one two 3 four five six seven", "1 two 3 four five six 7")]
    public void A_phrase_that_was_written_anew_is_one_replacement_though_a_word_is_in_both(string before, string hers, string his, string both) =>
        Assert.Equal(both, Merged(before, hers, his));

    [Fact]
    public void The_edit_of_a_difference_makes_the_one_text_the_other()
    {
        const int seed = 20261123;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string[] words = ["one", "two", " ", "  ", "\n", ".", "😀", "drei", "é"];
        string Text() => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => words[random.Next(words.Length)]));
        for (var i = 0; i < 5_000; i++)
        {
            var (before, after) = (Text(), Text());
            var pieces = WordDifference.Pieces(before, after);
            Assert.Equal(after, TextEdits.Apply(before, WordDifference.Between(before, after)));
            Assert.Equal(before, string.Concat(pieces.Where(piece => piece.Kind != TextComponentKind.Insert).Select(piece => piece.Text)));
            Assert.Equal(after, string.Concat(pieces.Where(piece => piece.Kind != TextComponentKind.Delete).Select(piece => piece.Text)));
        }
    }

    /// <summary>What a text becomes where two changed it without seeing each other, the first one's change earlier in the log.</summary>
    private static string Merged(string before, string hers, string his)
    {
        var (ana, ben) = (WordDifference.Between(before, hers), WordDifference.Between(before, his));
        return TextEdits.Apply(TextEdits.Apply(before, ana), TextEdits.Transform(ben, ana, Side.Right));
    }

    private static string Marked(DifferencePiece piece) => piece.Kind switch
    {
        TextComponentKind.Insert => $"{{+{piece.Text}+}}",
        TextComponentKind.Delete => $"[-{piece.Text}-]",
        _ => piece.Text,
    };
}

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
        var ana = WordDifference.Between(before, "Lead time is four to six weeks. Ordered by phone; they confirm in writing.");
        var ben = WordDifference.Between(before, "Lead time is six to eight weeks now! Ask for a date in writing.");

        var merged = TextEdits.Apply(TextEdits.Apply(before, ana), TextEdits.Transform(ben, ana, Side.Right));

        Assert.Equal("Lead time is six to eight weeks now! Ordered by phone; they confirm in writing.", merged);
    }

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

    private static string Marked(DifferencePiece piece) => piece.Kind switch
    {
        TextComponentKind.Insert => $"{{+{piece.Text}+}}",
        TextComponentKind.Delete => $"[-{piece.Text}-]",
        _ => piece.Text,
    };
}

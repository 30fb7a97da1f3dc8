using TaskGrid.Contracts;

namespace TaskGrid.Cli.Tests;

public class WordsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private readonly Moments moments = new(TimeZoneInfo.Utc, Noon);

    [Theory]
    [InlineData(0, "just now")]
    [InlineData(59, "just now")]
    [InlineData(60, "1 minute ago")]
    [InlineData(7_199, "1 hour ago")]
    [InlineData(86_400, "1 day ago")]
    [InlineData(86_400 * 13, "1 week ago")]
    [InlineData(86_400 * 60, "1 month ago")]
    [InlineData(86_400 * 800, "2 years ago")]
    [InlineData(-7_200, "in 2 hours")]
    public void How_long_ago_is_said_in_the_largest_unit(double seconds, string words) => Assert.Equal(words, moments.Ago(Noon.AddSeconds(-seconds)));

    [Theory]
    [InlineData("2026-11-24T00:00:00Z", "today 00:00")]
    [InlineData("2026-11-23T23:59:00Z", "yesterday 23:59")]
    [InlineData("2026-11-25T08:00:00Z", "25 Nov 08:00")]
    [InlineData("2026-01-02T08:00:00Z", "2 Jan 08:00")]
    [InlineData("2025-12-31T08:00:00Z", "31 Dec 2025 08:00")]
    public void A_time_is_as_short_as_it_is_clear(string time, string words) =>
        Assert.Equal(words, moments.At(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(61, "1 min 1 s")]
    [InlineData(10_920, "3 h 2 min")]
    [InlineData(3_601, "1 h")]
    [InlineData(86_400, "1 day")]
    [InlineData(86_400 * 2.5, "2 days 12 h")]
    [InlineData(-315_576_000, "10 years")]
    public void A_length_has_its_two_largest_units(double seconds, string words) => Assert.Equal(words, Moments.Length(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void A_difference_tells_the_same_in_colours_and_without_any()
    {
        Ink[] line = ["the ", new("old", Tone.Gone), new("new", Tone.Fresh), " fence"];
        Assert.Equal("the [-old-]{+new+} fence", Inks.Drawn(line, colour: false));
        Assert.Equal("the \u001b[31;9mold\u001b[0m\u001b[32mnew\u001b[0m fence", Inks.Drawn(line, colour: true));
    }

    [Fact]
    public void Lines_break_between_words_with_an_indent_and_a_text_cannot_steer_the_terminal()
    {
        var lines = Inks.Lines(["one two ", new Ink("three four\u001b[2J\nfive", Tone.Strong)], width: 12, indent: 2).Select(line => Inks.Drawn(line, colour: false));
        Assert.Equal(["one two", "  three", "  four[2J", "  five"], lines);
    }

    [Fact]
    public void Of_a_long_text_only_what_is_around_the_changes_is_told()
    {
        const string before = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen";
        var after = before.Replace("six ", "6 ", StringComparison.Ordinal).Replace("fifteen", "15", StringComparison.Ordinal);
        Assert.Equal("… three four five [-six-]{+6+} seven eight nine … twelve thirteen fourteen [-fifteen-]{+15+} sixteen", Inks.Drawn([.. TextChange.Places(before, after)], colour: false));
    }

    [Theory]
    [InlineData("A", 0)]
    [InlineData("Z", 25)]
    [InlineData("AA", 26)]
    [InlineData("AZ", 51)]
    [InlineData("BA", 52)]
    public void Versions_have_letters_however_many_there_are(string letter, int index) => Assert.Equal(letter, ConflictReferences.Letter(index));

    [Fact]
    public void A_short_quotation_is_whole_a_long_one_is_cut_between_characters()
    {
        Assert.Equal("“one two”", FieldWords.Quoted("one\n  two"));
        var cut = FieldWords.Quoted(new string('x', 119) + "😀😀");
        Assert.Equal("“" + new string('x', 119) + "…”", cut);
        Assert.True(CanonicalJson.IsClean(cut));
    }
}

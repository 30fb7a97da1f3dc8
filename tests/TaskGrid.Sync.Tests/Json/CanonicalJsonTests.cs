using System.Globalization;
using System.Text.Json;
using TaskGrid.Contracts;

namespace TaskGrid.Sync.Tests;

public sealed class CanonicalJsonTests
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 200 };

    public static TheoryData<string> CaseNames => [.. VectorFile.Cases("canonical-json.json").Select(VectorFile.Name)];

    [Theory(DisplayName = "[ID7] [ID9] the canonical form is as the vectors say")]
    [MemberData(nameof(CaseNames))]
    public void The_canonical_form_is_as_the_vectors_say(string name)
    {
        JsonElement vector = VectorFile.Cases("canonical-json.json").Single(v => v.Name() == name);
        using JsonDocument given = JsonDocument.Parse(vector.GetProperty("given").GetString()!, Deep);

        bool took = CanonicalJson.TryFrom(given.RootElement, out string? canonical, out string? error);

        Assert.Equal(!vector.TryGetProperty("error", out _), took);
        Assert.Equal(took, error is null);
        if (took)
            Assert.Equal(vector.GetProperty("expect").GetString(), canonical);
    }

    [Fact(DisplayName = "[ID7] [ID9] ten thousand doubles read as ECMAScript writes them")]
    public void Ten_thousand_doubles_read_as_ECMAScript_writes_them()
    {
        IReadOnlyList<JsonElement> rows = VectorFile.Cases("canonical-numbers.json");
        foreach (JsonElement row in rows)
        {
            long bits = long.Parse(row[0].GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            string roundTrip = BitConverter.Int64BitsToDouble(bits).ToString("R", CultureInfo.InvariantCulture);

            Assert.Equal(row[1].GetString(), CanonicalJson.From(roundTrip));
        }
        Assert.True(rows.Count > 10_000);
    }

    [Fact]
    public void The_canonical_form_of_a_canonical_form_is_itself()
    {
        foreach (JsonElement vector in VectorFile.Cases("canonical-json.json").Where(v => v.TryGetProperty("expect", out _)))
        {
            string canonical = vector.GetProperty("expect").GetString()!;
            Assert.Equal(canonical, CanonicalJson.From(canonical));
        }
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_refused()
    {
        using JsonDocument given = JsonDocument.Parse("\"a\u00ff\""u8.ToArray().Select(b => b == 0xC3 ? (byte)0xFF : b).ToArray());

        Assert.False(CanonicalJson.TryFrom(given.RootElement, out _, out string? error));
        Assert.NotNull(error);
    }

    [Fact(DisplayName = "[ID7] a clean string has no null and no lone surrogate")]
    public void A_clean_string_has_no_null_and_no_lone_surrogate()
    {
        // Not a theory: an attribute cannot hold a lone surrogate, it is stored as UTF-8.
        string[] clean = ["", "plain", "😀", "a😀b😀"];
        string[] unclean = ["a\0b", "\ud83d", "x\ude00", "\ud83d\ud83d\ude00", "\ud83d\ude00\ude00", "\ude00\ud83d"];

        Assert.All(clean, text => Assert.True(CanonicalJson.IsClean(text)));
        Assert.All(unclean, text => Assert.False(CanonicalJson.IsClean(text)));
    }
}

using System.Text.Json;
using CsCheck;
using TaskGrid.Contracts;

namespace TaskGrid.Sync.Tests;

public sealed class TextEditsTests
{
    [Fact(DisplayName = "[TX3] apply is as the vectors say")]
    public void Apply_is_as_the_vectors_say() => ForEach((vector, text) =>
        Assert.Equal(Text(vector, "applied"), TextEdits.Apply(text, Edit(vector, "left"))));

    [Fact]
    public void Compose_is_as_the_vectors_say() => ForEach((vector, _) =>
        Assert.Equal(Edit(vector, "composed"), TextEdits.Compose(Edit(vector, "left"), Edit(vector, "next"))));

    [Fact(DisplayName = "[TX4] transform is as the vectors say")]
    public void Transform() => ForEach((vector, text) =>
    {
        (TextEdit left, TextEdit right) = (Edit(vector, "left"), Edit(vector, "right"));

        Assert.Equal(Edit(vector, "rightOverLeft"), TextEdits.Transform(right, left, Side.Right));
        Assert.Equal(Edit(vector, "leftOverRight"), TextEdits.Transform(left, right, Side.Left));
        Assert.Equal(Edit(vector, "rightOverLeftAsLeft"), TextEdits.Transform(right, left, Side.Left));
        Assert.Equal(Text(vector, "merged"), TextEdits.Apply(TextEdits.Apply(text, right), Edit(vector, "leftOverRight")));
    });

    [Fact(DisplayName = "[TX4] both ways round end in the same text")]
    public void BothWaysRound() =>
        Gen.Select(EditGen.Text, Gen.Int, Gen.Int).Sample((text, a, b) =>
        {
            (TextEdit left, TextEdit right) = (EditGen.For(text, a), EditGen.For(text, b));
            string one = TextEdits.Apply(TextEdits.Apply(text, left), TextEdits.Transform(right, left, Side.Right));
            string other = TextEdits.Apply(TextEdits.Apply(text, right), TextEdits.Transform(left, right, Side.Left));
            return one == other;
        });

    [Fact]
    public void A_composed_edit_does_what_both_do_and_composing_is_associative() =>
        Gen.Select(EditGen.Text, Gen.Int, Gen.Int, Gen.Int).Sample((text, a, b, c) =>
        {
            TextEdit first = EditGen.For(text, a);
            string one = TextEdits.Apply(text, first);
            TextEdit second = EditGen.For(one, b);
            string two = TextEdits.Apply(one, second);
            TextEdit third = EditGen.For(two, c);

            Assert.Equal(two, TextEdits.Apply(text, TextEdits.Compose(first, second)));
            Assert.Equal(TextEdits.Apply(two, third), TextEdits.Apply(text, TextEdits.Compose([first, second, third])));
        });

    [Fact]
    public void An_inverse_undoes_its_edit() =>
        Gen.Select(EditGen.Text, Gen.Int).Sample((text, a) =>
        {
            TextEdit edit = EditGen.For(text, a);
            TextEdit inverse = TextEdits.Invert(edit, TextEdits.Removed(text, edit));
            return TextEdits.Apply(TextEdits.Apply(text, edit), inverse) == text;
        });

    [Theory(DisplayName = "[TX2] an edit that reaches past the end does not apply")]
    [InlineData("", "[{\"d\":1}]")]
    [InlineData("abc", "[4,\"x\"]")]
    [InlineData("😀", "[1,{\"d\":1}]")]
    [InlineData("😀😀", "[3,\"x\"]")]
    public void PastTheEnd(string text, string edit) =>
        Assert.False(TextEdits.TryApply(text, TextEditTests.Read(edit), out _));

    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("abc", 2, 2)]
    [InlineData("abc", 4, -1)]
    [InlineData("😀b", 1, 2)]
    [InlineData("a😀😀b", 3, 5)]
    [InlineData("a😀😀b", 4, 6)]
    [InlineData("a😀😀b", 5, -1)]
    [InlineData("😀", 2, -1)]
    public void Code_points_are_found_in_UTF_16(string text, int count, int units) =>
        Assert.Equal(units, CodePoints.Utf16Length(text, count));

    [Fact]
    public void Code_points_are_found_wherever_the_surrogates_stand() =>
        EditGen.Text.Sample(part =>
        {
            string text = part + part + part + part;
            int[] runes = [.. text.EnumerateRunes().Select(r => r.Utf16SequenceLength)];
            Assert.Equal(runes.Length, CodePoints.Count(text));
            for (int i = 0; i <= runes.Length; i++)
                Assert.Equal(runes.Take(i).Sum(), CodePoints.Utf16Length(text, i));
        });

    private static void ForEach(Action<JsonElement, string> check)
    {
        IReadOnlyList<JsonElement> vectors = VectorFile.Cases("text.json");
        Assert.True(vectors.Count > 2000);
        foreach (JsonElement vector in vectors)
            check(vector, Text(vector, "text"));
    }

    private static string Text(JsonElement vector, string name) => vector.GetProperty(name).GetString()!;

    private static TextEdit Edit(JsonElement vector, string name) => TextEditTests.Read(vector.GetProperty(name).GetRawText());
}

using TaskGrid.Contracts;

namespace TaskGrid.Client.Tests;

/// <summary>What a person does to a text in one stroke: types a character, of one code point or several, or deletes some.</summary>
internal static class Keystrokes
{
    private static readonly string[] Keys = ["a", "b", " ", "\r\n", "é", "e\u0301", "漢", "😀", "👩\u200D👧"];

    public static TextEdit Next(Random random, string text)
    {
        var length = CodePoints.Count(text);
        var at = random.Next(length + 1);
        if (random.Next(4) > 0 || at == length) return TextEdit.InsertAt(at, Keys[random.Next(Keys.Length)]);
        return TextEdit.DeleteAt(at, random.Next(1, Math.Min(4, length - at) + 1));
    }
}

using CsCheck;
using TaskGrid.Contracts;

namespace TaskGrid.Sync.Tests;

/// <summary>Texts and edits that are rich in surrogate pairs, joiners and marks. An edit is made from a seed, since it depends on its text.</summary>
public static class EditGen
{
    private static readonly string[] Alphabet = ["a", "b", " ", "c", "\n", "é", "漢", "😀", "👩\u200d👧", "\u0308", "𝒳"];

    public static Gen<string> Text { get; } = Gen.Int[0, Alphabet.Length - 1].Select(i => Alphabet[i]).Array[0, 30].Select(string.Concat);

    public static string TextOf(Random random, int length) =>
        string.Concat(Enumerable.Range(0, length).Select(_ => Alphabet[random.Next(Alphabet.Length)]));

    public static TextEdit For(string text, int seed, int places = 3)
    {
        var random = new Random(seed);
        int length = CodePoints.Count(text);
        var edit = new TextEditBuilder();
        int at = 0;
        for (int i = random.Next(places + 1); i > 0; i--)
        {
            int keep = random.Next(length - at + 1);
            edit.Keep(keep);
            at += keep;
            int kind = random.Next(3);
            if (kind != 0)
                edit.Insert(string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Alphabet[random.Next(Alphabet.Length)])));
            if (kind == 1 || at == length)
                continue;
            int deleted = random.Next(1, Math.Min(6, length - at + 1));
            edit.Delete(deleted);
            at += deleted;
        }
        return edit.ToEdit();
    }
}

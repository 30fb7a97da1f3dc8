using TaskGrid.Contracts;

namespace TaskGrid.Client;

/// <summary>
/// The edit that makes one text another, word by word: what stays is kept, so that somebody else's concurrent edit of a word that was not
/// touched merges with it instead of overlapping.
/// </summary>
public static class WordDifference
{
    // Beyond this the table would cost more than the finer edit is worth.
    private const long TableCells = 4_000_000;

    /// <summary>The edit from <paramref name="before"/> to <paramref name="after"/>.</summary>
    public static TextEdit Between(string before, string after)
    {
        var (old, fresh) = (Words(before), Words(after));
        var start = CommonStart(old, fresh);
        var end = CommonEnd(old, fresh, start);
        var (oldMiddle, freshMiddle) = (old[start..^end], fresh[start..^end]);
        if ((long)oldMiddle.Length * freshMiddle.Length > TableCells) return TextEdit.Between(before, after);
        var components = new List<TextComponent>();
        Keep(components, old.AsSpan(0, start));
        Walk(components, oldMiddle, freshMiddle);
        return TextEdit.From([.. components]);
    }

    /// <summary>Words, runs of white space, and every other character by itself; joined they are the text.</summary>
    private static string[] Words(string text)
    {
        var words = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            var from = i;
            var kind = KindOf(text[i++]);
            if (kind == 0) i += char.IsHighSurrogate(text[from]) && i < text.Length ? 1 : 0;
            else
                while (i < text.Length && KindOf(text[i]) == kind) i++;
            words.Add(text[from..i]);
        }
        return [.. words];
    }

    private static int KindOf(char c) => char.IsLetterOrDigit(c) ? 1 : char.IsWhiteSpace(c) ? 2 : 0;

    private static int CommonStart(string[] old, string[] fresh) => old.AsSpan().CommonPrefixLength(fresh);

    private static int CommonEnd(string[] old, string[] fresh, int start)
    {
        var end = 0;
        while (end < Math.Min(old.Length, fresh.Length) - start && old[^(end + 1)] == fresh[^(end + 1)]) end++;
        return end;
    }

    /// <summary>Walks along a longest common subsequence.</summary>
    private static void Walk(List<TextComponent> components, string[] old, string[] fresh)
    {
        var common = Table(old, fresh);
        for (int i = 0, j = 0; i < old.Length || j < fresh.Length;)
        {
            if (i < old.Length && j < fresh.Length && old[i] == fresh[j])
            {
                Keep(components, old.AsSpan(i, 1));
                i++;
                j++;
            }
            else if (i < old.Length && (j == fresh.Length || common[i + 1, j] >= common[i, j + 1]))
                components.Add(TextComponent.Delete(CodePoints.Count(old[i++])));
            else components.Add(TextComponent.Insert(fresh[j++]));
        }
    }

    private static int[,] Table(string[] old, string[] fresh)
    {
        var common = new int[old.Length + 1, fresh.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
            for (var j = fresh.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == fresh[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        return common;
    }

    private static void Keep(List<TextComponent> components, ReadOnlySpan<string> words)
    {
        var count = 0;
        foreach (var word in words) count += CodePoints.Count(word);
        if (count > 0) components.Add(TextComponent.Keep(count));
    }
}

using System.Text;
using TaskGrid.Contracts;

namespace TaskGrid.Client;

/// <summary>
/// The difference of two texts, word by word: as an edit, so that somebody else's concurrent edit of a word that was not touched merges
/// with it instead of overlapping; as pieces, to be shown.
/// </summary>
public static class WordDifference
{
    // Beyond this the table would cost more than the finer difference is worth.
    private const long TableCells = 4_000_000;

    /// <summary>The edit from <paramref name="before"/> to <paramref name="after"/>.</summary>
    public static TextEdit Between(string before, string after) => TextEdit.From([.. ReplacedPhrases.Of(Pieces(before, after)).Select(piece => piece.Kind switch
    {
        TextComponentKind.Insert => TextComponent.Insert(piece.Text),
        TextComponentKind.Delete => TextComponent.Delete(CodePoints.Count(piece.Text)),
        _ => TextComponent.Keep(CodePoints.Count(piece.Text)),
    })]);

    /// <summary>
    /// What both have, what only one has; where both have something else at one place, that of the one before stands first. Two words that
    /// changed beside each other changed together: the space between them belongs to either text for itself.
    /// </summary>
    public static IReadOnlyList<DifferencePiece> Pieces(string before, string after)
    {
        var (old, fresh) = (Words(before), Words(after));
        var start = CommonStart(old, fresh);
        var end = CommonEnd(old, fresh, start);
        var (oldMiddle, freshMiddle) = (old[start..^end], fresh[start..^end]);
        List<DifferencePiece> middle = (long)oldMiddle.Length * freshMiddle.Length > TableCells
            ? [new(TextComponentKind.Delete, string.Concat(oldMiddle)), new(TextComponentKind.Insert, string.Concat(freshMiddle))]
            : Walk(oldMiddle, freshMiddle);
        return Joined([new(TextComponentKind.Keep, string.Concat(old[..start])), .. middle, new(TextComponentKind.Keep, string.Concat(old[^end..]))]);
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
    private static List<DifferencePiece> Walk(string[] old, string[] fresh)
    {
        var common = Table(old, fresh);
        var pieces = new List<DifferencePiece>();
        for (int i = 0, j = 0; i < old.Length || j < fresh.Length;)
        {
            if (i < old.Length && j < fresh.Length && old[i] == fresh[j])
            {
                pieces.Add(new(TextComponentKind.Keep, old[i++]));
                j++;
            }
            else if (i < old.Length && (j == fresh.Length || common[i + 1, j] >= common[i, j + 1])) pieces.Add(new(TextComponentKind.Delete, old[i++]));
            else pieces.Add(new(TextComponentKind.Insert, fresh[j++]));
        }
        return pieces;
    }

    private static int[,] Table(string[] old, string[] fresh)
    {
        var common = new int[old.Length + 1, fresh.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
            for (var j = fresh.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == fresh[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        return common;
    }

    /// <summary>Neighbours of one kind as one piece; of a place that changed, what went before what came.</summary>
    private static List<DifferencePiece> Joined(IReadOnlyList<DifferencePiece> pieces)
    {
        var joined = new List<DifferencePiece>();
        var (kept, gone, come) = (new StringBuilder(), new StringBuilder(), new StringBuilder());
        for (var i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            if (piece.Kind == TextComponentKind.Keep && IsBetweenReplacements(pieces, i, gone, come))
            {
                gone.Append(piece.Text);
                come.Append(piece.Text);
                continue;
            }
            if (piece.Kind == TextComponentKind.Keep) Flush(joined, TextComponentKind.Delete, gone, TextComponentKind.Insert, come);
            else Flush(joined, TextComponentKind.Keep, kept);
            (piece.Kind switch { TextComponentKind.Keep => kept, TextComponentKind.Delete => gone, _ => come }).Append(piece.Text);
        }
        Flush(joined, TextComponentKind.Keep, kept);
        Flush(joined, TextComponentKind.Delete, gone, TextComponentKind.Insert, come);
        return joined;
    }

    /// <summary>White space with other words before it, and other words after it.</summary>
    private static bool IsBetweenReplacements(IReadOnlyList<DifferencePiece> pieces, int at, StringBuilder gone, StringBuilder come)
    {
        if (gone.Length == 0 || come.Length == 0 || !string.IsNullOrWhiteSpace(pieces[at].Text)) return false;
        var next = pieces.Skip(at + 1).TakeWhile(piece => piece.Kind != TextComponentKind.Keep).Select(piece => piece.Kind).ToHashSet();
        return next.Count == 2;
    }

    private static void Flush(List<DifferencePiece> joined, TextComponentKind kind, StringBuilder text)
    {
        if (text.Length > 0) joined.Add(new(kind, text.ToString()));
        text.Clear();
    }

    private static void Flush(List<DifferencePiece> joined, TextComponentKind first, StringBuilder one, TextComponentKind second, StringBuilder two)
    {
        Flush(joined, first, one);
        Flush(joined, second, two);
    }
}

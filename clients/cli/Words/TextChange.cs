using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>Shows what became of a text, word by word.</summary>
internal static class TextChange
{
    private const int WordsAround = 4;

    /// <summary>All of it.</summary>
    public static IEnumerable<Ink> Whole(string before, string after) => WordDifference.Pieces(before, after).Select(Marked);

    /// <summary>The places that changed, with a few words around them.</summary>
    public static IEnumerable<Ink> Places(string before, string after)
    {
        var pieces = WordDifference.Pieces(before, after);
        return pieces.Select((piece, i) => piece.Kind == TextComponentKind.Keep ? Around(piece.Text, isFirst: i == 0, isLast: i == pieces.Count - 1) : Marked(piece));
    }

    private static Ink Marked(DifferencePiece piece) => new(piece.Text, piece.Kind switch
    {
        TextComponentKind.Delete => Tone.Gone,
        TextComponentKind.Insert => Tone.Fresh,
        _ => Tone.Plain,
    });

    /// <summary>Of a long text between two places, the ends that touch them.</summary>
    private static Ink Around(string text, bool isFirst, bool isLast)
    {
        var words = text.Split(' ');
        var (head, tail) = (isFirst ? 0 : WordsAround, isLast ? 0 : WordsAround);
        if (words.Length <= head + tail + 1) return text;
        var (start, end) = (string.Join(' ', words[..head]), string.Join(' ', words[^tail..]));
        return (head, tail) switch
        {
            (0, _) => $"… {end}",
            (_, 0) => $"{start} …",
            _ => $"{start} … {end}",
        };
    }
}

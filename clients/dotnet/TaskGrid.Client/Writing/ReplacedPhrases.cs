using TaskGrid.Contracts;

namespace TaskGrid.Client;

/// <summary>
/// Makes of a difference, which is to be read, the edit that merges most kindly with somebody else's of the same words. Nothing typed is
/// lost either way; this is about what the two read like together.
/// </summary>
internal static class ReplacedPhrases
{
    // A run of kept words longer than this is meant; a shorter one between rewritten phrases may be there by chance: "the", "of".
    private const int ByChance = 3;

    /// <summary>The pieces of the edit.</summary>
    public static IEnumerable<DifferencePiece> Of(IReadOnlyList<DifferencePiece> pieces) => WithTheirBlanks(Rewritten(pieces));

    /// <summary>
    /// Where less than a third of the words of a stretch were kept, few at a time, it was written anew and is replaced as one: the phrases
    /// of two who rewrote it stand one after the other, and not word by word in each other.
    /// </summary>
    private static List<DifferencePiece> Rewritten(IReadOnlyList<DifferencePiece> pieces)
    {
        var result = new List<DifferencePiece>();
        for (var i = 0; i < pieces.Count;)
        {
            var stretch = StretchFrom(pieces, i);
            if (IsRewritten(stretch))
                result.AddRange([Joined(stretch, TextComponentKind.Delete, TextComponentKind.Insert), Joined(stretch, TextComponentKind.Insert, TextComponentKind.Delete)]);
            else
                result.AddRange(stretch);
            i += stretch.Count;
        }
        return result;
    }

    /// <summary>From one change on to the last one that only a few kept words part from the one before it; or what is kept at the start.</summary>
    private static List<DifferencePiece> StretchFrom(IReadOnlyList<DifferencePiece> pieces, int start)
    {
        if (pieces[start].Kind == TextComponentKind.Keep) return [pieces[start]];
        var end = start;
        for (var i = start; i < pieces.Count && (pieces[i].Kind != TextComponentKind.Keep || WordsOf(pieces[i]) <= ByChance); i++)
            if (pieces[i].Kind != TextComponentKind.Keep) end = i;
        return [.. pieces.Skip(start).Take(end - start + 1)];
    }

    private static bool IsRewritten(List<DifferencePiece> stretch)
    {
        int Count(TextComponentKind kind) => stretch.Where(piece => piece.Kind == kind).Sum(WordsOf);
        var (kept, deleted, inserted) = (Count(TextComponentKind.Keep), Count(TextComponentKind.Delete), Count(TextComponentKind.Insert));
        return kept > 0 && deleted > 0 && inserted > 0 && 3 * kept < kept + Math.Max(deleted, inserted);
    }

    private static DifferencePiece Joined(List<DifferencePiece> stretch, TextComponentKind kind, TextComponentKind other) =>
        new(kind, string.Concat(stretch.Where(piece => piece.Kind != other).Select(piece => piece.Text)));

    private static int WordsOf(DifferencePiece piece) => piece.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>
    /// A replacement takes the blank after it along. Two who replaced the same words, or one phrase within another, then each bring a blank
    /// of their own: "a new rusty fence", where it would read "a newrusty fence".
    /// </summary>
    private static IEnumerable<DifferencePiece> WithTheirBlanks(List<DifferencePiece> pieces) => pieces
        .Select((piece, i) => piece with
        {
            Text = piece.Kind switch
            {
                TextComponentKind.Delete => piece.Text + BlankAfter(pieces, i),
                TextComponentKind.Insert => piece.Text + BlankAfter(pieces, i - 1),
                _ => piece.Text[BlankAfter(pieces, i - 2).Length..],
            },
        })
        .Where(piece => piece.Text.Length > 0);

    /// <summary>The blank after a replacement that begins here; not a line end, which would make two lines of one.</summary>
    private static string BlankAfter(List<DifferencePiece> pieces, int at) =>
        at >= 0 && at + 2 < pieces.Count && pieces[at].Kind == TextComponentKind.Delete && pieces[at + 1].Kind == TextComponentKind.Insert
        && pieces[at + 2] is { Kind: TextComponentKind.Keep, Text: [' ' or '\t', ..] } ? pieces[at + 2].Text[..1] : "";
}

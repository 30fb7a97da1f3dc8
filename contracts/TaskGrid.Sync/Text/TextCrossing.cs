using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>
/// One edit on its way over a row of foreign ones:
/// <code>
///        · --- f1 --- · --- f2 --- ·       the edit e becomes e', e", … : Transform(e, f, Right)
///        e            e'           e"      each f becomes f'           : Transform(f, e, Left)
///        · --- f1' -- · --- f2' -- ·
/// </code>
/// Right for the author's edit and left for the foreign one, since the foreign one stands earlier in the log: of two inserts at one
/// place the earlier in the log stands first.
/// </summary>
internal static class TextCrossing
{
    // From here on an edit of many places is kept in pieces. A choice of speed alone; both ways give the same.
    private const int Wide = 24;

    /// <param name="edit">The edit e.</param>
    /// <param name="foreign">The row of f.</param>
    /// <param name="overlaps">Looks at where they meet.</param>
    /// <param name="spent">
    /// The row that <paramref name="foreign"/> came out of, if nobody holds it any more: it is written over, so that many crossings in a
    /// row need the room of two.
    /// </param>
    public static (TextEdit Edit, ForeignRow Foreign) Cross(TextEdit edit, ForeignRow foreign, OverlapFinder? overlaps, ForeignRow? spent = null)
    {
        if (edit.IsEmpty || foreign.Count == 0)
            return (edit, foreign);
        var crossed = new ForeignChunk[foreign.Chunks.Length];
        TextEdit over = edit.Components.Length > Wide && foreign.Count > 1
            ? CrossWide(new WideEdit(edit, overlaps), foreign, crossed)
            : CrossNarrow(new NarrowEdit(edit, overlaps), foreign, spent, crossed);
        return (over, ForeignRow.Of(crossed));
    }

    private static TextEdit CrossNarrow(NarrowEdit edit, ForeignRow foreign, ForeignRow? spent, ForeignChunk[] crossed)
    {
        for (int i = 0; i < crossed.Length; i++)
            crossed[i] = edit.Cross(foreign.Chunks[i], spent?.Chunks[i]);
        return edit.ToEdit();
    }

    private static TextEdit CrossWide(WideEdit edit, ForeignRow foreign, ForeignChunk[] crossed)
    {
        for (int i = 0; i < crossed.Length; i++)
            crossed[i] = edit.Cross(foreign.Chunks[i]);
        return edit.ToEdit();
    }

    /// <summary>What <paramref name="foreign"/> still takes out of the text once <paramref name="edit"/> has taken its part.</summary>
    internal static string? StillRemoved(TextEdit foreign, string? removed, TextEdit edit)
    {
        if (string.IsNullOrEmpty(removed) || edit.Deleted == 0)
            return removed;
        IReadOnlyList<TextRange> mine = EditShape.Of(edit).Deletes;
        var still = new System.Text.StringBuilder(removed.Length);
        ReadOnlySpan<char> rest = removed;
        int next = 0;
        foreach (TextRange range in EditShape.Of(foreign).Deletes)
        {
            int at = range.Start;
            while (at < range.End)
            {
                while (next < mine.Count && mine[next].End <= at)
                    next++;
                bool gone = next < mine.Count && mine[next].Start <= at;
                int until = next == mine.Count ? range.End : Math.Min(range.End, gone ? mine[next].End : mine[next].Start);
                int units = CodePoints.Utf16Length(rest, until - at);
                if (!gone)
                    still.Append(rest[..units]);
                rest = rest[units..];
                at = until;
            }
        }
        return still.ToString();
    }
}

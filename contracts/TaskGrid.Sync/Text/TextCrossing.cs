using System.Collections.Immutable;
using System.Runtime.InteropServices;
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

    public static (TextEdit Edit, ImmutableArray<ForeignEdit> Foreign) Cross(TextEdit edit, ReadOnlySpan<ForeignEdit> foreign, OverlapFinder? overlaps)
    {
        var crossed = new ForeignEdit[foreign.Length];
        TextEdit over = edit.Components.Length > Wide && foreign.Length > 1
            ? CrossWide(new WideEdit(edit), foreign, crossed, overlaps)
            : CrossNarrow(edit, foreign, crossed, overlaps);
        return (over, ImmutableCollectionsMarshal.AsImmutableArray(crossed));
    }

    private static TextEdit CrossWide(WideEdit edit, ReadOnlySpan<ForeignEdit> foreign, Span<ForeignEdit> crossed, OverlapFinder? overlaps)
    {
        for (int i = 0; i < foreign.Length; i++)
        {
            crossed[i] = foreign[i].Edit.IsEmpty ? foreign[i] : edit.Cross(foreign[i], overlaps);
            overlaps?.Passed(foreign[i]);
        }
        return edit.ToEdit();
    }

    private static TextEdit CrossNarrow(TextEdit edit, ReadOnlySpan<ForeignEdit> foreign, Span<ForeignEdit> crossed, OverlapFinder? overlaps)
    {
        int shift = 0;
        for (int i = 0; i < foreign.Length; i++)
        {
            ForeignEdit f = foreign[i];
            // Edits that lie apart only shift. Where they so much as touch, the rules of transform decide.
            if (edit.IsEmpty || f.Edit.IsEmpty)
                crossed[i] = f;
            else if (edit.Reach + shift < f.Edit.Start + f.Shift)
                crossed[i] = f with { Shift = f.Shift + edit.Inserted - edit.Deleted };
            else if (f.Edit.Reach + f.Shift < edit.Start + shift)
                (crossed[i], shift) = (f, shift + f.Edit.Inserted - f.Edit.Deleted);
            else
                (edit, shift, crossed[i]) = Meet(ForeignEdit.Shifted(edit, shift), f, overlaps);
            overlaps?.Passed(f);
        }
        return ForeignEdit.Shifted(edit, shift);
    }

    private static (TextEdit Edit, int Shift, ForeignEdit Foreign) Meet(TextEdit edit, ForeignEdit f, OverlapFinder? overlaps)
    {
        TextEdit placed = f.Placed;
        overlaps?.Look(f.Seq, edit, placed);
        var crossed = new ForeignEdit(f.Seq, TextEdits.Transform(placed, edit, Side.Left), 0, StillRemoved(placed, f.Removed, edit));
        return (TextEdits.Transform(edit, placed, Side.Right), 0, crossed);
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

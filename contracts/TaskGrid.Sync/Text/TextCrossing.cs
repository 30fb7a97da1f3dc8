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
    public static (TextEdit Edit, ImmutableArray<ForeignEdit> Foreign) Cross(TextEdit edit, ReadOnlySpan<ForeignEdit> foreign, OverlapFinder? overlaps)
    {
        var crossed = new ForeignEdit[foreign.Length];
        int shift = 0;
        for (int i = 0; i < foreign.Length; i++)
        {
            ForeignEdit f = foreign[i];
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
        return (ForeignEdit.Shifted(edit, shift), ImmutableCollectionsMarshal.AsImmutableArray(crossed));
    }

    private static (TextEdit Edit, int Shift, ForeignEdit Foreign) Meet(TextEdit edit, ForeignEdit f, OverlapFinder? overlaps)
    {
        TextEdit placed = f.Placed;
        overlaps?.Look(f.Seq, edit, placed);
        string? removed = f.Removed is { Length: > 0 } && edit.Deleted > 0 ? StillRemoved(placed, f.Removed, edit) : f.Removed;
        var crossed = new ForeignEdit(f.Seq, TextEdits.Transform(placed, edit, Side.Left), 0, removed);
        return (TextEdits.Transform(edit, placed, Side.Right), 0, crossed);
    }

    /// <summary>What <paramref name="foreign"/> still takes out of the text once <paramref name="edit"/> has taken its part.</summary>
    private static string StillRemoved(TextEdit foreign, string removed, TextEdit edit)
    {
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

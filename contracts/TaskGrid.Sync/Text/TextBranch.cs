using System.Collections.Immutable;
using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>An edit that its author made and has not got back from the log.</summary>
/// <param name="Origin">Replica and number.</param>
/// <param name="Edit">The edit, as rebased over what came since.</param>
public sealed record PendingEdit(Origin Origin, TextEdit Edit);

/// <summary>
/// An author's pending edits of one text field, oldest first, on top of the field's text in the log. A client keeps one for each field
/// that it edits; it is one column of the picture at <see cref="TextMerge"/>.
/// </summary>
public sealed class TextBranch
{
    private TextBranch(ImmutableList<PendingEdit> pending) => Pending = pending;

    /// <summary>No pending edits.</summary>
    public static TextBranch Empty { get; } = new([]);

    /// <summary>The pending edits; the first applies to the text in the log, each other one to the result of the one before it.</summary>
    public ImmutableList<PendingEdit> Pending { get; }

    /// <summary>The author made an edit on what he sees.</summary>
    public TextBranch Append(Origin origin, TextEdit edit) => new(Pending.Add(new PendingEdit(origin, edit)));

    /// <summary>
    /// The author went on with the newest edit, which was never sent: the two become one. If <paramref name="origin"/> is not the newest,
    /// it is appended.
    /// </summary>
    public TextBranch Amend(Origin origin, TextEdit more) =>
        Pending.IsEmpty || Pending[^1].Origin != origin
            ? Append(origin, more)
            : new(Pending.SetItem(Pending.Count - 1, new PendingEdit(origin, TextEdits.Compose(Pending[^1].Edit, more))));

    /// <summary>A foreign edit came from the log: each pending edit goes over it, and it goes on over each.</summary>
    public TextBranch OverForeign(TextEdit foreign) => OverForeign([foreign], out _);

    /// <summary>The same; <paramref name="shown"/> is the foreign edit on what the author sees, for a cursor or an open editor.</summary>
    public TextBranch OverForeign(TextEdit foreign, out TextEdit shown)
    {
        TextBranch over = OverForeign([foreign], out ImmutableArray<TextEdit> edits);
        shown = edits[0];
        return over;
    }

    /// <summary>
    /// Several foreign edits came, one after the other. The same as taking them one by one, but for the time: a pending edit goes over
    /// all of them at once, row by row instead of column by column (see <see cref="TextMerge"/>).
    /// </summary>
    public TextBranch OverForeign(ReadOnlySpan<TextEdit> foreign, out ImmutableArray<TextEdit> shown)
    {
        ForeignRow row = ForeignRow.Of(foreign);
        ImmutableList<PendingEdit>.Builder rebased = ImmutableList.CreateBuilder<PendingEdit>();
        ForeignRow? spent = null;
        foreach (PendingEdit pending in Pending)
        {
            (TextEdit over, ForeignRow next) = TextCrossing.Cross(pending.Edit, row, null, spent);
            (spent, row) = next == row ? (spent, row) : (row, next);
            rebased.Add(over == pending.Edit ? pending : pending with { Edit = over });
        }
        shown = [.. row.Edits.Select(edit => edit.Placed)];
        return new(rebased.ToImmutable());
    }

    /// <summary>The author's own edit came back from the log: it is the oldest pending one, and is part of the log's text from now on.</summary>
    /// <exception cref="ArgumentException">It is not the oldest pending one.</exception>
    public TextBranch Confirm(Origin origin)
    {
        if (Pending.IsEmpty || Pending[0].Origin != origin)
            throw new ArgumentException("Own edits come back in the order in which they were made.", nameof(origin));
        return new(Pending.RemoveAt(0));
    }

    /// <summary>What the author sees, where the field's text in the log is <paramref name="text"/>.</summary>
    public string Shown(string text) => Pending.Aggregate(text, (shown, pending) => TextEdits.Apply(shown, pending.Edit));
}

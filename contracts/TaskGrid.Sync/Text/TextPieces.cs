using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>An edit taken apart at its keeps: each piece is an edit of the same text that changes one place.</summary>
internal static class TextPieces
{
    public static IEnumerable<TextEdit> Split(TextEdit edit)
    {
        var piece = new TextEditBuilder();
        int at = 0;
        foreach (TextComponent component in edit.Components)
        {
            if (component.Kind == TextComponentKind.Keep)
            {
                if (piece.ToEdit() is { IsEmpty: false } done)
                    yield return done;
                piece.Keep(at + component.Count);
            }
            else
                piece.Append(component);
            at += component.Kind == TextComponentKind.Insert ? 0 : component.Count;
        }
        if (piece.ToEdit() is { IsEmpty: false } last)
            yield return last;
    }

    /// <summary>The edit of these pieces, which are in order.</summary>
    public static TextEdit Join(IEnumerable<TextEdit> pieces)
    {
        var joined = new TextEditBuilder();
        int at = 0;
        foreach (TextEdit piece in pieces)
        {
            joined.Keep(piece.Start - at);
            foreach (TextComponent component in piece.Components.AsSpan()[(piece.Start > 0 ? 1 : 0)..])
                joined.Append(component);
            at = piece.Reach;
        }
        return joined.ToEdit();
    }

    /// <summary>The part of an edit that lies at or between the ends of another one.</summary>
    public static TextEdit At(TextEdit edit, TextEdit other) =>
        Join(Split(edit).Where(piece => piece.Reach >= other.Start && piece.Start <= other.Reach));
}

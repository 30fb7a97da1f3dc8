using System.Diagnostics.CodeAnalysis;
using System.Text;
using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>The functions on text edits, equal to those of the npm package <c>ot-text-unicode</c> component for component.</summary>
public static class TextEdits
{
    /// <summary>Applies an edit; false if it reaches past the end of the text.</summary>
    public static bool TryApply(string text, TextEdit edit, [NotNullWhen(true)] out string? result)
    {
        result = null;
        if (TextApplication.LengthAfter(text, edit) is not { } length)
            return false;
        result = edit.IsEmpty ? text : string.Create(length, (text, edit), static (target, source) => TextApplication.Write(source.text, source.edit, target));
        return true;
    }

    /// <summary>Applies an edit that is known to fit.</summary>
    /// <exception cref="ArgumentException">It reaches past the end of the text.</exception>
    public static string Apply(string text, TextEdit edit) =>
        TryApply(text, edit, out string? result) ? result : throw new ArgumentException("The edit reaches past the end of the text.", nameof(edit));

    /// <summary>The one edit that does what <paramref name="first"/> and then <paramref name="second"/> do.</summary>
    public static TextEdit Compose(TextEdit first, TextEdit second)
    {
        if (first.IsEmpty)
            return second;
        if (second.IsEmpty)
            return first;
        var composed = new TextEditBuilder();
        var cursor = new ComponentCursor(first);
        foreach (TextComponent component in second.Components)
        {
            if (component.Kind == TextComponentKind.Insert)
                composed.Append(component);
            else if (component.Kind == TextComponentKind.Keep)
                ComposeKeep(ref cursor, component.Count, composed);
            else
                ComposeDelete(ref cursor, component.Count, composed);
        }
        cursor.MoveRest(composed);
        return composed.ToEdit();
    }

    /// <summary>Composes many edits, pairwise, so that a long run costs n log n and not n².</summary>
    public static TextEdit Compose(ReadOnlySpan<TextEdit> edits) => edits.Length switch
    {
        0 => TextEdit.Empty,
        1 => edits[0],
        _ => Compose(Compose(edits[..(edits.Length / 2)]), Compose(edits[(edits.Length / 2)..])),
    };

    /// <summary>
    /// <paramref name="edit"/> rewritten to apply after <paramref name="other"/>, both made on the same text:
    /// <code>
    ///        · --- other --- ·
    ///        |               |
    ///       edit     Transform(edit, other, side)
    ///        ↓               ↓
    ///        · ------------- ·    Transform(other, edit, the other side)
    /// </code>
    /// Both ways round end in the same text. Inserts survive; what both delete is deleted once.
    /// </summary>
    public static TextEdit Transform(TextEdit edit, TextEdit other, Side side)
    {
        if (edit.IsEmpty || other.IsEmpty)
            return edit;
        var transformed = new TextEditBuilder();
        var cursor = new ComponentCursor(edit);
        foreach (TextComponent component in other.Components)
        {
            if (component.Kind != TextComponentKind.Insert)
            {
                PassOver(ref cursor, component.Count, transformed, component.Kind == TextComponentKind.Delete);
                continue;
            }
            if (side == Side.Left && !cursor.AtEnd && cursor.Kind == TextComponentKind.Insert)
                cursor.MoveTo(transformed);
            transformed.Keep(component.Count);
        }
        cursor.MoveRest(transformed);
        return transformed.ToEdit();
    }

    /// <summary>The text that an edit takes out of a text that it fits, all pieces joined; with it the edit can be undone.</summary>
    public static string Removed(string text, TextEdit edit)
    {
        var removed = new StringBuilder();
        ReadOnlySpan<char> rest = text;
        foreach (TextComponent component in edit.Components)
        {
            if (component.Kind == TextComponentKind.Insert)
                continue;
            int units = CodePoints.Utf16Length(rest, component.Count);
            if (component.Kind == TextComponentKind.Delete)
                removed.Append(rest[..units]);
            rest = rest[units..];
        }
        return removed.ToString();
    }

    /// <summary>The edit that undoes <paramref name="edit"/>, given the text that it took out (<see cref="Removed"/>).</summary>
    public static TextEdit Invert(TextEdit edit, string removed)
    {
        var inverse = new TextEditBuilder();
        ReadOnlySpan<char> rest = removed;
        foreach (TextComponent component in edit.Components)
        {
            switch (component.Kind)
            {
                case TextComponentKind.Keep:
                    inverse.Keep(component.Count);
                    break;
                case TextComponentKind.Insert:
                    inverse.Delete(component.Count);
                    break;
                default:
                    int units = CodePoints.Utf16Length(rest, component.Count);
                    inverse.InsertPart(rest[..units], component.Count);
                    rest = rest[units..];
                    break;
            }
        }
        return inverse.ToEdit();
    }

    private static void ComposeKeep(ref ComponentCursor first, int count, TextEditBuilder composed)
    {
        while (count > 0)
        {
            if (first.AtEnd)
            {
                composed.Keep(count);
                return;
            }
            if (first.Kind == TextComponentKind.Delete)
                first.MoveTo(composed);
            else
                count -= first.MoveTo(composed, count);
        }
    }

    private static void ComposeDelete(ref ComponentCursor first, int count, TextEditBuilder composed)
    {
        while (count > 0)
        {
            if (first.AtEnd)
            {
                composed.Delete(count);
                return;
            }
            if (first.Kind == TextComponentKind.Delete)
            {
                first.MoveTo(composed);
                continue;
            }
            // What the first one had kept is now deleted; what it had inserted vanishes.
            bool kept = first.Kind == TextComponentKind.Keep;
            int passed = first.MoveTo(null, count);
            if (kept)
                composed.Delete(passed);
            count -= passed;
        }
    }

    private static void PassOver(ref ComponentCursor cursor, int count, TextEditBuilder transformed, bool deleted)
    {
        while (count > 0)
        {
            if (cursor.AtEnd)
            {
                if (!deleted)
                    transformed.Keep(count);
                return;
            }
            if (cursor.Kind == TextComponentKind.Insert)
                cursor.MoveTo(transformed);
            else
                count -= deleted ? cursor.Skip(count) : cursor.MoveTo(transformed, count);
        }
    }
}

using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>
/// Applying an edit in two walks, one that measures and one that writes: a long text is then allocated once and copied once, which is
/// nearly all that an edit of it costs.
/// </summary>
internal static class TextApplication
{
    /// <summary>How long the text is after an edit, in UTF-16 units; null if the edit does not fit.</summary>
    public static int? LengthAfter(string text, TextEdit edit)
    {
        int length = text.Length;
        ReadOnlySpan<char> rest = text;
        foreach (TextComponent component in edit.Components)
        {
            if (component.Kind == TextComponentKind.Insert)
            {
                length += component.Text!.Length;
                continue;
            }
            int units = CodePoints.Utf16Length(rest, component.Count);
            if (units < 0)
                return null;
            if (component.Kind == TextComponentKind.Delete)
                length -= units;
            rest = rest[units..];
        }
        return length;
    }

    /// <summary>Writes the text after an edit that fits.</summary>
    public static void Write(ReadOnlySpan<char> rest, TextEdit edit, Span<char> target)
    {
        foreach (TextComponent component in edit.Components)
        {
            if (component.Kind == TextComponentKind.Insert)
            {
                component.Text!.CopyTo(target);
                target = target[component.Text.Length..];
                continue;
            }
            int units = CodePoints.Utf16Length(rest, component.Count);
            if (component.Kind == TextComponentKind.Keep)
            {
                rest[..units].CopyTo(target);
                target = target[units..];
            }
            rest = rest[units..];
        }
        rest.CopyTo(target);
    }
}

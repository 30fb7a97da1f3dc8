namespace TaskGrid.Contracts;

/// <summary>Counting in Unicode code points, the unit of every position in text.</summary>
/// <remarks>Works on UTF-16 as it stands: a text is never copied into runes, and text without surrogates is counted at once.</remarks>
public static class CodePoints
{
    /// <summary>How many code points <paramref name="text"/> has. A lone surrogate counts as one.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        int first = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        if (first < 0)
            return text.Length;
        int count = text.Length;
        for (int i = first; i < text.Length - 1; i++)
        {
            if (!char.IsHighSurrogate(text[i]) || !char.IsLowSurrogate(text[i + 1]))
                continue;
            count--;
            i++;
        }
        return count;
    }

    /// <summary>
    /// The number of UTF-16 units that the first <paramref name="count"/> code points of <paramref name="text"/> take,
    /// or -1 if the text has fewer.
    /// </summary>
    public static int Utf16Length(ReadOnlySpan<char> text, int count)
    {
        if (count > text.Length)
            return -1;
        // No surrogate in the first `count` units: units and code points are the same there.
        int at = text[..count].IndexOfAnyInRange('\uD800', '\uDFFF');
        if (at < 0)
            return count;
        for (int left = count - at; left > 0; left--)
        {
            if (at >= text.Length)
                return -1;
            at += char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
        }
        return at;
    }
}

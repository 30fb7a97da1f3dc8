using System.Numerics;
using System.Runtime.InteropServices;

namespace TaskGrid.Contracts;

/// <summary>Counting in Unicode code points, the unit of every position in text.</summary>
/// <remarks>
/// Works on UTF-16 as it stands, a vector at a time: a text is never copied into runes. Texts are clean, that is without lone
/// surrogates, so each code point has exactly one unit that is no low surrogate.
/// </remarks>
public static class CodePoints
{
    /// <summary>How many code points the clean <paramref name="text"/> has.</summary>
    public static int Count(ReadOnlySpan<char> text) => text.Length - LowSurrogates(text);

    /// <summary>
    /// The number of UTF-16 units that the first <paramref name="count"/> code points of the clean <paramref name="text"/> take,
    /// or -1 if the text has fewer.
    /// </summary>
    public static int Utf16Length(ReadOnlySpan<char> text, int count)
    {
        if (count > text.Length)
            return -1;
        int at = 0;
        // As many units as code points are missing never go too far; what they lack is made up for in the next round.
        for (int missing = count; missing > 0;)
        {
            if (at + missing > text.Length)
                return -1;
            int low = LowSurrogates(text.Slice(at, missing));
            at += missing;
            missing = low;
        }
        // The last code point may be cut: its low half belongs to it.
        return at < text.Length && at > 0 && char.IsLowSurrogate(text[at]) ? at + 1 : at;
    }

    private static int LowSurrogates(ReadOnlySpan<char> text)
    {
        int first = text.IndexOfAnyInRange('\uDC00', '\uDFFF');
        if (first < 0)
            return 0;
        text = text[first..];
        ReadOnlySpan<Vector<ushort>> vectors = MemoryMarshal.Cast<char, Vector<ushort>>(text);
        int count = 0;
        foreach (Vector<ushort> units in vectors)
        {
            Vector<ushort> low = Vector.Equals(units & new Vector<ushort>(0xFC00), new Vector<ushort>(0xDC00));
            count += Vector.Sum(low & Vector<ushort>.One);
        }
        foreach (char unit in text[(vectors.Length * Vector<ushort>.Count)..])
            count += char.IsLowSurrogate(unit) ? 1 : 0;
        return count;
    }
}

using System.Globalization;
using System.Text;

namespace TaskGrid.Contracts;

/// <summary>A finite double as ECMAScript writes it (<c>Number::toString</c>), which is what RFC 8785 asks for.</summary>
internal static class EcmaScriptNumber
{
    public static void Write(StringBuilder text, double number)
    {
        if (number == 0)
        {
            text.Append('0'); // also for negative zero
            return;
        }
        if (number < 0)
            text.Append('-');

        // "R" gives the shortest digits that read back as the same double, which are the digits that ECMAScript takes.
        Span<char> shortest = stackalloc char[32];
        Math.Abs(number).TryFormat(shortest, out int length, "R", CultureInfo.InvariantCulture);
        Span<char> digits = stackalloc char[32];
        (int count, int point) = Split(shortest[..length], digits);
        WriteDigits(text, digits[..count], point);
    }

    /// <summary>Takes "12.34E+5" apart: the significant digits, and where the decimal point stands counted from the first of them.</summary>
    private static (int Count, int Point) Split(ReadOnlySpan<char> shortest, Span<char> digits)
    {
        int exponentAt = shortest.IndexOf('E');
        int exponent = exponentAt < 0 ? 0 : int.Parse(shortest[(exponentAt + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        ReadOnlySpan<char> mantissa = exponentAt < 0 ? shortest : shortest[..exponentAt];
        int dot = mantissa.IndexOf('.');
        int point = (dot < 0 ? mantissa.Length : dot) + exponent;
        int count = 0;
        foreach (char c in mantissa)
        {
            if (c == '.')
                continue;
            if (count == 0 && c == '0')
                point--; // a leading zero is no significant digit
            else
                digits[count++] = c;
        }
        while (digits[count - 1] == '0')
            count--;
        return (count, point);
    }

    private static void WriteDigits(StringBuilder text, ReadOnlySpan<char> digits, int point)
    {
        if (digits.Length <= point && point <= 21)
            text.Append(digits).Append('0', point - digits.Length);
        else if (point is > 0 and <= 21)
            text.Append(digits[..point]).Append('.').Append(digits[point..]);
        else if (point is > -6 and <= 0)
            text.Append("0.").Append('0', -point).Append(digits);
        else
            WriteScientific(text, digits, point - 1);
    }

    private static void WriteScientific(StringBuilder text, ReadOnlySpan<char> digits, int exponent)
    {
        text.Append(digits[..1]);
        if (digits.Length > 1)
            text.Append('.').Append(digits[1..]);
        text.Append(exponent < 0 ? "e-" : "e+").Append(Math.Abs(exponent));
    }
}

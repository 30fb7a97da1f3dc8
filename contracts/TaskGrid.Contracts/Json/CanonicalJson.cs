using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace TaskGrid.Contracts;

/// <summary>
/// The canonical text of a JSON value (RFC 8785): equal values have equal texts, so they can be hashed and compared.
/// Numbers are IEEE doubles in ECMAScript form, names are sorted by UTF-16 units, nothing is escaped that need not be.
/// </summary>
public static class CanonicalJson
{
    /// <summary>How deep arrays and objects may nest; an empty array is depth 1.</summary>
    public const int MaxDepth = 64;

    // One level more than allowed, so that the limit is told here and not by the parser.
    private static readonly JsonDocumentOptions Parsing = new() { MaxDepth = MaxDepth + 1 };

    /// <summary>The canonical text of a value that is known to have one; a fault otherwise.</summary>
    /// <exception cref="FormatException">The value has no canonical form.</exception>
    public static string From(JsonElement value) =>
        TryFrom(value, out string? canonical, out string? error) ? canonical : throw new FormatException(error);

    /// <summary>The canonical text of JSON that is known to have one; a fault otherwise.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="FormatException">The value has no canonical form.</exception>
    public static string From(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json, Parsing);
        return From(document.RootElement);
    }

    /// <summary>The canonical text of a value, as long as it has no name twice, no U+0000, no lone surrogate, no number beyond
    /// a double, and nests at most <see cref="MaxDepth"/> deep; else <paramref name="error"/> says which, without quoting any of it.</summary>
    public static bool TryFrom(JsonElement value, [NotNullWhen(true)] out string? canonical, [NotNullWhen(false)] out string? error)
    {
        var text = new StringBuilder();
        error = CanonicalWriter.Write(text, value, MaxDepth);
        canonical = error is null ? text.ToString() : null;
        return error is null;
    }

    /// <summary>The canonical text of a string.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2);
        CanonicalWriter.WriteString(text, value);
        return text.ToString();
    }

    /// <summary>True if <paramref name="text"/> has no U+0000 and no lone surrogate.</summary>
    public static bool IsClean(ReadOnlySpan<char> text)
    {
        if (text.Contains('\0'))
            return false;
        int at = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        if (at < 0)
            return true;
        for (; at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at]))
                continue;
            if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
                return false;
            at++;
        }
        return true;
    }

    /// <summary>True if <paramref name="text"/> has no U+0000 and no lone surrogate.</summary>
    public static bool IsClean(string text) => IsClean(text.AsSpan());

    /// <summary>The string of a JSON string, if it is clean.</summary>
    public static bool TryGetCleanString(JsonElement value, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (value.ValueKind != JsonValueKind.String)
            return false;
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // The only way in which System.Text.Json tells of an escaped lone surrogate or of bytes that are not UTF-8.
            return false;
        }
        if (IsClean(text))
            return true;
        text = null;
        return false;
    }
}

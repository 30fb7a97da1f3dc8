using System.Text;

namespace TaskGrid.Contracts.Search;

/// <summary>"Without regard to case" [SE13]: each code point by Unicode's simple lower-case mapping, nothing normalised.</summary>
public static class CaseFolding
{
    /// <summary>The text with each code point in lower case.</summary>
    public static string Lower(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', '\u007f')) return text.ToLowerInvariant();
        var lower = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) lower.Append(Rune.ToLowerInvariant(rune).ToString());
        return lower.ToString();
    }
}

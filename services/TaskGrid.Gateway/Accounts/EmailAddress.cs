namespace TaskGrid.Gateway.Accounts;

/// <summary>The one form of an address: trimmed, lower case.</summary>
internal static class EmailAddress
{
    public const int MaxLength = 254;

    public static string Normalize(string text) => text.Trim().ToLowerInvariant();

    /// <summary>Whether mail could go there. Only a mail that arrives would tell more.</summary>
    public static bool IsPossible(string normalized)
    {
        var at = normalized.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at < normalized.Length - 1 && at == normalized.LastIndexOf('@') && normalized.Length <= MaxLength
            && !normalized.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
    }
}

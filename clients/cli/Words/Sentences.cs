namespace TaskGrid.Cli;

/// <summary>How sentences begin and end.</summary>
internal static class Sentences
{
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>With a full stop, unless there is one, perhaps before a closing quotation mark.</summary>
    public static string Ended(string text) => IsEnded(text) ? text : text + ".";

    public static bool IsEnded(string text)
    {
        var end = text.TrimEnd();
        return end is [.., '.' or '!' or '?' or '…'] or [.., '.' or '!' or '?' or '…', '”'];
    }
}

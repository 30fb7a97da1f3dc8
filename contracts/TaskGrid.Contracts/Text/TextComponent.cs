namespace TaskGrid.Contracts;

/// <summary>What a component of a text edit does.</summary>
public enum TextComponentKind : byte
{
    /// <summary>Goes on over code points of the text and leaves them.</summary>
    Keep,

    /// <summary>Puts new text at the current place.</summary>
    Insert,

    /// <summary>Takes code points of the text away.</summary>
    Delete,
}

/// <summary>One step of a text edit, counted in Unicode code points: keep some, insert a string, or delete some.</summary>
public readonly record struct TextComponent
{
    private TextComponent(TextComponentKind kind, int count, string? text) => (Kind, Count, Text) = (kind, count, text);

    /// <summary>What the step does.</summary>
    public TextComponentKind Kind { get; }

    /// <summary>How many code points it keeps, inserts or deletes.</summary>
    public int Count { get; }

    /// <summary>The inserted text; null unless <see cref="Kind"/> is <see cref="TextComponentKind.Insert"/>.</summary>
    public string? Text { get; }

    /// <summary>A step that keeps <paramref name="count"/> code points.</summary>
    public static TextComponent Keep(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return new(TextComponentKind.Keep, count, null);
    }

    /// <summary>A step that inserts <paramref name="text"/>, which is clean (no U+0000, no lone surrogate) and not empty.</summary>
    public static TextComponent Insert(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        if (!CanonicalJson.IsClean(text))
            throw new ArgumentException("Inserted text holds U+0000 or a lone surrogate.", nameof(text));
        return new(TextComponentKind.Insert, CodePoints.Count(text), text);
    }

    /// <summary>A step that deletes <paramref name="count"/> code points.</summary>
    public static TextComponent Delete(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return new(TextComponentKind.Delete, count, null);
    }

    /// <summary>An insert whose text was checked and counted before (a whole or a part of an accepted one).</summary>
    internal static TextComponent InsertCounted(string text, int count) => new(TextComponentKind.Insert, count, text);
}

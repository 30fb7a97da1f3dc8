using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaskGrid.Contracts;

/// <summary>An id on the wire: a UUID in lower-case text (version 7 recommended).</summary>
/// <typeparam name="TSelf">The id's own type.</typeparam>
public interface IId<TSelf> where TSelf : struct, IId<TSelf>
{
    /// <summary>The UUID.</summary>
    Guid Value { get; }

    /// <summary>The id with this UUID.</summary>
    static abstract TSelf From(Guid value);
}

/// <summary>Reads ids as the protocol writes them: 36 characters, lower case, hyphens.</summary>
public static class IdText
{
    private const int Length = 36;

    /// <summary>The id in its one text form.</summary>
    public static string Of<T>(T id) where T : struct, IId<T> => id.Value.ToString("D");

    /// <summary>Reads the one text form; upper case, braces or missing hyphens are not it.</summary>
    public static bool TryParse<T>([NotNullWhen(true)] string? text, out T id) where T : struct, IId<T>
    {
        id = default;
        // Of any other length it is none: Guid itself would pass over white space around it.
        if (text is not { Length: Length } || !Guid.TryParseExact(text, "D", out var value) || text.AsSpan().ContainsAnyInRange('A', 'F')) return false;
        id = T.From(value);
        return true;
    }

    /// <summary>Reads the one text form.</summary>
    /// <exception cref="FormatException">The text is no such id.</exception>
    public static T Parse<T>(string text) where T : struct, IId<T> =>
        TryParse<T>(text, out var id) ? id : throw new FormatException($"'{text}' is not a UUID in lower-case text.");
}

/// <summary>Writes an id as its text, also where it is the name of a property.</summary>
public sealed class IdJsonConverter<T> : JsonConverter<T> where T : struct, IId<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString());

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

    /// <inheritdoc/>
    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString());

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(IdText.Of(value));

    private static T Parse(string? text) =>
        IdText.TryParse<T>(text, out var id) ? id : throw new JsonException("expected a UUID in lower-case text");
}

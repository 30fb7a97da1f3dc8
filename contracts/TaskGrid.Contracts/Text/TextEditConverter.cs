using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaskGrid.Contracts;

/// <summary>The JSON form of a <see cref="TextEdit"/>: exactly that of the wire.</summary>
public sealed class TextEditConverter : JsonConverter<TextEdit>
{
    /// <inheritdoc/>
    public override TextEdit Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        JsonElement json = JsonElement.ParseValue(ref reader);
        return TextEdit.TryRead(json, out TextEdit? edit, out string? error) ? edit : throw new JsonException(error);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TextEdit value, JsonSerializerOptions options) => value.Write(writer);
}

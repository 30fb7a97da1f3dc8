using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaskGrid.Contracts;

/// <summary>
/// The value of a register: any JSON but null, kept as its canonical text (RFC 8785), so that equal values are equal texts and a
/// value that this version knows nothing of passes through unharmed. A cleared register is a null reference.
/// </summary>
[JsonConverter(typeof(FieldValueJsonConverter))]
public sealed record FieldValue
{
    private FieldValue(string json) => Json = json;

    /// <summary>The canonical JSON text.</summary>
    public string Json { get; }

    /// <summary>A string value.</summary>
    public static FieldValue Of(string text) => new(CanonicalJson.From(JsonSerializer.Serialize(text, ContractsJson.Default.String)));

    /// <summary>A value from JSON; null for JSON null.</summary>
    public static FieldValue? From(JsonElement element) =>
        element.ValueKind == JsonValueKind.Null ? null : new FieldValue(CanonicalJson.From(element));

    /// <summary>The text of a string value; null for any other kind.</summary>
    public string? AsText()
    {
        if (!Json.StartsWith('"')) return null;
        return JsonSerializer.Deserialize(Json, ContractsJson.Default.String);
    }

    /// <inheritdoc/>
    public override string ToString() => Json;
}

/// <summary>Writes a value as the JSON that it is.</summary>
public sealed class FieldValueJsonConverter : JsonConverter<FieldValue>
{
    /// <inheritdoc/>
    public override FieldValue? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return FieldValue.From(document.RootElement);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, FieldValue value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Json, skipInputValidation: true);
}

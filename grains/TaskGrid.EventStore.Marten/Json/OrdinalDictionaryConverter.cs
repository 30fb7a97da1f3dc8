using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TaskGrid.Contracts;

namespace TaskGrid.EventStore.Marten.Json;

/// <summary>
/// Dictionaries by name in ordinal order. The built-in converter would give them the default comparer, under which the same state
/// read back could list its names otherwise.
/// </summary>
internal sealed class OrdinalDictionaryConverter<TValue> : JsonConverter<ImmutableSortedDictionary<string, TValue>>
{
    public override ImmutableSortedDictionary<string, TValue> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("expected an object");
        var type = (JsonTypeInfo<TValue>)options.GetTypeInfo(typeof(TValue));
        var values = Ordinal.Empty<TValue>().ToBuilder();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            values[name] = JsonSerializer.Deserialize(ref reader, type)!;
        }
        return values.ToImmutable();
    }

    public override void Write(Utf8JsonWriter writer, ImmutableSortedDictionary<string, TValue> value, JsonSerializerOptions options)
    {
        var type = (JsonTypeInfo<TValue>)options.GetTypeInfo(typeof(TValue));
        writer.WriteStartObject();
        foreach (var (name, item) in value)
        {
            writer.WritePropertyName(name);
            if (item is null) writer.WriteNullValue();
            else JsonSerializer.Serialize(writer, item, type);
        }
        writer.WriteEndObject();
    }
}

using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaskGrid.Benchmarks.Traces;

/// <summary>A public editing trace, as its file holds it; <c>SOURCE.md</c> beside the files says whose they are.</summary>
/// <param name="Start">Empty in all of them.</param>
/// <param name="End">The text that its editors came to.</param>
/// <param name="Steps">In an order in which what came before stands before.</param>
internal sealed record Trace(
    [property: JsonPropertyName("startContent")] string? Start,
    [property: JsonPropertyName("endContent")] string End,
    [property: JsonPropertyName("txns")] IReadOnlyList<TraceStep> Steps,
    [property: JsonPropertyName("kind")] string? Kind = null)
{
    public bool IsConcurrent => Kind == "concurrent";

    public static Trace Read(string path)
    {
        using var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<Trace>(file)!;
    }
}

/// <summary>What one editor did at once.</summary>
/// <param name="Agent">Whose it is; 0 in a trace of one.</param>
/// <param name="Parents">The steps that it was made after, by their index; those before them are meant too. Null in a trace of one.</param>
/// <param name="Patches">[place, how many are deleted, what is inserted], each on what the one before it left, in code points.</param>
internal sealed record TraceStep(
    [property: JsonPropertyName("agent")] int Agent,
    [property: JsonPropertyName("parents")] IReadOnlyList<int>? Parents,
    [property: JsonPropertyName("patches")] IReadOnlyList<TracePatch> Patches);

/// <summary>A replacement.</summary>
[JsonConverter(typeof(TracePatchConverter))]
internal readonly record struct TracePatch(int Place, int Deleted, string Inserted);

internal sealed class TracePatchConverter : JsonConverter<TracePatch>
{
    public override TracePatch Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        reader.Read();
        var place = reader.GetInt32();
        reader.Read();
        var deleted = reader.GetInt32();
        reader.Read();
        var inserted = reader.GetString()!;
        reader.Read();
        return reader.TokenType == JsonTokenType.EndArray ? new TracePatch(place, deleted, inserted) : throw new JsonException("a patch has three members");
    }

    public override void Write(Utf8JsonWriter writer, TracePatch value, JsonSerializerOptions options) => throw new NotSupportedException();
}

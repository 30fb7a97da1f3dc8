using System.Text.Json.Serialization;

namespace TaskGrid.Sync;

/// <summary>Source-generated JSON of the merge state that is stored beside a task: camelCase, absent instead of null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Register))]
[JsonSerializable(typeof(RegisterEntry))]
[JsonSerializable(typeof(ObservedSet))]
[JsonSerializable(typeof(TextLogEntry))]
public sealed partial class SyncJson : JsonSerializerContext;

using System.Text.Json.Serialization;
using TaskGrid.Contracts;

namespace TaskGrid.Client;

/// <summary>Source-generated JSON of what only the client reads or writes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(WireTimeJsonConverter)])]
[JsonSerializable(typeof(CausalClock))]
[JsonSerializable(typeof(SavedSession))]
[JsonSerializable(typeof(TextHistory))]
[JsonSerializable(typeof(ConflictPage))]
[JsonSerializable(typeof(HistoryPage))]
internal sealed partial class ClientJson : JsonSerializerContext;

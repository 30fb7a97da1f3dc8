using System.Text.Json.Serialization;

namespace TaskGrid.Contracts;

/// <summary>What an author made: the <paramref name="N"/>th change of its replica. It never alters after it was in a request.</summary>
/// <param name="N">1, 2, 3, … within the replica and organization.</param>
/// <param name="At">The author's stamp, unadjusted.</param>
/// <param name="Clock">What the author had seen.</param>
/// <param name="Body">The op and its members.</param>
[JsonConverter(typeof(ChangeJsonConverter))]
public sealed record Change(long N, Stamp At, CausalClock Clock, ChangeBody Body);

using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace TaskGrid.Contracts;

/// <summary>A change as the log holds it. Applying canonical changes in the order of seq needs no merging.</summary>
/// <param name="Seq">Its place in the organization's log: 1, 2, 3, … without gaps.</param>
/// <param name="Origin">Replica and number; null for what the server did (members).</param>
/// <param name="User">Who did it.</param>
/// <param name="Time">The server's time when it was taken in.</param>
/// <param name="At">The adjusted stamp.</param>
/// <param name="AtSent">The stamp as sent, if it differs.</param>
/// <param name="Clock">What the author had seen; null for what the server did.</param>
/// <param name="Body">The op; a text edit as applied.</param>
/// <param name="Effect">What differs from the plain reading; null if nothing.</param>
/// <param name="Conflict">The conflict that it made, joined, closed or flipped; the first of them where there are more.</param>
[JsonConverter(typeof(CanonicalChangeJsonConverter))]
public sealed record CanonicalChange(
    long Seq,
    Origin? Origin,
    UserId User,
    DateTimeOffset Time,
    Stamp At,
    Stamp? AtSent,
    CausalClock? Clock,
    ChangeBody Body,
    Effect? Effect = null,
    ConflictNote? Conflict = null)
{
    /// <summary>The conflicts beside the first: of other pairs of replicas, on other tasks that it reached.</summary>
    public ImmutableArray<ConflictNote> Conflicts { get; init; } = [];

    /// <summary>All its conflicts, the first one first.</summary>
    public IEnumerable<ConflictNote> AllConflicts => Conflict is null ? [] : Conflicts.Prepend(Conflict);
}

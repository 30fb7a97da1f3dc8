using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>One add of a value.</summary>
/// <param name="Value">What was added.</param>
/// <param name="Seq">The add's place in the log.</param>
/// <param name="Origin">Who added.</param>
public sealed record SetDot(string Value, long Seq, Origin Origin);

/// <summary>
/// An observed-remove set of strings. Each add leaves a dot, a remove takes away the dots that its author had seen, and a value is in
/// the set while it has a dot: so a concurrent add wins over a remove, since the remover did not know of it.
/// </summary>
public sealed record ObservedSet
{
    /// <summary>A set without values.</summary>
    public static ObservedSet Empty { get; } = new();

    /// <summary>The dots in order of seq, for one seq in that of values.</summary>
    public ImmutableArray<SetDot> Dots { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The values, sorted by UTF-8 bytes.</summary>
    [JsonIgnore]
    public ImmutableArray<string> Values => [.. Dots.Select(dot => dot.Value).Distinct(StringComparer.Ordinal).Order(Utf8Order.Instance)];

    /// <summary>True if the value is in the set.</summary>
    public bool Contains(string value) => Dots.Any(dot => dot.Value == value);

    /// <summary>Adds a value.</summary>
    public ObservedSet Add(string value, long seq, Origin origin)
    {
        var dot = new SetDot(value, seq, origin);
        return Dots.Contains(dot) ? this : new() { Dots = Dots.Add(dot) };
    }

    /// <summary>Takes away the dots of a value that the author had seen.</summary>
    /// <returns>The set from now on, and whether the value is not in it (any more).</returns>
    public (ObservedSet Next, bool Gone) Remove(string value, Origin author, CausalClock clock)
    {
        ImmutableArray<SetDot> left = Dots.RemoveAll(dot => dot.Value == value && Causality.Covers(clock, author, dot.Seq, dot.Origin));
        ObservedSet next = left.Length == Dots.Length ? this : new() { Dots = left };
        return (next, !next.Contains(value));
    }

    /// <inheritdoc/>
    public bool Equals(ObservedSet? other) => other is not null && Dots.SequenceEqual(other.Dots);

    /// <inheritdoc/>
    public override int GetHashCode() => Dots.Length;
}

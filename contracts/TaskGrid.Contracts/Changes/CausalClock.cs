using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaskGrid.Contracts;

/// <summary>
/// What the author had seen when a change was made: every change with seq up to <see cref="Base"/>, the author's own earlier ones,
/// and, after a fork, the author's former replicas up to a number. Never altered after the change was made.
/// </summary>
[JsonConverter(typeof(CausalClockJsonConverter))]
public sealed class CausalClock : IEquatable<CausalClock>
{
    /// <summary>A clock that has seen the log up to <paramref name="base"/>.</summary>
    public CausalClock(long @base, ImmutableSortedDictionary<ReplicaId, long>? replicas = null)
    {
        Base = @base;
        Replicas = replicas ?? ImmutableSortedDictionary<ReplicaId, long>.Empty;
    }

    /// <summary>Every change with seq up to this had been seen.</summary>
    public long Base { get; }

    /// <summary>The same user's replicas before a fork: their changes up to this number had been seen.</summary>
    public ImmutableSortedDictionary<ReplicaId, long> Replicas { get; }

    /// <summary>The same clock with another base.</summary>
    public CausalClock WithBase(long @base) => new(@base, Replicas);

    /// <inheritdoc/>
    public bool Equals(CausalClock? other) => other is not null && Base == other.Base && Replicas.SequenceEqual(other.Replicas);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CausalClock);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Base, Replicas.Count);
}

/// <summary>Writes a clock as <c>{"base": 120, "&lt;replica&gt;": 7}</c>.</summary>
public sealed class CausalClockJsonConverter : JsonConverter<CausalClock>
{
    /// <inheritdoc/>
    public override CausalClock Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return TryRead(document.RootElement, out var clock) ? clock : throw new JsonException("expected a clock");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, CausalClock value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber("base", value.Base);
        foreach (var (replica, n) in value.Replicas) writer.WriteNumber(replica.ToString(), n);
        writer.WriteEndObject();
    }

    /// <summary>Reads a clock; false where any member is not of its form.</summary>
    public static bool TryRead(JsonElement element, out CausalClock clock)
    {
        clock = new CausalClock(0);
        if (element.ValueKind != JsonValueKind.Object) return false;
        long? seen = null;
        var replicas = ImmutableSortedDictionary.CreateBuilder<ReplicaId, long>();
        foreach (var member in element.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Number || !member.Value.TryGetInt64(out var number) || number < 0) return false;
            if (member.Name == "base") seen = number;
            else if (IdText.TryParse<ReplicaId>(member.Name, out var replica)) replicas[replica] = number;
            else return false;
        }
        if (seen is null) return false;
        clock = new CausalClock(seen.Value, replicas.ToImmutable());
        return true;
    }
}

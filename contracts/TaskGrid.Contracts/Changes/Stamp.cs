using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaskGrid.Contracts;

/// <summary>
/// A hybrid logical clock stamp, <c>YYYY-MM-DDTHH:mm:ss.sssZ/dddd</c>: the author's estimate of server time and a counter.
/// Stamps order as (wall, counter); ties between replicas go by replica id.
/// </summary>
/// <param name="Wall">Milliseconds since 1970-01-01T00:00:00Z, within years 0001 to 9999.</param>
/// <param name="Counter">0 to 9999.</param>
[JsonConverter(typeof(StampJsonConverter))]
public readonly record struct Stamp(long Wall, int Counter) : IComparable<Stamp>
{
    /// <summary>The highest counter; past it the wall moves one millisecond.</summary>
    public const int MaxCounter = 9999;

    private const string WallFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const int WallLength = 24;
    private static readonly long MaxWall = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The wall part as a time.</summary>
    public DateTimeOffset Time => DateTimeOffset.FromUnixTimeMilliseconds(Wall);

    /// <summary>The stamp at this time with counter 0.</summary>
    public static Stamp At(DateTimeOffset time) => new(time.ToUnixTimeMilliseconds(), 0);

    /// <summary>The least stamp above this one; the highest stamp of all has none and stays.</summary>
    public Stamp Next() => Counter < MaxCounter ? this with { Counter = Counter + 1 } : Wall < MaxWall ? new Stamp(Wall + 1, 0) : this;

    /// <inheritdoc/>
    public int CompareTo(Stamp other) => Wall != other.Wall ? Wall.CompareTo(other.Wall) : Counter.CompareTo(other.Counter);

    /// <summary>Earlier.</summary>
    public static bool operator <(Stamp left, Stamp right) => left.CompareTo(right) < 0;

    /// <summary>Later.</summary>
    public static bool operator >(Stamp left, Stamp right) => left.CompareTo(right) > 0;

    /// <summary>Not later.</summary>
    public static bool operator <=(Stamp left, Stamp right) => left.CompareTo(right) <= 0;

    /// <summary>Not earlier.</summary>
    public static bool operator >=(Stamp left, Stamp right) => left.CompareTo(right) >= 0;

    /// <summary>The later of two.</summary>
    public static Stamp Max(Stamp left, Stamp right) => left >= right ? left : right;

    /// <summary>Reads exactly the wire form.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Stamp stamp)
    {
        stamp = default;
        if (text is null || text.Length != WallLength + 5 || text[WallLength] != '/') return false;
        if (!DateTimeOffset.TryParseExact(text.AsSpan(0, WallLength), WallFormat, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var wall)) return false;
        var digits = text.AsSpan(WallLength + 1);
        if (digits.ContainsAnyExceptInRange('0', '9')) return false;
        stamp = new Stamp(wall.ToUnixTimeMilliseconds(), int.Parse(digits, CultureInfo.InvariantCulture));
        return true;
    }

    /// <summary>The wire form.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{WireTime.Format(Time)}/{Counter:0000}");
}

/// <summary>Times on the wire: RFC 3339, UTC, milliseconds.</summary>
public static class WireTime
{
    /// <summary>The one text form of a time.</summary>
    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The time without what the wire cannot carry (below a millisecond).</summary>
    public static DateTimeOffset Truncate(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}

/// <summary>Writes times in the one text form.</summary>
public sealed class WireTimeJsonConverter : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TryGetDateTimeOffset(out var time) ? time.ToUniversalTime() : throw new JsonException("expected an RFC 3339 time");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(WireTime.Format(value));
}

/// <summary>Writes a stamp as its text.</summary>
public sealed class StampJsonConverter : JsonConverter<Stamp>
{
    /// <inheritdoc/>
    public override Stamp Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Stamp.TryParse(reader.GetString(), out var stamp) ? stamp : throw new JsonException("expected a stamp");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Stamp value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

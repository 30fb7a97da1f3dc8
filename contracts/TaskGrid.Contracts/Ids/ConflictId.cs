using System.Text.Json.Serialization;

namespace TaskGrid.Contracts;

/// <summary>A recorded conflict: UUIDv5 of organization, seq and kind, so that replay gives the same.</summary>
[JsonConverter(typeof(IdJsonConverter<ConflictId>))]
public readonly record struct ConflictId(Guid Value) : IId<ConflictId>, IComparable<ConflictId>
{
    /// <inheritdoc/>
    public static ConflictId From(Guid value) => new(value);

    /// <summary>Orders by the text form, as every client can.</summary>
    public int CompareTo(ConflictId other) => string.CompareOrdinal(ToString(), other.ToString());

    /// <summary>The id in its one text form.</summary>
    public override string ToString() => IdText.Of(this);
}

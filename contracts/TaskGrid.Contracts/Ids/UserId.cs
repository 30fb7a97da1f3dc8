using System.Text.Json.Serialization;

namespace TaskGrid.Contracts;

/// <summary>A person's account.</summary>
[JsonConverter(typeof(IdJsonConverter<UserId>))]
public readonly record struct UserId(Guid Value) : IId<UserId>, IComparable<UserId>
{
    /// <inheritdoc/>
    public static UserId From(Guid value) => new(value);

    /// <summary>Orders by the text form, as every client can.</summary>
    public int CompareTo(UserId other) => string.CompareOrdinal(ToString(), other.ToString());

    /// <summary>The id in its one text form.</summary>
    public override string ToString() => IdText.Of(this);
}

using System.Text.Json.Serialization;

namespace TaskGrid.Contracts;

/// <summary>An organization: the scope of one log.</summary>
[JsonConverter(typeof(IdJsonConverter<OrganizationId>))]
public readonly record struct OrganizationId(Guid Value) : IId<OrganizationId>, IComparable<OrganizationId>
{
    /// <inheritdoc/>
    public static OrganizationId From(Guid value) => new(value);

    /// <summary>Orders by the text form, as every client can.</summary>
    public int CompareTo(OrganizationId other) => string.CompareOrdinal(ToString(), other.ToString());

    /// <summary>The id in its one text form.</summary>
    public override string ToString() => IdText.Of(this);
}

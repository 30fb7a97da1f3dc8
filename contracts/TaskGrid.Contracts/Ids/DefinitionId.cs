using System.Text.Json.Serialization;

namespace TaskGrid.Contracts;

/// <summary>A project, label or view; made by the client.</summary>
[JsonConverter(typeof(IdJsonConverter<DefinitionId>))]
public readonly record struct DefinitionId(Guid Value) : IId<DefinitionId>, IComparable<DefinitionId>
{
    /// <inheritdoc/>
    public static DefinitionId From(Guid value) => new(value);

    /// <summary>Orders by the text form, as every client can.</summary>
    public int CompareTo(DefinitionId other) => string.CompareOrdinal(ToString(), other.ToString());

    /// <summary>The id in its one text form.</summary>
    public override string ToString() => IdText.Of(this);
}

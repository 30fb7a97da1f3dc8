using System.Text.Json.Serialization;

namespace TaskGrid.Contracts;

/// <summary>One store of one client: an installation, account and organization.</summary>
[JsonConverter(typeof(IdJsonConverter<ReplicaId>))]
public readonly record struct ReplicaId(Guid Value) : IId<ReplicaId>, IComparable<ReplicaId>
{
    /// <inheritdoc/>
    public static ReplicaId From(Guid value) => new(value);

    /// <summary>Orders by the text form, as every client can.</summary>
    public int CompareTo(ReplicaId other) => string.CompareOrdinal(ToString(), other.ToString());

    /// <summary>The id in its one text form.</summary>
    public override string ToString() => IdText.Of(this);
}

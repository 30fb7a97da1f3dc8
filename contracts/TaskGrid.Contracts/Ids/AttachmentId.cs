using System.Text.Json.Serialization;

namespace TaskGrid.Contracts;

/// <summary>An attachment; made by the client.</summary>
[JsonConverter(typeof(IdJsonConverter<AttachmentId>))]
public readonly record struct AttachmentId(Guid Value) : IId<AttachmentId>, IComparable<AttachmentId>
{
    /// <inheritdoc/>
    public static AttachmentId From(Guid value) => new(value);

    /// <summary>Orders by the text form, as every client can.</summary>
    public int CompareTo(AttachmentId other) => string.CompareOrdinal(ToString(), other.ToString());

    /// <summary>The id in its one text form.</summary>
    public override string ToString() => IdText.Of(this);
}

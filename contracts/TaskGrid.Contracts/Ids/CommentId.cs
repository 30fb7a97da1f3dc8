using System.Text.Json.Serialization;

namespace TaskGrid.Contracts;

/// <summary>A comment; made by the client.</summary>
[JsonConverter(typeof(IdJsonConverter<CommentId>))]
public readonly record struct CommentId(Guid Value) : IId<CommentId>, IComparable<CommentId>
{
    /// <inheritdoc/>
    public static CommentId From(Guid value) => new(value);

    /// <summary>Orders by the text form, as every client can.</summary>
    public int CompareTo(CommentId other) => string.CompareOrdinal(ToString(), other.ToString());

    /// <summary>The id in its one text form.</summary>
    public override string ToString() => IdText.Of(this);
}

using System.Text.Json.Serialization;

namespace TaskGrid.Contracts;

/// <summary>A task; made by the client.</summary>
[JsonConverter(typeof(IdJsonConverter<TaskId>))]
public readonly record struct TaskId(Guid Value) : IId<TaskId>, IComparable<TaskId>
{
    /// <inheritdoc/>
    public static TaskId From(Guid value) => new(value);

    /// <summary>Orders by the text form, as every client can.</summary>
    public int CompareTo(TaskId other) => string.CompareOrdinal(ToString(), other.ToString());

    /// <summary>The id in its one text form.</summary>
    public override string ToString() => IdText.Of(this);
}

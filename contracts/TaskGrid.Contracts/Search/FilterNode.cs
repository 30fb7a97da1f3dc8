using System.Collections.Immutable;

namespace TaskGrid.Contracts.Search;

/// <summary>A filter as it was written: a closed family. Negated forms are <see cref="Not"/> of the plain ones.</summary>
public abstract record FilterNode
{
    private FilterNode() { }

    /// <summary>All of these.</summary>
    /// <param name="Nodes">Two or more.</param>
    public sealed record And(ImmutableArray<FilterNode> Nodes) : FilterNode;

    /// <summary>Any of these.</summary>
    /// <param name="Nodes">Two or more.</param>
    public sealed record Or(ImmutableArray<FilterNode> Nodes) : FilterNode;

    /// <summary>Not this.</summary>
    /// <param name="Node">What does not hold.</param>
    public sealed record Not(FilterNode Node) : FilterNode;

    /// <summary>The task is a tombstone.</summary>
    public sealed record Deleted : FilterNode;

    /// <summary>A field compared with a value.</summary>
    /// <param name="Field">The field.</param>
    /// <param name="Operator">One that the field has.</param>
    /// <param name="Value">One that the field can hold.</param>
    public sealed record Comparison(FilterField Field, FilterOperator Operator, FilterValue Value) : FilterNode;

    /// <summary>A field equal to any of these.</summary>
    /// <param name="Field">The field.</param>
    /// <param name="Values">One or more.</param>
    public sealed record In(FilterField Field, ImmutableArray<FilterValue> Values) : FilterNode;

    /// <summary>A field without a value.</summary>
    /// <param name="Field">The field.</param>
    public sealed record Empty(FilterField Field) : FilterNode;
}

/// <summary>A value in a filter.</summary>
/// <param name="Text">What it says.</param>
/// <param name="IsWord">It was not quoted, so that <c>me</c>, <c>today</c>, numbers and <c>true</c> mean what they say.</param>
public sealed record FilterValue(string Text, bool IsWord);

/// <summary>How a field is compared.</summary>
public enum FilterOperator
{
    /// <summary><c>=</c></summary>
    Equal,

    /// <summary><c>!=</c></summary>
    NotEqual,

    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&lt;=</c></summary>
    LessOrEqual,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&gt;=</c></summary>
    GreaterOrEqual,

    /// <summary><c>~</c></summary>
    Contains,
}

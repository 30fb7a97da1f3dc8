using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace TaskGrid.Contracts.Search;

/// <summary>Makes tests of what a filter says.</summary>
internal static partial class FilterBinder
{
    public static TaskTest Bind(FilterNode node, FilterContext context) => node switch
    {
        FilterNode.And and => new TaskTest.All([.. and.Nodes.Select(part => Bind(part, context))]),
        FilterNode.Or or => new TaskTest.Any([.. or.Nodes.Select(part => Bind(part, context))]),
        FilterNode.Not not => new TaskTest.Not(Bind(not.Node, context)),
        FilterNode.Deleted => new TaskTest.IsDeleted(),
        FilterNode.Empty empty => new TaskTest.IsEmpty(empty.Field),
        FilterNode.In among => new TaskTest.Any([.. among.Values.Select(value => Compare(among.Field, FilterOperator.Equal, value, context))]),
        // [SE5]
        FilterNode.Comparison { Operator: FilterOperator.NotEqual } c => new TaskTest.Not(Compare(c.Field, FilterOperator.Equal, c.Value, context)),
        FilterNode.Comparison c => Compare(c.Field, c.Operator, c.Value, context),
        _ => throw new UnreachableException(node.GetType().Name),
    };

    private static TaskTest Compare(FilterField field, FilterOperator op, FilterValue value, FilterContext context) => field.Kind switch
    {
        FilterFieldKind.Custom => new TaskTest.Custom(field.Member, op, Operand(op, value)),
        FilterFieldKind.Date => Date(field, op, value, context),
        FilterFieldKind.Words => new TaskTest.HasWords([.. TaskWords.Of(value.Text)]),
        _ when op == FilterOperator.Equal => new TaskTest.Equal(field, [.. ValuesOf(field, value, context).Distinct()]),
        _ when op == FilterOperator.Contains => Contains(field, CaseFolding.Lower(value.Text), context),
        FilterFieldKind.Priority => Rank(op, TaskOrder.RankOf(value.Text)),
        _ => throw new UnreachableException($"{op} on {field.Name}"),
    };

    /// <summary>[SE10] What a value stands for.</summary>
    private static IEnumerable<string> ValuesOf(FilterField field, FilterValue value, FilterContext context)
    {
        var isId = Guid.TryParseExact(value.Text, "D", out var id);
        return field.Kind switch
        {
            FilterFieldKind.Label when isId => [id.ToString("D"), value.Text],
            FilterFieldKind.Label => context.DefinitionsNamed("label", name => FilterContext.Same(name, value.Text)).Append(value.Text),
            FilterFieldKind.User or FilterFieldKind.Project or FilterFieldKind.Task when isId => [id.ToString("D")],
            FilterFieldKind.User when value is { IsWord: true, Text: "me" } => [context.Me.ToString()],
            FilterFieldKind.User => context.MembersNamed(value.Text),
            FilterFieldKind.Project => context.DefinitionsNamed("project", name => FilterContext.Same(name, value.Text)),
            _ => [value.Text],
        };
    }

    private static TaskTest.Contains Contains(FilterField field, string lower, FilterContext context) => new(field, lower,
        field.Kind == FilterFieldKind.Label
            ? [.. context.DefinitionsNamed("label", name => CaseFolding.Lower(name).Contains(lower, StringComparison.Ordinal))]
            : []);

    private static TaskTest.Within Date(FilterField field, FilterOperator op, FilterValue value, FilterContext context)
    {
        if (!FilterDate.TryParse(value, out var date)) throw new UnreachableException("the parser admits dates only");
        var (from, before) = date!.Span(context.Today);
        return op switch
        {
            FilterOperator.Equal => new(field, from, before),
            FilterOperator.Less => new(field, null, from),
            FilterOperator.LessOrEqual => new(field, null, before),
            FilterOperator.Greater => new(field, before, null),
            FilterOperator.GreaterOrEqual => new(field, from, null),
            _ => throw new UnreachableException(op.ToString()),
        };
    }

    private static TaskTest Rank(FilterOperator op, int? rank) => (op, rank) switch
    {
        (_, null) => TaskTest.Never,
        (FilterOperator.Less, { } r) => new TaskTest.Ranked(0, r - 1),
        (FilterOperator.LessOrEqual, { } r) => new TaskTest.Ranked(0, r),
        (FilterOperator.Greater, { } r) => new TaskTest.Ranked(r + 1, int.MaxValue),
        (FilterOperator.GreaterOrEqual, { } r) => new TaskTest.Ranked(r, int.MaxValue),
        _ => throw new UnreachableException(op.ToString()),
    };

    private static CustomOperand Operand(FilterOperator op, FilterValue value)
    {
        if (op == FilterOperator.Contains) return new CustomOperand(CaseFolding.Lower(value.Text), null, null);
        double? number = value.IsWord && JsonNumber().IsMatch(value.Text)
            && double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var read) && double.IsFinite(read) ? read : null;
        bool? truth = !value.IsWord ? null : value.Text switch { "true" => true, "false" => false, _ => null };
        return new CustomOperand(value.Text, number, truth);
    }

    [GeneratedRegex(@"\A-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex JsonNumber();
}

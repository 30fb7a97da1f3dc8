using System.Diagnostics;
using System.Globalization;
using NpgsqlTypes;
using TaskGrid.Contracts;
using TaskGrid.Contracts.Search;

namespace TaskGrid.EventStore.Marten.Queries.Search;

/// <summary>
/// Tests as conditions on <c>tg.tasks</c>. Null means false in them, so only <see cref="TaskTest.Not"/> must say so. Equality goes by
/// jsonb containment and full text by the words, which both have an index.
/// </summary>
internal static class TestSql
{
    public static string Of(TaskTest test, SqlParameters parameters) => test switch
    {
        TaskTest.All { Tests.IsEmpty: true } => "true",
        TaskTest.Any { Tests.IsEmpty: true } => "false",
        TaskTest.All all => $"({string.Join(" and ", all.Tests.Select(part => Of(part, parameters)))})",
        TaskTest.Any any => $"({string.Join(" or ", any.Tests.Select(part => Of(part, parameters)))})",
        TaskTest.Not { Test: TaskTest.IsDeleted } => "not deleted",
        TaskTest.Not not => $"coalesce(not {Of(not.Test, parameters)}, true)",
        TaskTest.IsDeleted => "deleted",
        TaskTest.Equal equal => Equal(equal, parameters),
        TaskTest.Contains contains => Contains(contains, parameters),
        TaskTest.IsEmpty empty => IsEmpty(empty.Field, parameters),
        TaskTest.Within within => Within(within, parameters),
        TaskTest.Ranked ranked => $"(priority between {Rank(ranked.Lowest, parameters)} and {Rank(ranked.Highest, parameters)})",
        TaskTest.HasWords { Beginnings.IsEmpty: true } => "true",
        TaskTest.HasWords words => $"(words @@ {parameters.Text(string.Join(" & ", words.Beginnings.Select(word => $"'{word}':*")))}::tsquery)",
        TaskTest.Custom custom => Custom(custom, parameters),
        _ => throw new UnreachableException(test.GetType().Name),
    };

    private static string Equal(TaskTest.Equal test, SqlParameters parameters) => test.Values.IsEmpty ? "false" : AnyOf(test.Values.Select(value =>
        test.Field.Member switch
        {
            Fields.Title => $"line ->> 'title' = {parameters.Text(value)}",
            Fields.Labels or Fields.Watchers => $"facets @> {parameters.Json($"{{{Quote(test.Field.Member)}:[{Quote(value)}]}}")}",
            var member => $"facets @> {parameters.Json($"{{{Quote(member)}:{Quote(value)}}}")}",
        }));

    private static string Contains(TaskTest.Contains test, SqlParameters parameters)
    {
        var part = parameters.Text(test.Lower);
        return test.Field.Member switch
        {
            Fields.Title => $"(strpos(title, {part}) > 0)",
            Fields.Labels =>
                $"exists (select from jsonb_array_elements_text(facets -> 'labels') as label (value) where strpos(tg.lower_case(value), {part}) > 0 or value = any ({parameters.Add(test.Labels.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text)}))",
            var member => $"(strpos(tg.lower_case(facets ->> {parameters.Text(member)}), {part}) > 0)",
        };
    }

    private static string IsEmpty(FilterField field, SqlParameters parameters) => (field.Kind, field.Member) switch
    {
        (FilterFieldKind.Custom, var name) => $"(coalesce(facets -> 'custom' -> {parameters.Text(name)}, '\"\"') in ('\"\"', '[]', '{{}}'))",
        (FilterFieldKind.Date, _) => $"({Column(field)} is null)",
        (_, Fields.Title) => "(title = '')",
        (_, Fields.Labels or Fields.Watchers) => $"(jsonb_array_length(facets -> {parameters.Text(field.Member)}) = 0)",
        var (_, member) => $"(coalesce(facets ->> {parameters.Text(member)}, '') = '')",
    };

    private static string Within(TaskTest.Within test, SqlParameters parameters)
    {
        var column = Column(test.Field);
        var parts = new List<string> { $"{column} is not null" };
        if (test.From is { } from) parts.Add($"{column} >= {parameters.Time(from)}");
        if (test.Before is { } before) parts.Add($"{column} < {parameters.Time(before)}");
        return $"({string.Join(" and ", parts)})";
    }

    private static string Column(FilterField field) => field.Member switch
    {
        "createdAt" => "created",
        "updatedAt" => "updated",
        _ => "due",
    };

    private static string Rank(int rank, SqlParameters parameters) => parameters.Add((short)Math.Clamp(rank, -1, 100), NpgsqlDbType.Smallint);

    private static string Custom(TaskTest.Custom test, SqlParameters parameters)
    {
        if (test.Operator == FilterOperator.Equal)
            return AnyOf(EqualsOf(test.Value).SelectMany(json => new[] { json, $"[{json}]" })
                .Select(json => $"facets @> {parameters.Json($"{{\"custom\":{{{Quote(test.Name)}:{json}}}}}")}"));
        var value = $"(facets -> 'custom' -> {parameters.Text(test.Name)})";
        var items = $"jsonb_array_elements(case jsonb_typeof({value}) when 'array' then {value} else jsonb_build_array({value}) end) as item (value)";
        return $"exists (select from {items} where case jsonb_typeof(value) {Cases(test, parameters)} else false end)";
    }

    // Branches of a case are not evaluated ahead of their condition, as the parts of an "and" may be.
    private static string Cases(TaskTest.Custom test, SqlParameters parameters)
    {
        if (test.Operator == FilterOperator.Contains)
            return $"when 'string' then strpos(tg.lower_case(value #>> '{{}}'), {parameters.Text(test.Value.Text)}) > 0";
        var sign = test.Operator switch
        {
            FilterOperator.Less => "<",
            FilterOperator.LessOrEqual => "<=",
            FilterOperator.Greater => ">",
            FilterOperator.GreaterOrEqual => ">=",
            _ => throw new UnreachableException(test.Operator.ToString()),
        };
        var strings = $"when 'string' then (value #>> '{{}}') collate \"C\" {sign} {parameters.Text(test.Value.Text)}";
        return test.Value.Number is { } number ? $"{strings} when 'number' then value::numeric {sign} {parameters.Text(Number(number))}::numeric" : strings;
    }

    private static IEnumerable<string> EqualsOf(CustomOperand operand)
    {
        yield return Quote(operand.Text);
        if (operand.Number is { } number) yield return Number(number);
        if (operand.Truth is { } truth) yield return truth ? "true" : "false";
    }

    // The shortest text that reads back as the same double is what the canonical form has stored.
    private static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string Quote(string text) => CanonicalJson.Quote(text);

    private static string AnyOf(IEnumerable<string> conditions) => $"({string.Join(" or ", conditions)})";
}

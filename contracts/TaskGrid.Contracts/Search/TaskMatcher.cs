using System.Diagnostics;
using System.Text.Json;

namespace TaskGrid.Contracts.Search;

/// <summary>Asks tests of a task line.</summary>
public static class TaskMatcher
{
    /// <summary>True if the task passes.</summary>
    public static bool Passes(TaskLine task, TaskTest test) => test switch
    {
        TaskTest.All all => all.Tests.All(part => Passes(task, part)),
        TaskTest.Any any => any.Tests.Any(part => Passes(task, part)),
        TaskTest.Not not => !Passes(task, not.Test),
        TaskTest.IsDeleted => task.Deleted,
        TaskTest.Equal equal => TextsOf(task, equal.Field).Any(text => equal.Values.Contains(text)),
        TaskTest.Contains contains => TextsOf(task, contains.Field).Any(text => Contains(text, contains.Lower) || contains.Labels.Contains(text)),
        TaskTest.IsEmpty empty => IsEmpty(task, empty.Field),
        TaskTest.Within within => DateOf(task, within.Field) is { } date && (within.From is not { } from || date >= from) && (within.Before is not { } before || date < before),
        TaskTest.Ranked ranked => TaskOrder.RankOf(task[Fields.Priority]?.AsText()) is { } rank && rank >= ranked.Lowest && rank <= ranked.Highest,
        TaskTest.HasWords words => HasWords(task, words),
        TaskTest.Custom custom => CustomOf(task, custom.Name) is { } value && Compares(value, custom.Operator, custom.Value),
        _ => throw new UnreachableException(test.GetType().Name),
    };

    private static bool Contains(string text, string lower) => CaseFolding.Lower(text).Contains(lower, StringComparison.Ordinal);

    private static bool HasWords(TaskLine task, TaskTest.HasWords asked)
    {
        if (asked.Beginnings.IsEmpty) return true;
        var words = TaskWords.Of(task);
        return asked.Beginnings.All(beginning => words.Any(word => word.StartsWith(beginning, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> TextsOf(TaskLine task, FilterField field) => field.Member switch
    {
        Fields.Title => [task.Title],
        Fields.Labels => task.Labels,
        Fields.Watchers => task.Watchers,
        "createdBy" => [task.CreatedBy.ToString()],
        var register => task[register]?.AsText() is { } text ? [text] : [],
    };

    private static DateTimeOffset? DateOf(TaskLine task, FilterField field) => field.Member switch
    {
        "createdAt" => task.CreatedAt,
        "updatedAt" => task.UpdatedAt,
        _ => TaskOrder.InstantOf(task[Fields.DueDate]?.AsText()),
    };

    private static bool IsEmpty(TaskLine task, FilterField field) => field.Kind switch
    {
        FilterFieldKind.Custom => CustomOf(task, field.Member) is not { } value || IsEmpty(value),
        FilterFieldKind.Date => DateOf(task, field) is null,
        _ => TextsOf(task, field).All(text => text.Length == 0),
    };

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Length == 0,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };

    private static JsonElement? CustomOf(TaskLine task, string name) =>
        task[Fields.CustomPrefix + name] is { } value ? JsonElement.Parse(value.Json) : null;

    /// <summary>[SE11]; an array is asked as a set, and what is nested in it is equal to nothing.</summary>
    private static bool Compares(JsonElement value, FilterOperator op, CustomOperand operand) => value.ValueKind == JsonValueKind.Array
        ? value.EnumerateArray().Any(item => CompareOne(item, op, operand))
        : CompareOne(value, op, operand);

    private static bool CompareOne(JsonElement value, FilterOperator op, CustomOperand operand) => value.ValueKind switch
    {
        JsonValueKind.String when op == FilterOperator.Contains => Contains(value.GetString()!, operand.Text),
        JsonValueKind.String => Holds(op, Utf8Order.Instance.Compare(value.GetString(), operand.Text)),
        JsonValueKind.Number when operand.Number is { } number => Holds(op, value.GetDouble().CompareTo(number)),
        JsonValueKind.True or JsonValueKind.False when operand.Truth is { } truth => op == FilterOperator.Equal && value.GetBoolean() == truth,
        _ => false,
    };

    private static bool Holds(FilterOperator op, int order) => op switch
    {
        FilterOperator.Equal => order == 0,
        FilterOperator.Less => order < 0,
        FilterOperator.LessOrEqual => order <= 0,
        FilterOperator.Greater => order > 0,
        FilterOperator.GreaterOrEqual => order >= 0,
        _ => false,
    };
}

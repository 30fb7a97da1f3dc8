using System.Diagnostics;
using NpgsqlTypes;
using TaskGrid.Contracts.Search;

namespace TaskGrid.EventStore.Marten.Queries.Search;

/// <summary>Orders as SQL, and the condition that a row stands after a cursor.</summary>
internal static class SortSql
{
    public static string ColumnOf(SortField field) => field switch
    {
        SortField.Created => "created",
        SortField.Updated => "updated",
        SortField.Due => "due",
        SortField.Priority => "priority",
        SortField.Status => "status",
        SortField.Title => "title",
        SortField.Order => "sort_order",
        _ => throw new UnreachableException(field.ToString()),
    };

    public static string OrderBy(TaskSort sort) => string.Join(", ", sort.Keys.SelectMany(OrderBy).Append("id"));

    private static IEnumerable<string> OrderBy(SortKey key)
    {
        var direction = key.Descending ? " desc nulls last" : "";
        // The first characters have an index; a whole title may be longer than an entry of one.
        if (key.Field == SortField.Title) return [$"left(title, 200){(key.Descending ? " desc" : "")}", $"title{(key.Descending ? " desc" : "")}"];
        // Without nulls the index serves both directions.
        if (key.Field is SortField.Created or SortField.Updated) return [$"{ColumnOf(key.Field)}{(key.Descending ? " desc" : "")}"];
        return [ColumnOf(key.Field) + direction];
    }

    /// <summary>[SE17] After the keys of the last task shown: equal in the first keys, then past it in the next.</summary>
    public static string After(TaskSort sort, SearchCursor cursor, string organization, SqlParameters parameters)
    {
        var id = parameters.Add(cursor.Id.Value, NpgsqlDbType.Uuid);
        var values = sort.Keys.Select((key, i) => Value(key, cursor.Keys[i], organization, id, parameters)).ToList();
        var ways = new List<string>();
        for (var i = 0; i <= sort.Keys.Length; i++)
        {
            var equal = sort.Keys.Take(i).Select((key, j) => values[j] is { } value ? $"{ColumnOf(key.Field)} = {value}" : $"{ColumnOf(key.Field)} is null");
            var past = i < sort.Keys.Length ? Past(sort.Keys[i], values[i]) : $"id > {id}";
            ways.Add(string.Join(" and ", equal.Append(past)));
        }
        return $"({string.Join(" or ", ways.Select(way => $"({way})"))}){Bound(sort.Keys[0], values[0])}";
    }

    private static string Past(SortKey key, string? value)
    {
        // Nothing stands after a task without the value but others without it.
        if (value is null) return "false";
        var column = ColumnOf(key.Field);
        return $"({column} {(key.Descending ? "<" : ">")} {value} or {column} is null)";
    }

    // Follows from the ways above, but in a form that an index can begin at.
    private static string Bound(SortKey key, string? value) => key.Field is SortField.Created or SortField.Updated
        ? $" and {ColumnOf(key.Field)} {(key.Descending ? "<=" : ">=")} {value}"
        : "";

    private static string? Value(SortKey key, object? value, string organization, string id, SqlParameters parameters) => (key.Field, value) switch
    {
        (_, null) => null,
        (SortField.Title, string text) when SearchCursor.IsCut(text) => WholeTitle(parameters.Text(text), organization, id),
        (_, string text) => parameters.Text(text),
        (SortField.Priority, long rank) => parameters.Add((short)rank, NpgsqlDbType.Smallint),
        (_, long milliseconds) => parameters.Time(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)),
        _ => throw new UnreachableException(value.GetType().Name),
    };

    // A cursor holds no more than the beginning of a long title. The rest is read from the task, unless it was retitled meanwhile.
    private static string WholeTitle(string start, string organization, string id) =>
        $"coalesce((select t.title from tg.tasks t where t.organization = {organization} and t.id = {id} and starts_with(t.title, {start})), {start})";
}

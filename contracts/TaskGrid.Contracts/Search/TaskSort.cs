using System.Collections.Immutable;

namespace TaskGrid.Contracts.Search;

/// <summary>A value by which tasks are sorted [SE15].</summary>
public enum SortField
{
    /// <summary>createdAt.</summary>
    Created,

    /// <summary>updatedAt.</summary>
    Updated,

    /// <summary>dueDate, by its first instant.</summary>
    Due,

    /// <summary>priority, by its rank.</summary>
    Priority,

    /// <summary>status, bytewise.</summary>
    Status,

    /// <summary>title in lower case, bytewise.</summary>
    Title,

    /// <summary>order, bytewise.</summary>
    Order,
}

/// <summary>One key of an order.</summary>
/// <param name="Field">By what.</param>
/// <param name="Descending">The other way round. Tasks without the value come last either way.</param>
public sealed record SortKey(SortField Field, bool Descending);

/// <summary>An order of tasks: one to three keys, and the id as the last one, so that it is total.</summary>
public sealed class TaskSort : IComparer<TaskLine>
{
    private TaskSort(ImmutableArray<SortKey> keys) => Keys = keys;

    /// <summary>The keys before the id.</summary>
    public ImmutableArray<SortKey> Keys { get; }

    /// <summary>Latest change first.</summary>
    public static TaskSort Default { get; } = new([new SortKey(SortField.Updated, true)]);

    /// <summary>Reads an order; null is the default. False for what is none.</summary>
    public static bool TryParse(string? text, out TaskSort sort)
    {
        sort = Default;
        if (text is null) return true;
        var keys = text.Split(',').Select(KeyOf).ToList();
        if (keys.Count > 3 || keys.Contains(null) || keys.DistinctBy(key => key!.Field).Count() < keys.Count) return false;
        sort = new TaskSort([.. keys.OfType<SortKey>()]);
        return true;
    }

    /// <inheritdoc/>
    public int Compare(TaskLine? x, TaskLine? y)
    {
        if (x is null || y is null) return (x is null).CompareTo(y is null);
        foreach (var key in Keys)
        {
            var order = Compare(key, ValueOf(key.Field, x), ValueOf(key.Field, y));
            if (order != 0) return order;
        }
        return x.Id.CompareTo(y.Id);
    }

    private static int Compare(SortKey key, object? left, object? right)
    {
        if (left is null || right is null) return (left is null).CompareTo(right is null);
        var order = left is string text ? Utf8Order.Instance.Compare(text, (string)right) : ((IComparable)left).CompareTo(right);
        return key.Descending ? -order : order;
    }

    private static object? ValueOf(SortField field, TaskLine task) => field switch
    {
        SortField.Created => task.CreatedAt,
        SortField.Updated => task.UpdatedAt,
        SortField.Due => TaskOrder.InstantOf(task[Fields.DueDate]?.AsText()),
        SortField.Priority => TaskOrder.RankOf(task[Fields.Priority]?.AsText()),
        SortField.Status => task[Fields.Status]?.AsText(),
        SortField.Title => CaseFolding.Lower(task.Title),
        SortField.Order => task[Fields.Order]?.AsText(),
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };

    private static SortKey? KeyOf(string text)
    {
        var descending = text.StartsWith('-');
        SortField? field = (descending ? text[1..] : text) switch
        {
            "created" => SortField.Created,
            "updated" => SortField.Updated,
            "due" => SortField.Due,
            "priority" => SortField.Priority,
            "status" => SortField.Status,
            "title" => SortField.Title,
            "order" => SortField.Order,
            _ => null,
        };
        return field is { } known ? new SortKey(known, descending) : null;
    }
}

using System.Collections.Frozen;

namespace TaskGrid.Contracts.Search;

/// <summary>What a field of a filter is compared as.</summary>
public enum FilterFieldKind
{
    /// <summary>A string register.</summary>
    Text,

    /// <summary>The priority: a string with a rank.</summary>
    Priority,

    /// <summary>A user.</summary>
    User,

    /// <summary>A project.</summary>
    Project,

    /// <summary>A task's id.</summary>
    Task,

    /// <summary>A label.</summary>
    Label,

    /// <summary>A date.</summary>
    Date,

    /// <summary>The words of title, description and comments.</summary>
    Words,

    /// <summary>A custom field: any JSON.</summary>
    Custom,
}

/// <summary>A field that filters know.</summary>
/// <param name="Kind">What it is compared as.</param>
/// <param name="Member">The member of the task line; for a custom field its name within <c>custom</c>.</param>
/// <param name="Name">As filters write it.</param>
public sealed record FilterField(FilterFieldKind Kind, string Member, string Name)
{
    private const string CustomPrefix = "custom.";

    private static readonly FrozenDictionary<string, FilterField> Known = new FilterField[]
    {
        new(FilterFieldKind.Text, Fields.Status, "status"),
        new(FilterFieldKind.Priority, Fields.Priority, "priority"),
        new(FilterFieldKind.User, Fields.Assignee, "assignee"),
        new(FilterFieldKind.User, "createdBy", "creator"),
        new(FilterFieldKind.User, Fields.Watchers, "watcher"),
        new(FilterFieldKind.Project, Fields.Project, "project"),
        new(FilterFieldKind.Task, Fields.Parent, "parent"),
        new(FilterFieldKind.Label, Fields.Labels, "label"),
        new(FilterFieldKind.Date, Fields.DueDate, "due"),
        new(FilterFieldKind.Date, "createdAt", "created"),
        new(FilterFieldKind.Date, "updatedAt", "updated"),
        new(FilterFieldKind.Text, Fields.Title, "title"),
        new(FilterFieldKind.Words, "text", "text"),
    }.ToFrozenDictionary(field => field.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The field of a name; null for an unknown one.</summary>
    public static FilterField? Parse(string name)
    {
        if (Known.TryGetValue(name, out var field)) return field;
        if (!name.StartsWith(CustomPrefix, StringComparison.OrdinalIgnoreCase)) return null;
        var custom = Fields.CustomPrefix + name[CustomPrefix.Length..];
        return Fields.IsCustom(custom) ? new FilterField(FilterFieldKind.Custom, custom[Fields.CustomPrefix.Length..], custom) : null;
    }

    /// <summary>True if the field has the operator. <c>in</c> and <c>is empty</c> go with <see cref="FilterOperator.Equal"/>.</summary>
    public bool Has(FilterOperator op) => op switch
    {
        FilterOperator.Equal or FilterOperator.NotEqual => Kind != FilterFieldKind.Words,
        FilterOperator.Contains => Kind is FilterFieldKind.Text or FilterFieldKind.Priority or FilterFieldKind.Label or FilterFieldKind.Words or FilterFieldKind.Custom,
        _ => Kind is FilterFieldKind.Priority or FilterFieldKind.Date or FilterFieldKind.Custom,
    };

    /// <summary>True if the field can hold the value.</summary>
    public bool Admits(FilterValue value) => Kind switch
    {
        FilterFieldKind.Date => FilterDate.TryParse(value, out _),
        FilterFieldKind.Task => Guid.TryParseExact(value.Text, "D", out _),
        _ => true,
    };
}

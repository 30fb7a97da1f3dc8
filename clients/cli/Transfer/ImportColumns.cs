using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>The columns of a CSV file, and the members of a task in a JSON file.</summary>
internal static class ImportColumns
{
    public static readonly IReadOnlyList<string> Known =
        ["id", Fields.Title, Fields.Description, Fields.Status, Fields.Priority, Fields.Assignee, Fields.DueDate, Fields.Project, Fields.Parent, Fields.Labels];

    /// <summary>The column that a heading means; null for none.</summary>
    public static string? Of(string heading)
    {
        var text = heading.Trim().TrimStart('\uFEFF');
        if (Fields.IsCustom(text)) return text;
        return text.ToLowerInvariant() switch
        {
            "due" or "due date" or "duedate" => Fields.DueDate,
            "label" or "tags" => Fields.Labels,
            "name" or "summary" => Fields.Title,
            var lower => Known.FirstOrDefault(known => string.Equals(known, lower, StringComparison.OrdinalIgnoreCase)),
        };
    }
}

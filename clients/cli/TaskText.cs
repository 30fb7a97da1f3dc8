using System.Text.Json;
using System.Text.Json.Nodes;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>How a task reads, for a person and as JSON.</summary>
internal static class TaskText
{
    public static readonly IReadOnlyList<string> Columns = ["#", "Id", "Title", "Status", "Priority", "Assignee", "Due", "Project", "Labels"];

    public static JsonNode Json(ShownTask task)
    {
        var node = JsonNode.Parse(JsonSerializer.SerializeToUtf8Bytes(task.Line, ContractsJson.Default.TaskLine))!.AsObject();
        node.Remove("kind");
        node["pending"] = task.Pending;
        return node;
    }

    public static IReadOnlyList<string> Row(int number, ShownTask task, IReadOnlyList<KnownMember> members, IReadOnlyList<DefinitionLine> definitions)
    {
        var line = task.Line;
        return
        [
            number.ToString(System.Globalization.CultureInfo.InvariantCulture), TaskReferences.Short(line.Id), line.Title + (task.Pending ? " *" : ""),
            Value(line, Fields.Status), Value(line, Fields.Priority), Person(line, members), Value(line, Fields.DueDate), Project(line, definitions),
            string.Join(", ", line.Labels),
        ];
    }

    public static IEnumerable<string> Page(ShownTask task, IReadOnlyList<KnownMember> members, IReadOnlyList<DefinitionLine> definitions, IReadOnlyList<TaskLine> subtasks)
    {
        var line = task.Line;
        yield return line.Title + (line.Deleted ? "  (deleted)" : "");
        yield return "";
        foreach (var (name, value) in Facts(line, members, definitions))
            if (value.Length > 0) yield return $"{name,-10} {value}";
        foreach (var (field, value) in line.Registers)
            if (Fields.IsCustom(field)) yield return $"{field[Fields.CustomPrefix.Length..],-10} {value.AsText() ?? value.Json}";
        if (task.Pending) yield return $"{"Sync",-10} some of this is not on the server yet";
        if (line.Description.Length > 0) yield return $"\n{line.Description}";
        if (subtasks.Count > 0) yield return "\nSubtasks";
        foreach (var subtask in subtasks) yield return $"  {TaskReferences.Short(subtask.Id)}  {Value(subtask, Fields.Status),-9} {subtask.Title}";
        if (line.Comments.Length > 0) yield return "\nComments";
        foreach (var comment in line.Comments) yield return Comment(comment, members);
    }

    public static string Value(TaskLine line, string field) => line[field]?.AsText() ?? "";

    private static IEnumerable<(string Name, string Value)> Facts(TaskLine line, IReadOnlyList<KnownMember> members, IReadOnlyList<DefinitionLine> definitions) =>
    [
        ("Id", line.Id.ToString()), ("Status", Value(line, Fields.Status)), ("Priority", Value(line, Fields.Priority)), ("Assignee", Person(line, members)),
        ("Due", Value(line, Fields.DueDate)), ("Project", Project(line, definitions)), ("Parent", Value(line, Fields.Parent)), ("Labels", string.Join(", ", line.Labels)),
        ("Watchers", string.Join(", ", line.Watchers.Select(watcher => IdText.TryParse<UserId>(watcher, out var user) ? People.NameOf(members, user) : watcher))),
        ("Created", $"{line.CreatedAt:yyyy-MM-dd HH:mm} UTC by {People.NameOf(members, line.CreatedBy)}"), ("Updated", $"{line.UpdatedAt:yyyy-MM-dd HH:mm} UTC"),
    ];

    private static string Comment(CommentLine comment, IReadOnlyList<KnownMember> members)
    {
        var body = comment.Deleted ? "(deleted)" : comment.Body.ReplaceLineEndings("\n          ");
        return $"  {comment.Id.ToString()[^6..]}  {People.NameOf(members, comment.User)}: {body}{(comment.Edited ? "  (edited)" : "")}";
    }

    private static string Person(TaskLine line, IReadOnlyList<KnownMember> members) =>
        IdText.TryParse<UserId>(line[Fields.Assignee]?.AsText(), out var user) ? People.NameOf(members, user) : "";

    private static string Project(TaskLine line, IReadOnlyList<DefinitionLine> definitions) =>
        line[Fields.Project]?.AsText() is { } id ? definitions.FirstOrDefault(definition => definition.Id.ToString() == id) is { } known ? Things.NameOf(known) : id[^6..] : "";
}

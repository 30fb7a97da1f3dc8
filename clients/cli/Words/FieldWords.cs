using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>What fields and their values are called.</summary>
internal sealed class FieldWords(Cast cast, Moments moments, IReadOnlyList<DefinitionLine> definitions, Func<TaskId, string?> title)
{
    public static string Name(string field) => field switch
    {
        Fields.DueDate => "due date",
        Fields.Parent => "place in the tree",
        Fields.Order => "place in the list",
        _ when Fields.IsCustom(field) => field[Fields.CustomPrefix.Length..],
        _ => field,
    };

    /// <summary>A value as one would say it; the empty one too.</summary>
    public string Value(string field, FieldValue? value) => (field, value?.AsText()) switch
    {
        (Fields.Assignee, null) => "nobody",
        (Fields.Parent, null) => "the top level",
        (_, null) => value?.Json ?? "nothing",
        (Fields.Assignee, var text) => IdText.TryParse<UserId>(text, out var user) ? cast.Name(user) : text,
        (Fields.DueDate, var text) => moments.Due(text),
        (Fields.Project, var text) => definitions.FirstOrDefault(line => line.Id.ToString() == text) is { } known ? Things.NameOf(known) : $"a project ({text[^Math.Min(6, text.Length)..]})",
        (Fields.Parent, var text) => $"under {(IdText.TryParse<TaskId>(text, out var task) ? Task(task) : text)}",
        (Fields.Title or Fields.Description, var text) => Quoted(text),
        (_, var text) => text,
    };

    /// <summary>A task by its title.</summary>
    public string Task(TaskId task) => title(task) is { } known ? Quoted(known) : $"a task that is not here ({TaskReferences.Short(task)})";

    /// <summary>A text in quotation marks, on one line, cut where it is long.</summary>
    public static string Quoted(string text)
    {
        const int most = 120;
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= most ? $"“{line}”" : $"“{line[..(char.IsHighSurrogate(line[most - 1]) ? most - 1 : most)].TrimEnd()}…”";
    }
}

using System.CommandLine;
using System.Text.Json.Nodes;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>edit: changes fields of a task. Texts change by the words that differ, so that others' edits of other words stay.</summary>
internal static class EditCommand
{
    private static readonly Argument<string> Task = new("task") { Description = "Its number in the last list, or part of its id" };
    private static readonly Option<string?> Title = new("--title", "-t") { Description = "The whole new title" };
    private static readonly Option<string?> Description = new("--description", "-d") { Description = "The whole new description; - reads it from standard input" };
    private static readonly Option<bool> Editor = new("--editor") { Description = "Edit the description in $EDITOR" };
    private static readonly Option<string[]> AddLabel = new("--label", "-l") { Description = "Add a label; repeat for more" };
    private static readonly Option<string[]> RemoveLabel = new("--remove-label") { Description = "Take a label away; repeat for more" };
    private static readonly Option<bool> Watch = new("--watch") { Description = "Become a watcher" };
    private static readonly Option<bool> Unwatch = new("--unwatch") { Description = "Be a watcher no longer" };

    private static readonly Option[] Options = [Title, Description, Editor, AddLabel, RemoveLabel, Watch, Unwatch, .. FieldOptions.All];

    public static void AddTo(Command root, TimeProvider time) => root.Add(
        "edit", "Change a task; an empty value clears a field. With nothing to change, opens the description in $EDITOR", time, [Task, .. Options], Edit);

    private static int Edit(Invocation run)
    {
        var (before, edited) = run.Get(Editor) || IsBare(run) ? InEditor(run) : (null, WriteCommands.TextOf(run.Get(Description)));
        TaskLine? line = null;
        var count = 0;
        Verb.Written(run.Workspace.Replica.Write(reading =>
        {
            line = TaskReferences.Find(reading, run.Workspace.LastList, run.Get(Task)!);
            List<ChangeBody> changes = [.. Changes(run, reading, line, before, edited)];
            count = changes.Count;
            return changes;
        }));
        run.Screen.Answer(new JsonObject { ["task"] = line!.Id.ToString(), ["changes"] = count },
            count == 0 ? "Nothing to change. See: taskgrid edit --help" : $"Changed {TaskReferences.Short(line.Id)}  {run.Get(Title) ?? line.Title}");
        return ExitCodes.Done;
    }

    /// <summary>Somebody at a terminal named a task and nothing to change: the description is what one edits at length.</summary>
    private static bool IsBare(Invocation run) => !Console.IsInputRedirected && !Console.IsOutputRedirected && !run.Screen.Json && !Options.Any(run.Has);

    private static IEnumerable<ChangeBody> Changes(Invocation run, IReplicaReading reading, TaskLine line, string? before, string? edited)
    {
        if (run.Get(Title) is { } title && title != line.Title) yield return new ChangeBody.Text(line.Id, Fields.Title, WordDifference.Between(line.Title, title));
        if (edited is not null && Difference(line.Description, before ?? line.Description, edited) is { IsEmpty: false } edit)
            yield return new ChangeBody.Text(line.Id, Fields.Description, edit);
        foreach (var (field, value) in FieldOptions.Given(run, reading))
            if (!Equals(line[field], value)) yield return new ChangeBody.Set(line.Id, field, value);
        foreach (var label in (run.Get(AddLabel) ?? []).Except(line.Labels)) yield return new ChangeBody.Add(line.Id, Fields.Labels, label);
        foreach (var label in (run.Get(RemoveLabel) ?? []).Distinct()) yield return new ChangeBody.Remove(line.Id, Fields.Labels, label);
        var me = reading.Mark.User.ToString();
        if (run.Get(Watch) && !line.Watchers.Contains(me)) yield return new ChangeBody.Add(line.Id, Fields.Watchers, me);
        if (run.Get(Unwatch)) yield return new ChangeBody.Remove(line.Id, Fields.Watchers, me);
    }

    /// <summary>What the person changed, on what is shown by now: a sync may have come in while the editor was open.</summary>
    private static TextEdit Difference(string now, string before, string edited)
    {
        var edit = WordDifference.Between(before, edited);
        return now == before ? edit : Sync.TextEdits.Transform(edit, WordDifference.Between(before, now), Sync.Side.Right);
    }

    private static (string Before, string Edited) InEditor(Invocation run)
    {
        var line = TaskReferences.Find(run.Workspace, run.Get(Task)!);
        return (line.Description, TextEditor.Edit(run.Workspace, $"description-{TaskReferences.Short(line.Id)}", line.Description));
    }
}

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>conflicts: what was decided at once and why, and what waits for a person. Works offline.</summary>
internal static class ConflictCommands
{
    private static readonly Option<bool> Every = new("--all") { Description = "Decided ones too" };

    /// <summary>Names a conflict.</summary>
    public static readonly Argument<string> Which = new("conflict") { Description = "Its number in the last list of conflicts, or the end of its id" };

    public static void AddTo(Command root, TimeProvider time)
    {
        var conflicts = new Command("conflicts", "Conflicts between people's changes");
        root.Subcommands.Add(conflicts);
        conflicts.Add("list", "List those that wait for somebody to look", time, [Every], List);
        conflicts.Add("show", "Who wanted what, which rule decided and why, and what stands now", time, [Which], Show);
        ResolveCommands.AddTo(conflicts, time);
    }

    private static int List(Invocation run)
    {
        var rows = run.Workspace.Store.Read(reading =>
        {
            var say = Wording.Of(reading, run.Workspace.Time);
            return ShownConflict.All(reading, openOnly: !run.Get(Every)).Select(shown => (Shown: shown, Page: new ConflictScreen(say, shown), Json: Json(say, shown), Ago: say.Moments)).ToList();
        });
        run.Workspace.LastConflicts = [.. rows.Select(row => row.Shown.Note.Id.ToString())];
        if (run.Screen.Json) run.Screen.Write(new JsonArray([.. rows.Select(row => row.Json)]));
        else
            run.Screen.Table(["#", "Id", "What happened", "When", "Stands now", ""], rows.Select((row, i) => (IReadOnlyList<string>)
            [
                (i + 1).ToString(CultureInfo.InvariantCulture), ConflictWords.Short(row.Shown.Note), row.Page.Headline, row.Ago.Ago(row.Page.When), row.Page.Stands(), row.Page.State(),
            ]));
        if (rows.Count == 0 && !run.Screen.Json) run.Screen.Note(run.Get(Every) ? "There is none." : "None waits. See those decided: taskgrid conflicts list --all");
        return ExitCodes.Done;
    }

    private static int Show(Invocation run)
    {
        var (json, lines) = run.Workspace.Store.Read(reading =>
        {
            var say = Wording.Of(reading, run.Workspace.Time);
            var shown = ShownConflict.Of(reading, ConflictReferences.Find(reading, run.Workspace.LastConflicts, run.Get(Which)!));
            return (Json(say, shown), new ConflictScreen(say, shown).Lines().ToList());
        });
        if (run.Screen.Json) run.Screen.Write(json);
        else foreach (var (indent, line) in lines) run.Screen.Say(indent, line);
        return ExitCodes.Done;
    }

    /// <summary>The record as the wire shows it, and beside it what this device knows and says of it.</summary>
    public static JsonNode Json(Wording say, ShownConflict shown)
    {
        var page = new ConflictScreen(say, shown);
        var node = JsonNode.Parse(JsonSerializer.Serialize(shown.Note, ContractsJson.Default.ConflictNote))!.AsObject();
        node["title"] = shown.Task?.Title;
        node["sentence"] = page.Headline;
        node["stands"] = page.Stands();
        node["standing"] = shown.Standing?.Seq;
        node["pending"] = shown.Pending switch
        {
            ChangeBody.Resolve { Choice: { } choice } => new JsonObject { ["choice"] = choice },
            ChangeBody.Resolve resolve => new JsonObject { ["value"] = JsonNode.Parse(resolve.Value?.Json ?? "null") },
            ChangeBody.Restore => new JsonObject { ["value"] = false },
            _ => null,
        };
        return node;
    }
}

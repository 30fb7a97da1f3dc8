using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>history: who changed what, when, from which device. The server keeps it, so this needs the server.</summary>
internal static class HistoryCommand
{
    private static readonly Argument<string> Task = new("task") { Description = "Its number in the last list, or part of its id" };

    public static void AddTo(Command root, TimeProvider time) =>
        root.Add("history", "Who changed what in a task, when and from which device (needs the server)", time, [Task], HistoryAsync);

    private static async Task<int> HistoryAsync(Invocation run, CancellationToken cancellationToken)
    {
        var line = TaskReferences.Find(run.Workspace, run.Get(Task)!);
        using var online = new Online(run.Workspace, run.Workspace.Session.Server);
        var entries = new List<JsonElement>();
        for (string? after = null; ;)
        {
            var page = Online.Answer(await online.Transport.HistoryAsync(run.Workspace.Organization, line.Id, after, cancellationToken));
            entries.AddRange(page.Entries);
            if ((after = page.Next) is null) break;
        }
        if (run.Screen.Json) run.Screen.Write(new JsonArray([.. entries.Select(entry => JsonNode.Parse(entry.GetRawText()))]));
        else Print(run, line, entries);
        return ExitCodes.Done;
    }

    private static void Print(Invocation run, TaskLine line, IReadOnlyList<JsonElement> entries)
    {
        var members = run.Workspace.Store.Read(reading => reading.Members());
        run.Screen.Line(line.Title);
        run.Screen.Table(["Seq", "When", "Who", "Device", "What"], entries.Select(entry => (IReadOnlyList<string>)
        [
            entry.GetProperty("seq").GetRawText(), Text(entry, "time")[..Math.Min(19, Text(entry, "time").Length)].Replace('T', ' '),
            IdText.TryParse<UserId>(Text(entry, "user"), out var user) ? People.NameOf(members, user) : "", Text(entry, "replica") is { Length: > 6 } replica ? replica[^6..] : "server",
            What(entry, line.Id, members),
        ]));
    }

    private static string What(JsonElement entry, TaskId task, IReadOnlyList<KnownMember> members)
    {
        var (op, field) = (Text(entry, "op"), Text(entry, "field"));
        var what = op switch
        {
            "create" => "created it",
            "set" => $"{field} = {(IdText.TryParse<UserId>(Raw(entry, "value"), out var user) && field == Fields.Assignee ? People.NameOf(members, user) : Raw(entry, "value"))}",
            "text" => $"{field}: {Edit(entry)}",
            "add" => $"{field} + {Text(entry, "value")}",
            "remove" => $"{field} - {Text(entry, "value")}",
            "comment" => $"commented: {Text(entry, "body")}",
            "editComment" => $"changed a comment: {Text(entry, "body")}",
            "deleteComment" => "deleted a comment",
            "delete" => "deleted it",
            "restore" => "restored it",
            "resolve" => "decided a conflict",
            _ => op,
        };
        return string.Concat(Conflicts(entry).Where(conflict => Text(conflict, "task") == task.ToString())
            .Select(conflict => $"  [{Text(conflict, "kind")}: {Text(conflict, "rule")}]").Prepend(what));
    }

    /// <summary>The conflicts that ride on a change; some may be on other tasks that it reached.</summary>
    private static IEnumerable<JsonElement> Conflicts(JsonElement entry)
    {
        if (entry.TryGetProperty("conflict", out var first)) yield return first;
        if (!entry.TryGetProperty("conflicts", out var others)) yield break;
        foreach (var other in others.EnumerateArray()) yield return other;
    }

    /// <summary>An edit as what it puts in and how much it takes out.</summary>
    private static string Edit(JsonElement entry)
    {
        if (!entry.TryGetProperty("edit", out var json) || !TextEdit.TryRead(json, out var edit, out _)) return "edited";
        var inserted = string.Concat(edit.Components.Select(component => component.Text));
        return (inserted.Length > 0 ? $"+\"{inserted}\"" : "") + (edit.Deleted > 0 ? $" -{edit.Deleted} characters" : "");
    }

    private static string Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string Raw(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) ? value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText() : "";
}

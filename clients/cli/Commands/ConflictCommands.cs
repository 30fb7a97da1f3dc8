using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>conflicts: what was decided at once, and what waits for a person. Works offline.</summary>
internal static class ConflictCommands
{
    private static readonly Option<bool> Every = new("--all") { Description = "Decided ones too" };
    private static readonly Argument<string> Which = new("conflict") { Description = "The end of its id, or its number in the list" };
    private static readonly Option<string?> Choice = new("--choice") { Description = "The version to take: its letter or its seq, see conflicts show" };
    private static readonly Option<string?> Value = new("--value") { Description = "Another value instead (JSON, else text)" };

    public static void AddTo(Command root, TimeProvider time)
    {
        var conflicts = new Command("conflicts", "Conflicts between people's changes");
        root.Subcommands.Add(conflicts);
        conflicts.Add("list", "List those that wait for somebody to look", time, [Every], List);
        conflicts.Add("show", "Show all versions of one", time, [Which], Show);
        conflicts.Add("resolve", "Decide one: by one of its versions or by another value", time, [Which, Choice, Value], Resolve);
    }

    private static int List(Invocation run)
    {
        var (notes, titles) = run.Workspace.Store.Read(reading =>
        {
            var all = reading.Conflicts(openOnly: !run.Get(Every));
            return (all, all.Select(note => note.Task).Distinct().ToDictionary(task => task, task => ReplicaView.Task(reading, task)?.Title ?? ""));
        });
        if (run.Screen.Json) run.Screen.Write(new JsonArray([.. notes.Select(Json)]));
        else
            run.Screen.Table(["#", "Id", "Task", "Kind", "Field", "Versions", "Decided by", "Waits"], notes.Select((note, i) => (IReadOnlyList<string>)
            [
                (i + 1).ToString(CultureInfo.InvariantCulture), note.Id.ToString()[^6..], titles[note.Task], note.Kind, note.Field ?? "",
                note.Versions.Length.ToString(CultureInfo.InvariantCulture), note.ResolvedBy is null ? note.Rule : "a person", note.Open ? "yes" : "",
            ]));
        if (notes.Count == 0 && !run.Screen.Json) run.Screen.Note(run.Get(Every) ? "There is none." : "None waits. See those decided: taskgrid conflicts list --all");
        return ExitCodes.Done;
    }

    private static int Show(Invocation run)
    {
        var (note, task, members) = run.Workspace.Store.Read(reading =>
        {
            var found = Find(reading, run.Get(Which)!);
            return (found, ReplicaView.Task(reading, found.Task), reading.Members());
        });
        if (run.Screen.Json)
        {
            run.Screen.Write(Json(note));
            return ExitCodes.Done;
        }
        var title = task?.Title ?? note.Task.ToString();
        run.Screen.Line($"{note.Kind} on {(note.Field is { } field ? $"{field} of {title}" : title)}");
        run.Screen.Line($"Decided by {(note.ResolvedBy is { } resolved ? People.NameOf(members, resolved.User) : $"the rule '{note.Rule}': {InWords(note.Rule)}")}{(note.Open ? "; somebody should look" : "")}.");
        foreach (var (version, i) in note.Versions.Select((version, i) => (version, i)))
            run.Screen.Line($"  {Letter(i)}  seq {version.Seq,-7} {People.NameOf(members, version.User),-16} {version.Op,-8} {Readable(version.Value, members)}");
        run.Screen.Line($"Decide: taskgrid conflicts resolve {note.Id.ToString()[^6..]} --choice {Letter(0)}");
        return ExitCodes.Done;
    }

    private static int Resolve(Invocation run)
    {
        if (run.Has(Choice) == run.Has(Value)) throw new CommandStopped("usage", "Give either --choice or --value.", ExitCodes.Usage);
        ConflictNote? note = null;
        Verb.Written(run.Workspace.Replica.Write(reading =>
        {
            note = Find(reading, run.Get(Which)!);
            return [run.Get(Choice) is { } choice
                ? new ChangeBody.Resolve(note.Id, SeqOf(note, choice), null)
                : new ChangeBody.Resolve(note.Id, null, FieldOptions.JsonOrText(run.Get(Value)!))];
        }));
        run.Screen.Answer(new JsonObject { ["conflict"] = note!.Id.ToString() }, "Decided. The others see it after the next sync.");
        return ExitCodes.Done;
    }

    private static long SeqOf(ConflictNote note, string choice)
    {
        if (choice.Length == 1 && char.IsAsciiLetter(choice[0]) && char.ToLowerInvariant(choice[0]) - 'a' is var index && index < note.Versions.Length) return note.Versions[index].Seq;
        if (long.TryParse(choice, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) && note.Versions.Any(version => version.Seq == seq)) return seq;
        throw new CommandStopped(Codes.Invalid, $"'{choice}' is no version of it. See: taskgrid conflicts show {note.Id.ToString()[^6..]}");
    }

    private static ConflictNote Find(IReplicaReading reading, string text)
    {
        var wanted = text.TrimStart('#');
        if (wanted.Length < 4 && int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && reading.Conflicts(openOnly: true).ElementAtOrDefault(number - 1) is { } listed) return listed;
        var found = reading.Conflicts(openOnly: false).Where(note => note.Id.ToString().EndsWith(wanted, StringComparison.OrdinalIgnoreCase)).ToList();
        return found is [var one] ? one : throw new CommandStopped(Codes.Unknown, $"There is no conflict '{text}'. See: taskgrid conflicts list --all");
    }

    private static string Letter(int index) => index < 26 ? ((char)('A' + index)).ToString() : "?";

    private static string Readable(FieldValue? value, IReadOnlyList<KnownMember> members) => value switch
    {
        null => "(nothing)",
        _ when IdText.TryParse<UserId>(value.AsText(), out var user) => People.NameOf(members, user),
        _ => value.AsText() ?? (Edit(value) is { } edit ? $"{edit.Field}: {Readable(edit.Value, members)}" : value.Json),
    };

    /// <summary>The edit that a version of a conflict with a delete holds; null for any other value.</summary>
    private static (string Field, FieldValue? Value)? Edit(FieldValue value)
    {
        using var json = JsonDocument.Parse(value.Json);
        return json.RootElement.ValueKind == JsonValueKind.Object
            && json.RootElement.TryGetProperty("field", out var field) && json.RootElement.TryGetProperty("value", out var written)
            ? (field.GetString()!, FieldValue.From(written))
            : null;
    }

    private static string InWords(string rule) => rule switch
    {
        ConflictRules.LaterStamp => "the later write stands",
        ConflictRules.Transformed => "both edits were merged",
        ConflictRules.StaysDeleted => "it stays deleted, the edits are kept on it",
        ConflictRules.ToTop => "it went to the top level",
        ConflictRules.FirstMoveStands => "the move that came first stands",
        _ => "of a later version",
    };

    private static JsonNode Json(ConflictNote note) => JsonNode.Parse(JsonSerializer.Serialize(note, ContractsJson.Default.ConflictNote))!;
}

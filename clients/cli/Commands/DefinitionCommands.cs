using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>project, label, view: the organization's own words.</summary>
internal static class DefinitionCommands
{
    private static readonly Argument<string> Name = new("name");
    private static readonly Option<string?> Rename = new("--rename") { Description = "A new name" };
    private static readonly Option<string?> Color = new("--color") { Description = "A colour, like #3b82f6" };
    private static readonly Option<string[]> Set = new("--set") { Description = "Any other property: name=value (JSON, else text); repeat for more", HelpName = "name=value" };

    public static void AddTo(Command root, TimeProvider time)
    {
        foreach (var kind in (string[])["project", "label", "view"])
        {
            var command = new Command(kind, $"The organization's {kind}s");
            root.Subcommands.Add(command);
            command.Add("list", $"List the {kind}s", time, [], run => List(run, kind));
            command.Add("define", $"Make a {kind}, or change the one of this name", time, [Name, Rename, Color, Set], run => Define(run, kind));
            command.Add("archive", $"Retire a {kind}; nothing is deleted", time, [Name], run => Archive(run, kind));
        }
    }

    private static int List(Invocation run, string kind)
    {
        var lines = run.Workspace.Store.Read(ReplicaView.Definitions).Where(line => line.Kind == kind).ToList();
        if (run.Screen.Json)
            run.Screen.Write(new JsonArray([.. lines.Select(line => JsonNode.Parse(JsonSerializer.Serialize(line, ContractsJson.Default.DefinitionLine)))]));
        else
            run.Screen.Table(["Name", "Id", ""], lines.Select(line => (IReadOnlyList<string>)[Things.NameOf(line), line.Id.ToString()[^6..], Things.IsArchived(line) ? "archived" : ""]));
        return ExitCodes.Done;
    }

    private static int Define(Invocation run, string kind)
    {
        var name = run.Get(Name)!;
        DefinitionId id = default;
        Verb.Written(run.Workspace.Replica.Write(reading =>
        {
            var known = Things.FindOrNull(ReplicaView.Definitions(reading), kind, name);
            id = known?.Id ?? DefinitionId.From(run.Workspace.NewId());
            return [new ChangeBody.Define(kind, id, Values(run, known is null ? name : null))];
        }));
        run.Screen.Answer(new JsonObject { ["kind"] = kind, ["id"] = id.ToString() }, $"The {kind} {run.Get(Rename) ?? name} is defined.");
        return ExitCodes.Done;
    }

    private static ImmutableSortedDictionary<string, FieldValue?> Values(Invocation run, string? newName)
    {
        var values = Ordinal.Empty<FieldValue?>();
        if ((run.Get(Rename) ?? newName) is { } name) values = values.SetItem("name", FieldValue.Of(name));
        if (run.Get(Color) is { } color) values = values.SetItem("color", FieldValue.Of(color));
        foreach (var text in run.Get(Set) ?? [])
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            if (at < 1) throw new CommandStopped("usage", $"--set wants name=value, not '{text}'.", ExitCodes.Usage);
            values = values.SetItem(text[..at], at + 1 == text.Length ? null : FieldOptions.JsonOrText(text[(at + 1)..]));
        }
        return values;
    }

    private static int Archive(Invocation run, string kind)
    {
        DefinitionLine? line = null;
        Verb.Written(run.Workspace.Replica.Write(reading =>
        {
            line = Things.Find(reading, kind, run.Get(Name)!);
            return [new ChangeBody.Define(kind, line.Id, Ordinal.Empty<FieldValue?>().SetItem("archived", FieldOptions.JsonOrText("true")))];
        }));
        run.Screen.Answer(new JsonObject { ["kind"] = kind, ["id"] = line!.Id.ToString() }, $"The {kind} {Things.NameOf(line)} is archived.");
        return ExitCodes.Done;
    }
}

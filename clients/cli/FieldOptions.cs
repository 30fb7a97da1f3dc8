using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>The options by which add and edit name a task's fields, and what they mean.</summary>
internal static class FieldOptions
{
    public static readonly Option<string?> Status = new("--status", "-s") { Description = "todo, doing, done, cancelled, or any other" };
    public static readonly Option<string?> Priority = new("--priority", "-p") { Description = "urgent, high, medium, low, or any other" };
    public static readonly Option<string?> Assignee = new("--assignee", "-a") { Description = "Address, name or its beginning; me" };
    public static readonly Option<string?> Due = new("--due") { Description = "2026-12-24, today, tomorrow, +3d, +2w, or an RFC 3339 time" };
    public static readonly Option<string?> Project = new("--project") { Description = "A project's name" };
    public static readonly Option<string?> Parent = new("--parent") { Description = "The task that this is a subtask of" };
    public static readonly Option<string[]> Custom = new("--set")
    {
        Description = "A field of your own: name=value (JSON, else text); repeat for more",
        HelpName = "name=value",
        AllowMultipleArgumentsPerToken = false,
    };

    public static readonly IReadOnlyList<Option> All = [Status, Priority, Assignee, Due, Project, Parent, Custom];

    private static readonly (string Field, Option<string?> Option)[] Registers =
    [
        (Fields.Status, Status), (Fields.Priority, Priority), (Fields.Assignee, Assignee), (Fields.DueDate, Due), (Fields.Project, Project), (Fields.Parent, Parent),
    ];

    /// <summary>The registers that were named; a null value clears.</summary>
    public static IEnumerable<(string Field, FieldValue? Value)> Given(Invocation run, IReplicaReading reading)
    {
        foreach (var (field, option) in Registers)
            if (run.Has(option)) yield return (field, Value(run, reading, field, run.Get(option) ?? ""));
        foreach (var custom in run.Get(Custom) ?? []) yield return Own(custom);
    }

    /// <summary>What a register holds where a person types this; null clears.</summary>
    public static FieldValue? Value(Invocation run, IReplicaReading reading, string field, string text) => field switch
    {
        _ when Fields.IsCustom(field) => text.Length == 0 ? null : JsonOrText(text),
        _ when text is "" or "none" or "nobody" => null,
        Fields.Assignee => FieldValue.Of(People.Find(reading, text).ToString()),
        Fields.DueDate => FieldValue.Of(Day(text, run.Workspace.Time)),
        Fields.Project => FieldValue.Of(Things.Find(reading, "project", text).Id.ToString()),
        Fields.Parent => FieldValue.Of(TaskReferences.Find(reading, run.Workspace.LastList, text).Id.ToString()),
        _ => FieldValue.Of(text),
    };

    /// <summary>A day as people say it.</summary>
    public static string Day(string text, TimeProvider time)
    {
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        if (text is "today") return Iso(today);
        if (text is "tomorrow") return Iso(today.AddDays(1));
        if (text is ['+' or '-', .. var count, 'd' or 'w'] && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 10_000)
            return Iso(today.AddDays((text[0] == '-' ? -1 : 1) * (text[^1] == 'w' ? number * 7 : number)));
        return text;
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static (string, FieldValue?) Own(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        if (at < 1) throw new CommandStopped("usage", $"--set wants name=value, not '{text}'.", ExitCodes.Usage);
        var (name, value) = (Fields.CustomPrefix + text[..at], text[(at + 1)..]);
        return (name, value.Length == 0 ? null : JsonOrText(value));
    }

    /// <summary>Numbers, true, false and structures are what they look like; anything else is text.</summary>
    public static FieldValue? JsonOrText(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return FieldValue.From(document.RootElement);
        }
        catch (JsonException)
        {
            return FieldValue.Of(text);
        }
    }
}

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

    /// <summary>The registers that were named; a null value clears.</summary>
    public static IEnumerable<(string Field, FieldValue? Value)> Given(Invocation run, IReplicaReading reading)
    {
        foreach (var (field, option) in ((string, Option<string?>)[])[(Fields.Status, Status), (Fields.Priority, Priority)])
            if (run.Has(option)) yield return (field, Text(run.Get(option)));
        if (run.Has(Assignee)) yield return (Fields.Assignee, Empty(run.Get(Assignee)) ? null : FieldValue.Of(People.Find(reading, run.Get(Assignee)!).ToString()));
        if (run.Has(Due)) yield return (Fields.DueDate, Empty(run.Get(Due)) ? null : FieldValue.Of(Day(run.Get(Due)!, run.Workspace.Time)));
        if (run.Has(Project)) yield return (Fields.Project, Empty(run.Get(Project)) ? null : FieldValue.Of(Things.Find(reading, "project", run.Get(Project)!).Id.ToString()));
        if (run.Has(Parent)) yield return (Fields.Parent, Empty(run.Get(Parent)) ? null : FieldValue.Of(TaskReferences.Find(reading, run.Workspace.LastList, run.Get(Parent)!).Id.ToString()));
        foreach (var custom in run.Get(Custom) ?? []) yield return Own(custom);
    }

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

    private static bool Empty(string? text) => text is null or "" or "none" or "nobody";

    private static FieldValue? Text(string? text) => Empty(text) ? null : FieldValue.Of(text!);

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

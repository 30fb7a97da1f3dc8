using System.Globalization;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>
/// Finds the task that a person means: its number in the last list (<c>3</c> or <c>#3</c>), or the beginning or end of its id, at least
/// four characters. Ids made close in time begin alike, so lists show their ends.
/// </summary>
internal static class TaskReferences
{
    private const int Least = 4;
    private const int ShortLength = 6;

    /// <summary>The end of an id, as lists show it.</summary>
    public static string Short(TaskId task) => task.ToString()[^ShortLength..];

    public static TaskLine Find(Workspace workspace, string text) => workspace.Store.Read(reading => Find(reading, workspace.LastList, text));

    public static TaskLine Find(IReplicaReading reading, IReadOnlyList<string> lastList, string text)
    {
        var wanted = text.Trim().ToLowerInvariant();
        if (ByNumber(lastList, wanted) is { } listed) return Shown(reading, listed) ?? throw Unknown(text);
        if (wanted.Length < Least || wanted.AsSpan().ContainsAnyExcept("0123456789abcdef-")) throw Unknown(text);
        var pending = reading.Pending().Select(change => (change.Change.Body as ChangeBody.Create)?.Task).OfType<TaskId>()
            .Where(task => task.ToString().StartsWith(wanted, StringComparison.Ordinal) || task.ToString().EndsWith(wanted, StringComparison.Ordinal));
        var found = reading.TasksLike(wanted, 3).Concat(pending).Distinct().ToList();
        return found switch
        {
            [var one] => Shown(reading, one) ?? throw Unknown(text),
            [] => throw Unknown(text),
            _ => throw new CommandStopped("ambiguous", $"More than one task begins or ends with '{text}'. Give more of its id, or its number in the list."),
        };
    }

    private static TaskId? ByNumber(IReadOnlyList<string> lastList, string text)
    {
        var marked = text.StartsWith('#');
        if (!marked && text.Length >= Least + 1) return null;
        if (!int.TryParse(marked ? text[1..] : text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        if (number >= 1 && number <= lastList.Count) return IdText.Parse<TaskId>(lastList[number - 1]);
        return marked || text.Length < Least
            ? throw new CommandStopped(Codes.Unknown, $"The last list has no number {number}. Run: taskgrid list")
            : null;
    }

    private static TaskLine? Shown(IReplicaReading reading, TaskId task) => ReplicaView.Task(reading, task);

    private static CommandStopped Unknown(string text) =>
        new(Codes.Unknown, $"There is no task '{text}'. Give its number in the last list or at least {Least} characters of its id.");
}

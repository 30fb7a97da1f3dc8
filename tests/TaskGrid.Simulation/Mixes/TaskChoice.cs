using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation;

/// <summary>Which task somebody takes up, of those that the device shows.</summary>
internal sealed class TaskChoice(Mix mix, Random random, int week)
{
    /// <summary>The task of a sitting; null where nothing is shown.</summary>
    public TaskLine? Of(Colleague who, Device device)
    {
        var shown = Shown(device);
        var roll = random.NextDouble();
        if (roll < mix.Popularity.Hot) return Zipf([.. shown.Take(mix.HotTasks)]);
        var project = who.Projects[random.Next(who.Projects.Length)];
        var some = roll < mix.Popularity.Hot + mix.Popularity.Project
            ? shown.Where(line => line[Fields.Project]?.AsText() == project)
            : shown.Where(line => IsOwn(line, who));
        return Zipf([.. some]) ?? Zipf(shown);
    }

    /// <summary>A task of this person's own that is less than a day old.</summary>
    public TaskLine? FreshOf(Colleague who, Device device, DateTimeOffset now)
    {
        var fresh = Shown(device).Where(line => line.CreatedBy == who.Person.Id && now - line.CreatedAt < TimeSpan.FromDays(1)).ToList();
        return fresh.Count == 0 ? null : fresh[random.Next(fresh.Count)];
    }

    /// <summary>Another task of the same project.</summary>
    public TaskLine? Beside(TaskLine task, Device device)
    {
        var others = Shown(device).Where(line => line.Id != task.Id && line[Fields.Project] == task[Fields.Project]).ToList();
        return others.Count == 0 ? null : others[random.Next(others.Count)];
    }

    /// <summary>What everybody looks at: the first of an order that this week gives to all tasks; where one goes, the next takes its place.</summary>
    public IReadOnlyList<TaskLine> Hot(Device device) => [.. Shown(device).Take(mix.HotTasks)];

    private List<TaskLine> Shown(Device device) =>
        [.. device.Store.Read(ReplicaView.Tasks).Select(task => task.Line).Where(line => !line.Deleted).OrderBy(line => Place(line.Id))];

    private static bool IsOwn(TaskLine line, Colleague who) =>
        line[Fields.Assignee] is { } assignee ? assignee.AsText() == who.Person.Id.ToString() : line.CreatedBy == who.Person.Id;

    // Not GetHashCode: that of a string differs from run to run.
    private ulong Place(TaskId task) => task.ToString().Aggregate(14695981039346656037UL + (ulong)week, (hash, c) => unchecked((hash ^ c) * 1099511628211UL));

    private TaskLine? Zipf(IReadOnlyList<TaskLine> tasks)
    {
        if (tasks.Count == 0) return null;
        var all = Enumerable.Range(1, tasks.Count).Sum(rank => 1.0 / rank);
        var roll = random.NextDouble() * all;
        for (var i = 0; i < tasks.Count; i++)
            if ((roll -= 1.0 / (i + 1)) < 0) return tasks[i];
        return tasks[^1];
    }
}

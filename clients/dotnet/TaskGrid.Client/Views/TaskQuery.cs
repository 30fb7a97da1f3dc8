using TaskGrid.Contracts;
using TaskGrid.Contracts.Search;

namespace TaskGrid.Client;

/// <summary>Finds tasks offline, by the same filter grammar as the server, in what the user sees.</summary>
public static class TaskQuery
{
    /// <summary>The tasks that pass a filter and hold all words, in order.</summary>
    public static IReadOnlyList<ShownTask> Find(IReplicaReading reading, TaskFilter filter, DateOnly today, string? words, TaskSort sort)
    {
        var context = new FilterContext(reading.Mark.User, today, [.. reading.Members().Select(member => member.Line)], [.. ReplicaView.Definitions(reading)]);
        var test = filter.Bind(context, words);
        return [.. Candidates(reading, words).Where(task => TaskMatcher.Passes(task.Line, test)).OrderBy(task => task.Line, sort)];
    }

    /// <summary>
    /// With words, the index names the few confirmed tasks to look at, and the pending ones come beside them. Where the index is behind, or
    /// a delete is pending that hides subtasks, all are looked at.
    /// </summary>
    private static IEnumerable<ShownTask> Candidates(IReplicaReading reading, string? words)
    {
        var pending = reading.Pending();
        if (words is null || reading.Unindexed() > 0 || pending.Any(change => change.Change.Body is ChangeBody.Delete)) return ReplicaView.Tasks(reading);
        var touched = pending.Select(change => ReplicaView.TaskOf(reading, change.Change.Body)).OfType<TaskId>().ToHashSet();
        return reading.Search(TaskWords.Of(words)).Union(touched)
            .Select(task => ReplicaView.Task(reading, task) is { } line ? new ShownTask(line, touched.Contains(task)) : null).OfType<ShownTask>();
    }
}

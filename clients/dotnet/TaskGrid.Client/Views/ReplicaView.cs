using System.Collections.Immutable;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Client;

/// <summary>A task as its user sees it.</summary>
/// <param name="Line">The confirmed state with the outbox on top.</param>
/// <param name="Pending">Some of it the server does not have yet.</param>
public sealed record ShownTask(TaskLine Line, bool Pending);

/// <summary>What the user sees: the confirmed state with the outbox on top. Confirmed data is never overwritten by pending data.</summary>
public static class ReplicaView
{
    /// <summary>A task; null if there is none, tombstones included.</summary>
    public static TaskLine? Task(IReplicaReading reading, TaskId task) => Shown(reading, reading.Task(task), reading.Pending(task));

    /// <summary>All tasks, tombstones included, by id.</summary>
    public static IReadOnlyList<ShownTask> Tasks(IReplicaReading reading)
    {
        var pending = reading.Pending();
        if (pending.Count == 0) return [.. reading.Tasks().Select(line => new ShownTask(line, Pending: false))];
        var byTask = pending.GroupBy(change => TaskOf(reading, change.Change.Body) ?? default).ToDictionary(group => group.Key, group => group.ToList());
        byTask.Remove(default);
        var shown = new List<ShownTask>();
        foreach (var line in reading.Tasks())
            shown.Add(byTask.Remove(line.Id, out var changes) ? new ShownTask(Shown(reading, line, changes)!, Pending: true) : new ShownTask(line, Pending: false));
        foreach (var changes in byTask.Values)
            if (Shown(reading, null, changes) is { } created) shown.Add(new ShownTask(created, Pending: true));
        return HideUnderDeleted(shown, pending);
    }

    /// <summary>Projects, labels and views.</summary>
    public static IReadOnlyList<DefinitionLine> Definitions(IReplicaReading reading)
    {
        var lines = reading.Definitions().ToDictionary(line => line.Id);
        foreach (var change in reading.Pending())
        {
            if (change.Change.Body is not ChangeBody.Define define) continue;
            var line = lines.GetValueOrDefault(define.Id) ?? new DefinitionLine(define.Kind, define.Id, 0, Ordinal.Empty<FieldValue>());
            lines[define.Id] = line with { Values = Written(line.Values, define.Values) };
        }
        return [.. lines.Values.OrderBy(line => line.Kind, StringComparer.Ordinal).ThenBy(line => line.Id)];
    }

    private static ImmutableSortedDictionary<string, FieldValue> Written(
        ImmutableSortedDictionary<string, FieldValue> before,
        ImmutableSortedDictionary<string, FieldValue?> values)
    {
        foreach (var (name, value) in values) before = value is null ? before.Remove(name) : before.SetItem(name, value);
        return before;
    }

    private static TaskLine? Shown(IReplicaReading reading, TaskLine? confirmed, IReadOnlyList<OutboxChange> pending) =>
        pending.Count == 0 ? confirmed : Overlay.Apply(confirmed, pending.Select(change => AsPending(reading, change)));

    /// <summary>The task that a change is about; a resolve names it through its conflict.</summary>
    public static TaskId? TaskOf(IReplicaReading reading, ChangeBody body) =>
        body is ChangeBody.Resolve resolve ? reading.Conflict(resolve.Conflict)?.Task : body.TaskOf;

    internal static PendingChange AsPending(IReplicaReading reading, OutboxChange change)
    {
        var pending = new PendingChange(change.Origin, reading.Mark.User, change.Change with { Body = change.ShownBody });
        if (change.Change.Body is not ChangeBody.Resolve resolve || reading.Conflict(resolve.Conflict) is not { } conflict) return pending;
        return pending with { Conflict = conflict, Guess = Guess(resolve, conflict) };
    }

    /// <summary>
    /// What a resolve will do, as far as it is plain: a register takes the chosen value, a task goes or comes back, or goes to the top level.
    /// A text, and a move under another task, wait for the server.
    /// </summary>
    private static Effect? Guess(ChangeBody.Resolve resolve, ConflictNote conflict)
    {
        var chosen = conflict.Versions.FirstOrDefault(version => version.Seq == resolve.Choice);
        var value = resolve.Choice is null ? resolve.Value : chosen?.Value;
        return conflict.Kind switch
        {
            ConflictKinds.Register or ConflictKinds.Reassigned => new Effect { HasValue = true, Value = value },
            ConflictKinds.DeletedEdited => (chosen is null ? resolve.Value?.Json == "true" : chosen.Op == "delete")
                ? new Effect { Deleted = [conflict.Task] }
                : new Effect { Restored = [conflict.Task] },
            ConflictKinds.Orphaned or ConflictKinds.Cycle when value is null => new Effect { HasValue = true },
            _ => null,
        };
    }

    /// <summary>A delete takes along the subtasks that are known under it; until the log says which, all of them are hidden.</summary>
    private static List<ShownTask> HideUnderDeleted(List<ShownTask> shown, IReadOnlyList<OutboxChange> pending)
    {
        var deleted = pending.Where(change => change.Change.Body is ChangeBody.Delete).Select(change => change.Change.Body.TaskOf!.Value.ToString()).ToHashSet();
        if (deleted.Count == 0) return shown;
        deleted.ExceptWith(shown.Where(task => !task.Line.Deleted).Select(task => task.Line.Id.ToString()));
        var children = shown.ToLookup(task => task.Line[Fields.Parent]?.AsText() ?? "");
        var hidden = new HashSet<TaskId>();
        var open = new Queue<string>(deleted);
        while (open.TryDequeue(out var parent))
            foreach (var child in children[parent])
                if (hidden.Add(child.Line.Id)) open.Enqueue(child.Line.Id.ToString());
        return [.. shown.Select(task => hidden.Contains(task.Line.Id) ? task with { Line = task.Line with { Deleted = true } } : task)];
    }
}

using System.Text.Json;
using TaskGrid.Contracts;
using TaskGrid.Domain.Organizations;
using TaskGrid.Domain.Tasks;
using TaskGrid.Sync;

namespace TaskGrid.Domain.Tests;

/// <summary>What must hold of every log: the tasks, the tree, a replay of the events and the fold of the canonical changes say the same.</summary>
internal static class LogAgreement
{
    public static void Check(ReferenceLog log)
    {
        var changes = log.Feed.Select(Travelled).ToList();
        Assert.Equal(Enumerable.Range(1, changes.Count).Select(i => (long)i), changes.Select(c => c.Seq));
        var folded = new Dictionary<TaskId, TaskLine?>();
        foreach (var change in changes)
            foreach (var task in TaskFold.Touches(change))
                folded[task] = TaskFold.Apply(folded.GetValueOrDefault(task), change, task);
        foreach (var (task, state) in log.Tasks.Where(t => t.Value is TaskState.Present)) Check(log, task, (TaskState.Present)state, folded[task]!);
        CheckConflicts(log, changes);
    }

    private static void Check(ReferenceLog log, TaskId task, TaskState.Present present, TaskLine folded)
    {
        Assert.Equal(Json(present.Line), Json(folded));
        Assert.Equal(TreeNode.Of(present), log.State.Tree[task]);
        var replayed = (TaskState.Present)TaskEvolver.Evolve(TaskState.Absent.Instance, log.Streams[task.ToString()]);
        Assert.Equal(Json(present.Line), Json(replayed.Line));
        Assert.Equal(JsonSerializer.Serialize(present.Merge), JsonSerializer.Serialize(replayed.Merge));
        Assert.False(present.Line[Fields.Parent] is { } parent && log[IdText.Parse<TaskId>(parent.AsText()!)].Line.Deleted && !present.Line.Deleted,
            "a standing task under a deleted parent");
        Assert.False(log.State.Tree[task]!.ParentTask is { } under && log.State.Tree.IsUnder(under, task), "a loop");
        Assert.False(!present.Line.Deleted && present.Merge.Conflicts.Any(mark => mark.Note is { Kind: ConflictKinds.DeletedEdited, Open: true }),
            "a standing task that waits for a decision whether it stays deleted");
    }

    /// <summary>Whoever has the log has every record of every task, as it now is, and no two records share an id.</summary>
    private static void CheckConflicts(ReferenceLog log, IEnumerable<CanonicalChange> changes)
    {
        var told = new SortedDictionary<ConflictId, string>();
        foreach (var note in changes.SelectMany(change => change.AllConflicts)) told[note.Id] = Json(note);
        var kept = log.Tasks.Values.OfType<TaskState.Present>().SelectMany(task => task.Merge.Conflicts).Select(mark => mark.Note).OrderBy(note => note.Id);
        Assert.Equal(kept.Select(Json), told.Values);
    }

    /// <summary>As a client gets it: through its JSON.</summary>
    private static CanonicalChange Travelled(CanonicalChange change) => JsonSerializer.Deserialize(
        JsonSerializer.Serialize(change, ContractsJson.Default.CanonicalChange), ContractsJson.Default.CanonicalChange)!;

    private static string Json(TaskLine line) => JsonSerializer.Serialize(line, ContractsJson.Default.TaskLine);

    private static string Json(ConflictNote note) => JsonSerializer.Serialize(note, ContractsJson.Default.ConflictNote);
}

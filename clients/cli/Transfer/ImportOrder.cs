using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>Puts parents before their subtasks, since a task's parent must be there when it is made.</summary>
internal sealed class ImportOrder(IReadOnlyDictionary<TaskId, (int Row, ChangeBody.Create Create)> creates)
{
    private readonly HashSet<TaskId> done = [];
    private readonly List<(int Row, ChangeBody.Create Create)> ordered = [];

    /// <summary>The tasks in an order that can be written; a loop of parents is a fault of the row that closes it.</summary>
    public IReadOnlyList<(int Row, ChangeBody.Create Create)> ParentsFirst(List<ImportFault> faults)
    {
        foreach (var task in creates.Keys) Place(task, faults);
        return ordered;
    }

    /// <summary>Walks up to the topmost parent that is not placed yet, then places downwards. A loop, so that depth costs no stack.</summary>
    private void Place(TaskId task, List<ImportFault> faults)
    {
        var path = new Stack<TaskId>();
        var onPath = new HashSet<TaskId>();
        for (TaskId? next = task; next is { } current && creates.ContainsKey(current) && !done.Contains(current); next = ParentOf(current))
        {
            if (!onPath.Add(current))
            {
                faults.Add(new ImportFault(creates[task].Row, "its parents go round in a circle"));
                break;
            }
            path.Push(current);
        }
        while (path.TryPop(out var placed))
            if (done.Add(placed)) ordered.Add(creates[placed]);
    }

    private TaskId? ParentOf(TaskId task) =>
        creates[task].Create.Values.Registers.GetValueOrDefault(Fields.Parent)?.AsText() is { } parent ? IdText.Parse<TaskId>(parent) : null;
}

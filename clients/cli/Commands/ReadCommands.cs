using System.CommandLine;
using System.Text.Json.Nodes;
using TaskGrid.Client;
using TaskGrid.Contracts;
using TaskGrid.Contracts.Search;

namespace TaskGrid.Cli;

/// <summary>list, show.</summary>
internal static class ReadCommands
{
    private static readonly Argument<string[]> Filter = new("filter")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "Like: status = todo and (assignee = me or label = bug) and due <= today+7d. Without one: all that is not done or cancelled",
    };

    private static readonly Option<string?> Search = new("--search") { Description = "Words that the task, its description or comments hold" };
    private static readonly Option<string?> Sort = new("--sort") { Description = "Up to three of created, updated, due, priority, status, title, order; - before one for descending" };
    private static readonly Option<int> Limit = new("--limit") { Description = "Show at most so many; 0 for all", DefaultValueFactory = _ => 50 };
    private static readonly Option<bool> Count = new("--count") { Description = "Only say how many there are" };
    private static readonly Option<bool> AllTasks = new("--all") { Description = "Done and cancelled ones too" };
    private static readonly Argument<string> Task = new("task") { Description = "Its number in the last list, or part of its id" };

    public static void AddTo(Command root, TimeProvider time)
    {
        root.Add("list", "List tasks", time, [Filter, Search, Sort, Limit, Count, AllTasks], List).Aliases.Add("ls");
        root.Add("show", "Show a task", time, [Task], Show);
    }

    private static int List(Invocation run)
    {
        var found = Find(run, string.Join(' ', run.Get(Filter) ?? []));
        if (run.Get(Count))
        {
            run.Screen.Answer(new JsonObject { ["count"] = found.Count }, found.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
            return ExitCodes.Done;
        }
        var shown = run.Get(Limit) is > 0 and var limit ? found.Take(limit).ToList() : found;
        run.Workspace.LastList = [.. shown.Select(task => task.Line.Id.ToString())];
        Print(run, shown);
        if (found.Count > shown.Count) run.Screen.Note($"These are the first {shown.Count} of {Moments.Many(found.Count, "task")}. For all of them: --limit 0");
        if (found.Count == 0 && !run.Screen.Json) run.Screen.Note(run.Workspace.Store.Read(reading => reading.Mark.Quarantined) ? StatusCommand.LostAccess(run) : "No task is like that.");
        return ExitCodes.Done;
    }

    private static IReadOnlyList<ShownTask> Find(Invocation run, string filter)
    {
        if (filter.Length == 0 && !run.Get(AllTasks) && run.Get(Search) is null) filter = "not status in (done, cancelled)";
        if (TaskFilter.Parse(filter) is FilterReading.Invalid invalid)
            throw new CommandStopped(Codes.Invalid, $"{filter}\n{new string(' ', invalid.Position)}^ {invalid.Detail}", ExitCodes.Usage);
        if (!TaskSort.TryParse(run.Get(Sort), out var sort)) throw new CommandStopped(Codes.Invalid, "--sort wants up to three of created, updated, due, priority, status, title, order.", ExitCodes.Usage);
        var parsed = ((FilterReading.Read)TaskFilter.Parse(filter)).Filter;
        var today = DateOnly.FromDateTime(run.Workspace.Time.GetLocalNow().DateTime);
        if (run.Get(Search) is not null && run.Workspace.Store.Read(reading => reading.Unindexed()) > 0) run.Workspace.Store.Write(writing => writing.Index(int.MaxValue));
        return run.Workspace.Store.Read(reading => TaskQuery.Find(reading, parsed, today, run.Get(Search), sort));
    }

    private static void Print(Invocation run, IReadOnlyList<ShownTask> tasks)
    {
        if (run.Screen.Json)
        {
            run.Screen.Write(new JsonArray([.. tasks.Select(TaskText.Json)]));
            return;
        }
        var (members, definitions) = run.Workspace.Store.Read(reading => (reading.Members(), ReplicaView.Definitions(reading)));
        run.Screen.Table(TaskText.Columns, tasks.Select((task, i) => TaskText.Row(i + 1, task, members, definitions)));
    }

    private static IReadOnlyList<string> Waiting(IReplicaReading reading, TaskId task) =>
        [.. reading.Conflicts(openOnly: true).Where(note => note.Task == task).Select(ConflictWords.Short)];

    private static int Show(Invocation run)
    {
        var (task, members, definitions, subtasks) = run.Workspace.Store.Read(reading =>
        {
            var line = TaskReferences.Find(reading, run.Workspace.LastList, run.Get(Task)!);
            var id = line.Id.ToString();
            var children = ReplicaView.Tasks(reading).Where(child => !child.Line.Deleted && child.Line[Fields.Parent]?.AsText() == id).Select(child => child.Line).ToList();
            return (new ShownTask(line, reading.Pending(line.Id).Count > 0), reading.Members(), ReplicaView.Definitions(reading), children);
        });
        if (run.Screen.Json) run.Screen.Write(TaskText.Json(task));
        else foreach (var text in TaskText.Page(task, members, definitions, subtasks)) run.Screen.Line(text);
        foreach (var id in run.Screen.Json ? [] : run.Workspace.Store.Read(reading => Waiting(reading, task.Line.Id)))
            run.Screen.Note($"A conflict of it waits for somebody to look: taskgrid conflicts show {id}");
        return ExitCodes.Done;
    }
}

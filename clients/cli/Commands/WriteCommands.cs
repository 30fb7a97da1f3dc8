using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>add, assign, done, rm, restore.</summary>
internal static class WriteCommands
{
    private static readonly Argument<string[]> Title = new("title") { Arity = ArgumentArity.OneOrMore, Description = "The words of the title" };
    private static readonly Option<string?> Description = new("--description", "-d") { Description = "The description; - reads it from standard input" };
    private static readonly Option<string[]> Label = new("--label", "-l") { Description = "A label; repeat for more" };
    private static readonly Argument<string> Task = new("task") { Description = "Its number in the last list, or part of its id" };
    private static readonly Argument<string[]> Tasks = new("task") { Arity = ArgumentArity.OneOrMore, Description = "Numbers in the last list, or parts of ids" };
    private static readonly Argument<string> Who = new("who") { Description = "Address, name or its beginning; me; nobody" };

    public static void AddTo(Command root, TimeProvider time)
    {
        root.Add("add", "Add a task", time, [Title, Description, Label, .. FieldOptions.All], Add);
        root.Add("assign", "Give a task to somebody", time, [Task, Who], Assign);
        root.Add("done", "Set tasks to done", time, [Tasks], run => Each(run, "Done", line => new ChangeBody.Set(line.Id, Fields.Status, FieldValue.Of("done"))));
        root.Add("rm", "Delete tasks and their subtasks; restore brings them back", time, [Tasks], run => Each(run, "Deleted", line => new ChangeBody.Delete(line.Id)));
        root.Add("restore", "Bring deleted tasks back", time, [Tasks], run => Each(run, "Restored", line => new ChangeBody.Restore(line.Id)));
    }

    private static int Add(Invocation run)
    {
        var task = TaskId.From(run.Workspace.NewId());
        var outcome = run.Workspace.Replica.Write(reading => [new ChangeBody.Create(task, Values(run, reading))]);
        Verb.Written(outcome);
        run.Screen.Answer(new JsonObject { ["task"] = task.ToString() }, $"Added {TaskReferences.Short(task)}  {string.Join(' ', run.Get(Title)!)}");
        return ExitCodes.Done;
    }

    private static TaskValues Values(Invocation run, IReplicaReading reading)
    {
        var registers = FieldOptions.Given(run, reading).Where(given => given.Value is not null)
            .ToImmutableSortedDictionary(given => given.Field, given => given.Value!, StringComparer.Ordinal);
        return new TaskValues(string.Join(' ', run.Get(Title)!), TextOf(run.Get(Description)) ?? "", registers,
            [.. (run.Get(Label) ?? []).Distinct(StringComparer.Ordinal).Order(Utf8Order.Instance)], []);
    }

    /// <summary>A text as given; a single hyphen stands for standard input.</summary>
    public static string? TextOf(string? given) => given == "-" ? Console.In.ReadToEnd().TrimEnd('\n') : given;

    private static int Assign(Invocation run)
    {
        var (task, who) = (run.Get(Task)!, run.Get(Who)!);
        TaskLine? line = null;
        Verb.Written(run.Workspace.Replica.Write(reading =>
        {
            line = TaskReferences.Find(reading, run.Workspace.LastList, task);
            var value = who is "nobody" or "none" ? null : FieldValue.Of(People.Find(reading, who).ToString());
            return [new ChangeBody.Set(line.Id, Fields.Assignee, value)];
        }));
        run.Screen.Answer(new JsonObject { ["task"] = line!.Id.ToString() }, $"{line.Title} → {who}");
        return ExitCodes.Done;
    }

    private static int Each(Invocation run, string word, Func<TaskLine, ChangeBody> change)
    {
        var lines = new List<TaskLine>();
        Verb.Written(run.Workspace.Replica.Write(reading =>
        {
            lines.AddRange(run.Get(Tasks)!.Select(text => TaskReferences.Find(reading, run.Workspace.LastList, text)).DistinctBy(line => line.Id));
            return [.. lines.Select(change)];
        }));
        if (run.Screen.Json) run.Screen.Write(new JsonArray([.. lines.Select(line => (JsonNode)new JsonObject { ["task"] = line.Id.ToString() })]));
        else foreach (var line in lines) run.Screen.Answer(new JsonObject(), $"{word}: {line.Title}");
        return ExitCodes.Done;
    }
}

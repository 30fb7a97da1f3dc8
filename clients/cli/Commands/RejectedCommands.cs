using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>rejected: the changes that the server refused. Nothing is dropped until its user says so.</summary>
internal static class RejectedCommands
{
    private static readonly Argument<long[]> Which = new("id") { Arity = ArgumentArity.ZeroOrMore, Description = "Ids in the list; without any: all" };
    private static readonly Option<bool> Unsent = new("--unsent") { Description = "Also the changes that are not sent yet" };
    private static readonly Option<bool> Yes = new("--yes") { Description = "Really forget them" };

    public static void AddTo(Command root, TimeProvider time)
    {
        var rejected = new Command("rejected", "Changes that the server refused");
        root.Subcommands.Add(rejected);
        rejected.Add("list", "List them, with the reason", time, [], List);
        rejected.Add("retry", "Try them again, as new changes on what is there now", time, [Which], Retry);
        rejected.Add("export", "Print them as JSON", time, [Unsent], Export);
        rejected.Add("discard", "Forget them", time, [Which, Yes], Discard);
    }

    private static int List(Invocation run)
    {
        var (rejected, titles) = run.Workspace.Store.Read(reading =>
        {
            var all = reading.Rejected();
            return (all, all.Select(change => change.Change.Body.TaskOf).OfType<TaskId>().Distinct().ToDictionary(task => task, task => ReplicaView.Task(reading, task)?.Title ?? task.ToString()));
        });
        if (run.Screen.Json) run.Screen.Write(new JsonArray([.. rejected.Select(Json)]));
        else
            run.Screen.Table(["Id", "When", "Task", "Change", "Reason"], rejected.Select(change => (IReadOnlyList<string>)
            [
                change.Id.ToString(CultureInfo.InvariantCulture), $"{change.Time:yyyy-MM-dd HH:mm}", change.Change.Body.TaskOf is { } task ? titles[task] : "",
                What(change.Change.Body), change.Detail is { } detail ? $"{change.Code}: {detail}" : change.Code,
            ]));
        if (rejected.Count == 0 && !run.Screen.Json) run.Screen.Note("Nothing was refused.");
        return ExitCodes.Done;
    }

    private static int Retry(Invocation run)
    {
        var again = Chosen(run);
        foreach (var change in again) Verb.Written(run.Workspace.Replica.Retry(change));
        run.Screen.Answer(new JsonObject { ["retried"] = again.Count }, $"{again.Count} changes will be sent again. Run: taskgrid sync");
        return ExitCodes.Done;
    }

    private static int Export(Invocation run)
    {
        var (rejected, pending) = run.Workspace.Store.Read(reading => (reading.Rejected(), reading.Pending()));
        var all = new JsonArray([.. rejected.Select(Json)]);
        if (run.Get(Unsent))
            foreach (var change in pending.Where(change => change.State < OutboxState.Answered))
                all.Add(new JsonObject { ["replica"] = change.Origin.Replica.ToString(), ["change"] = Json(change.Change) });
        run.Screen.Write(all);
        return ExitCodes.Done;
    }

    private static int Discard(Invocation run)
    {
        var gone = Chosen(run);
        if (!run.Get(Yes)) throw new CommandStopped("usage", $"This forgets {gone.Count} changes for good. Give --yes if that is meant; to keep a copy: taskgrid rejected export", ExitCodes.Usage);
        run.Workspace.Store.Write(writing =>
        {
            foreach (var change in gone) writing.Forget(change);
            return true;
        });
        run.Screen.Answer(new JsonObject { ["discarded"] = gone.Count }, $"Forgot {gone.Count} changes.");
        return ExitCodes.Done;
    }

    private static IReadOnlyList<RejectedChange> Chosen(Invocation run)
    {
        var all = run.Workspace.Store.Read(reading => reading.Rejected());
        var ids = run.Get(Which) ?? [];
        if (ids.Except(all.Select(change => change.Id)).Any()) throw new CommandStopped(Codes.Unknown, "There is no such id in the list. See: taskgrid rejected list");
        return ids.Length == 0 ? all : [.. all.Where(change => ids.Contains(change.Id))];
    }

    private static string What(ChangeBody body) => body switch
    {
        ChangeBody.Set set => $"{set.Field} = {set.Value?.AsText() ?? set.Value?.Json ?? "nothing"}",
        ChangeBody.Text text => $"{text.Field}: {string.Concat(text.Edit.Components.Select(component => component.Text))}",
        ChangeBody.Comment comment => $"comment: {comment.Body}",
        ChangeBody.Create create => $"create: {create.Values.Title}",
        ChangeBody.Add add => $"{add.Field} + {add.Value}",
        ChangeBody.Remove remove => $"{remove.Field} - {remove.Value}",
        _ => body.Op,
    };

    private static JsonNode Json(RejectedChange change) => new JsonObject
    {
        ["id"] = change.Id, ["code"] = change.Code, ["detail"] = change.Detail, ["time"] = WireTime.Format(change.Time),
        ["replica"] = change.Origin.Replica.ToString(), ["change"] = Json(change.Change),
    };

    private static JsonNode Json(Change change) => JsonNode.Parse(JsonSerializer.Serialize(change, ContractsJson.Default.Change))!;
}

using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>
/// history: a task's story. What this device has seen it tells offline; only where something is missing is the server asked, for a few
/// seconds at most, and what it says is kept.
/// </summary>
internal static class HistoryCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly Argument<string> Task = new("task") { Description = "Its number in the last list, or part of its id" };
    private static readonly Option<bool> Offline = new("--offline") { Description = "Never ask the server, even where something is missing on this device" };

    private static readonly Option<bool> Devices = new("--devices") { Description = "Say from which device each change came" };

    public static void AddTo(Command root, TimeProvider time) =>
        root.Add("history", "What happened to a task, as a story; asks the server only for what this device has not seen", time, [Task, Devices, Offline], HistoryAsync);

    private static async Task<int> HistoryAsync(Invocation run, CancellationToken cancellationToken)
    {
        var task = TaskReferences.Find(run.Workspace, run.Get(Task)!).Id;
        var missing = Whole(run, task) ? null : run.Get(Offline) ? "the server was not asked" : await FetchAsync(run, task, cancellationToken);
        var (json, lines) = run.Workspace.Store.Read(reading =>
        {
            var (story, say) = (TaskStory.Of(reading, task), Wording.Of(reading, run.Workspace.Time));
            var page = new StoryScreen(say, story, ReplicaView.Task(reading, task)!, run.Get(Devices));
            return (run.Screen.Json ? Json(page, story) : [], page.Lines().ToList());
        });
        if (run.Screen.Json) run.Screen.Write(json);
        else foreach (var (indent, line) in lines) run.Screen.Say(indent, line);
        if (missing is not null && !Whole(run, task)) run.Screen.Note($"Some of it is not on this device: {missing}. Run this again when the server is there.");
        return ExitCodes.Done;
    }

    private static bool Whole(Invocation run, TaskId task) => run.Workspace.Store.Read(reading => TaskStory.Of(reading, task).Whole);

    /// <summary>Asks the server; answers why not, where it could not be had.</summary>
    private static async Task<string?> FetchAsync(Invocation run, TaskId task, CancellationToken cancellationToken)
    {
        using var online = new Online(run.Workspace, run.Workspace.Session.Server);
        using var limit = new CancellationTokenSource(Patience, run.Workspace.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await StoryFetch.RunAsync(run.Workspace.Store, online.Transport, task, both.Token) switch
            {
                Reply<int>.Answered => null,
                Reply<int>.Unreachable unreachable => unreachable.Detail,
                Reply<int>.Refused { Problem.Code: Codes.Unauthorized } => "your sign-in has ended (taskgrid login)",
                Reply<int>.Refused { Problem.Code: Codes.NotFound } => "the server does not know the task, or you are no longer a member",
                Reply<int>.Refused refused => refused.Problem.Detail ?? refused.Problem.Title,
                _ => "the server is newer than this program",
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"{run.Workspace.Session.Server} did not answer within {Patience.TotalSeconds:0} s";
        }
    }

    /// <summary>The changes as the wire shows them, each with its sentence.</summary>
    private static JsonArray Json(StoryScreen page, TaskStory story) => [.. story.Steps.Select(step =>
    {
        var node = JsonNode.Parse(JsonSerializer.Serialize(step.Change, ContractsJson.Default.CanonicalChange))!.AsObject();
        if (step.Pending) node.Remove("seq");
        node["pending"] = step.Pending;
        node["missingBefore"] = step.Gap;
        node["sentence"] = page.Sentence(step);
        return (JsonNode)node;
    })];
}

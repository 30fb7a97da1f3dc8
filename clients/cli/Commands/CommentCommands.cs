using System.CommandLine;
using System.Text.Json.Nodes;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>comment: add, answer, change or delete one.</summary>
internal static class CommentCommands
{
    private static readonly Argument<string> Task = new("task") { Description = "Its number in the last list, or part of its id" };
    private static readonly Argument<string[]> Words = new("text") { Arity = ArgumentArity.ZeroOrMore, Description = "The comment; - reads it from standard input" };
    private static readonly Option<string?> Reply = new("--reply") { Description = "The comment that this answers: the end of its id" };
    private static readonly Option<string?> Edit = new("--edit") { Description = "Write this comment anew" };
    private static readonly Option<string?> Delete = new("--delete") { Description = "Delete this comment" };

    public static void AddTo(Command root, TimeProvider time) =>
        root.Add("comment", "Comment on a task", time, [Task, Words, Reply, Edit, Delete], Comment);

    private static int Comment(Invocation run)
    {
        var text = WriteCommands.TextOf(string.Join(' ', run.Get(Words) ?? [])) ?? "";
        if (text.Length == 0 && run.Get(Delete) is null) throw new CommandStopped("usage", "What is the comment? Give its text.", ExitCodes.Usage);
        var id = CommentId.From(run.Workspace.NewId());
        TaskLine? line = null;
        Verb.Written(run.Workspace.Replica.Write(reading =>
        {
            line = TaskReferences.Find(reading, run.Workspace.LastList, run.Get(Task)!);
            return [Change(run, line, id, text)];
        }));
        run.Screen.Answer(new JsonObject { ["task"] = line!.Id.ToString(), ["comment"] = id.ToString() }, $"Commented on {line.Title}");
        return ExitCodes.Done;
    }

    private static ChangeBody Change(Invocation run, TaskLine line, CommentId id, string text)
    {
        if (run.Get(Delete) is { } deleted) return new ChangeBody.DeleteComment(line.Id, Find(line, deleted));
        if (run.Get(Edit) is { } edited) return new ChangeBody.EditComment(line.Id, Find(line, edited), text);
        return new ChangeBody.Comment(line.Id, id, text, run.Get(Reply) is { } parent ? Find(line, parent) : null);
    }

    private static CommentId Find(TaskLine line, string end) =>
        line.Comments.Where(comment => comment.Id.ToString().EndsWith(end, StringComparison.OrdinalIgnoreCase)).ToList() is [var one]
            ? one.Id
            : throw new CommandStopped(Codes.Unknown, $"The task has no comment, or more than one, whose id ends with '{end}'.");
}

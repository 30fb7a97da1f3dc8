using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace TaskGrid.Cli;

/// <summary>The whole command tree.</summary>
internal static class Commands
{
    /// <summary>Runs one command line; answers its exit code.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TimeProvider time)
    {
        var parsed = Root(time).Parse(arguments);
        if (parsed.Action is not ParseErrorAction) return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
        await Console.Error.WriteLineAsync($"See: {Name(parsed.CommandResult)} --help");
        return ExitCodes.Usage;
    }

    private static string Name(CommandResult command) => command.Parent is CommandResult parent ? $"{Name(parent)} {command.Command.Name}" : "taskgrid";

    public static RootCommand Root(TimeProvider time)
    {
        var root = new RootCommand("""
            TaskGrid: tasks that work without a network. Every command but those that say so works offline and never waits for a
            server; "taskgrid sync" sends and fetches.

            A task is named by its number in the last list (3), or by the end or beginning of its id.

            """ + ExitCodes.Explained);
        root.Options.Add(Verb.Json);
        root.Options.Add(Verb.Quiet);
        root.Options.Add(Verb.Data);
        AccountCommands.AddTo(root, time);
        OrganizationCommands.AddTo(root, time);
        WriteCommands.AddTo(root, time);
        EditCommand.AddTo(root, time);
        ReadCommands.AddTo(root, time);
        StatusCommand.AddTo(root, time);
        CommentCommands.AddTo(root, time);
        SyncCommands.AddTo(root, time);
        HistoryCommand.AddTo(root, time);
        ConflictCommands.AddTo(root, time);
        RejectedCommands.AddTo(root, time);
        TransferCommands.AddTo(root, time);
        DefinitionCommands.AddTo(root, time);
        CompletionCommand.AddTo(root, time);
        DemoCommand.AddTo(root, time);
        return root;
    }
}

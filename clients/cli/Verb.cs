using System.CommandLine;
using TaskGrid.Client;

namespace TaskGrid.Cli;

/// <summary>One run of a command: what was typed, where its data is, and where the answer goes.</summary>
internal sealed class Invocation(ParseResult parsed, Workspace workspace, Screen screen)
{
    public Workspace Workspace => workspace;

    public Screen Screen => screen;

    public T? Get<T>(Option<T> option) => parsed.GetValue(option);

    public T? Get<T>(Argument<T> argument) => parsed.GetValue(argument);

    public bool Has(Option option) => parsed.GetResult(option) is { Implicit: false };
}

/// <summary>Builds commands that share their global options, and turns every expected failure into a sentence and an exit code.</summary>
internal static class Verb
{
    public static readonly Option<bool> Json = new("--json") { Description = "Answer in JSON", Recursive = true };

    public static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "Say nothing but the answer", Recursive = true };

    public static readonly Option<string?> Data = new("--data")
    {
        Description = "The data folder (default: $TASKGRID_HOME, else ~/.taskgrid)",
        Recursive = true,
        HelpName = "folder",
    };

    /// <summary>Adds a command to another one.</summary>
    public static Command Add(this Command parent, string name, string description, TimeProvider time, IReadOnlyList<Symbol> symbols,
        Func<Invocation, CancellationToken, Task<int>> run)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Option option) command.Options.Add(option);
            else command.Arguments.Add((Argument)symbol);
        }
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, time, run, cancellationToken));
        parent.Subcommands.Add(command);
        return command;
    }

    /// <summary>The same for a command that waits for nothing.</summary>
    public static Command Add(this Command parent, string name, string description, TimeProvider time, IReadOnlyList<Symbol> symbols,
        Func<Invocation, int> run) =>
        parent.Add(name, description, time, symbols, (invocation, _) => Task.FromResult(run(invocation)));

    private static async Task<int> RunAsync(ParseResult parsed, TimeProvider time, Func<Invocation, CancellationToken, Task<int>> run, CancellationToken cancellationToken)
    {
        var screen = new Screen(parsed.GetValue(Json), parsed.GetValue(Quiet));
        try
        {
            using var workspace = new Workspace(Folder(parsed.GetValue(Data)), time);
            return await run(new Invocation(parsed, workspace, screen), cancellationToken);
        }
        catch (CommandStopped stopped)
        {
            screen.Error(stopped.Code, stopped.Message);
            return stopped.Exit;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
        catch (Exception e) when (StorageFullException.Is(e))
        {
            screen.Error("storage_full", $"{new StorageFullException(e).Message} (data folder: {Folder(parsed.GetValue(Data))})");
            return ExitCodes.NoRoom;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException or Microsoft.Data.Sqlite.SqliteException)
        {
            screen.Error("local", $"{e.Message} (data folder: {Folder(parsed.GetValue(Data))})");
            return ExitCodes.Refused;
        }
    }

    private static string Folder(string? given)
    {
        if (given is not null) return Path.GetFullPath(given);
        var home = Environment.GetEnvironmentVariable("TASKGRID_HOME");
        return Path.GetFullPath(home is { Length: > 0 } ? home : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".taskgrid"));
    }

    /// <summary>The origins of a write; a refusal ends the command.</summary>
    public static System.Collections.Immutable.ImmutableArray<Contracts.Origin> Written(WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.Written written => written.Origins,
        WriteOutcome.Refused refused => throw new CommandStopped(refused.Code, refused.Detail),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

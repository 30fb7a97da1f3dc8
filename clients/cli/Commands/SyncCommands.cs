using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>sync and watch: these need the server.</summary>
internal static class SyncCommands
{
    public static void AddTo(Command root, TimeProvider time)
    {
        root.Add("sync", "Send what is not sent and fetch what is new (needs the server)", time, [], SyncAsync);
        root.Add("watch", "Stay in sync and tell what happens, until Ctrl-C (needs the server)", time, [], WatchAsync);
    }

    private static async Task<int> SyncAsync(Invocation run, CancellationToken cancellationToken)
    {
        using var online = new Online(run.Workspace, run.Workspace.Session.Server);
        var from = run.Workspace.Store.Read(reading => reading.Mark.Base);
        var (outcome, tally) = await WithProgressAsync(run, tally => Syncing.RunAsync(run, online, tally, cancellationToken));
        if (outcome is not SyncOutcome.UpToDate) throw Stopped(run, outcome);
        await Syncing.LearnAddressesAsync(run, online, cancellationToken);
        run.Workspace.Store.Write(writing => writing.Index(int.MaxValue));
        return Report(run, tally, from);
    }

    /// <summary>Syncs with whatever of a progress bar fits where the output goes.</summary>
    public static async Task<(SyncOutcome Outcome, SyncTally Tally)> WithProgressAsync(Invocation run, Func<SyncTally, Task<SyncOutcome>> sync)
    {
        var (from, unsent) = run.Workspace.Store.Read(reading => (reading.Mark.Base, reading.Unanswered()));
        if (!run.Screen.Lively) return await Counted(new SyncTally(), from, sync);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress().AutoClear(true).StartAsync(async context =>
        {
            var sending = context.AddTask("Sending", maxValue: Math.Max(1, unsent), autoStart: unsent > 0);
            var fetching = context.AddTask("Fetching", autoStart: true).IsIndeterminate();
            return await Counted(new SyncTally(happened => Draw(happened, sending, fetching)), from, sync);
        });
    }

    public static CommandStopped Stopped(Invocation run, SyncOutcome outcome) => outcome switch
    {
        SyncOutcome.NotNow notNow => new CommandStopped("offline", $"Not synced: {notNow.Detail}. Your changes are kept; try again later.", ExitCodes.Offline),
        SyncOutcome.SignIn => new CommandStopped(Codes.Unauthorized, "Your sign-in has ended. Run: taskgrid login. Your changes are kept."),
        SyncOutcome.AccessLost => new CommandStopped(Codes.NotFound, StatusCommand.LostAccess(run)),
        SyncOutcome.UpgradeNeeded upgrade => new CommandStopped(Codes.UpgradeNeeded, $"The server is newer than this program ({upgrade.Detail}). Please update taskgrid; your changes are kept."),
        SyncOutcome.Refused refused => new CommandStopped(refused.Code, $"The server refused to sync: {refused.Detail}"),
        _ => new CommandStopped("sync", "Not synced."),
    };

    private static async Task<(SyncOutcome, SyncTally)> Counted(SyncTally tally, long from, Func<SyncTally, Task<SyncOutcome>> sync)
    {
        tally.From(from);
        return (await sync(tally), tally);
    }

    private static void Draw(SyncEvent happened, ProgressTask sending, ProgressTask fetching)
    {
        switch (happened)
        {
            case SyncEvent.Pushed pushed:
                sending.Increment(pushed.Answered);
                break;
            case SyncEvent.Loading loading:
                fetching.IsIndeterminate(false).MaxValue(Math.Max(1, loading.Total)).Value(loading.Done);
                break;
            case SyncEvent.Pulled pulled:
                fetching.IsIndeterminate(false).MaxValue(Math.Max(1, pulled.Head)).Value(pulled.Base);
                break;
        }
    }

    private static int Report(Invocation run, SyncTally tally, long from)
    {
        var (mark, rejected, conflicts) = run.Workspace.Store.Read(reading => (reading.Mark, reading.Rejected().Count, reading.Conflicts(openOnly: true).Count));
        foreach (var note in tally.Notes) run.Screen.Note(note);
        run.Screen.Answer(new JsonObject
        {
            ["sent"] = tally.Sent, ["received"] = tally.Received, ["base"] = mark.Base, ["rejected"] = rejected, ["openConflicts"] = conflicts,
            ["digest"] = Sync.TaskDigest.Format(mark.Digest),
        }, $"Synced: {tally.Sent} sent, {tally.Received} received; up to change {mark.Base}.");
        foreach (var news in from == 0 ? [] : ConflictNews.Since(run, from)) run.Screen.Note(news);
        if (conflicts > 0) run.Screen.Note($"{Moments.Many(conflicts, "conflict")} to look at. See: taskgrid conflicts list");
        if (StatusCommand.Skew(mark) is { } skew) run.Screen.Note(skew);
        if (rejected == 0) return ExitCodes.Done;
        run.Screen.Note($"{Moments.Many(rejected, "change")} refused by the server and kept. See: taskgrid rejected list");
        return ExitCodes.Left;
    }

    private static async Task<int> WatchAsync(Invocation run, CancellationToken cancellationToken)
    {
        using var online = new Online(run.Workspace, run.Workspace.Session.Server);
        var store = run.Workspace.Store;
        var told = new Watcher(run);
        var loop = new SyncLoop(store, online.Transport, new WakeSignal(), run.Workspace.Time, Random.Shared, told);
        run.Screen.Note($"Watching {run.Workspace.OrganizationName}. Ctrl-C ends it.");
        try
        {
            throw Stopped(run, await loop.RunAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Done;
        }
    }
}

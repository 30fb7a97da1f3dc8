using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using TaskGrid.Client;

namespace TaskGrid.Cli;

/// <summary>rejected retry and forget: the two ways off the list of refused changes, both by their user's word only.</summary>
internal static class RejectedEndings
{
    private static readonly Argument<long[]> Which = new("id") { Arity = ArgumentArity.ZeroOrMore, Description = "Ids in the list; without any: all" };
    private static readonly Option<bool> Yes = new("--yes") { Description = "Really forget them" };

    public static void AddTo(Command rejected, TimeProvider time)
    {
        rejected.Add("retry", "Try them again, as new changes on what is there now", time, [Which], Retry);
        rejected.Add("forget", "Forget them for good", time, [Which, Yes], Forget).Aliases.Add("discard");
    }

    /// <summary>Each for itself: one that cannot be tried again holds up none of the others, and stays on the list.</summary>
    private static int Retry(Invocation run)
    {
        var (again, left) = (0, new List<(long Id, string Detail)>());
        foreach (var change in Chosen(run))
        {
            if (run.Workspace.Replica.Retry(change) is WriteOutcome.Refused refused) left.Add((change.Id, refused.Detail));
            else again++;
        }
        run.Screen.Answer(new JsonObject { ["retried"] = again, ["left"] = new JsonArray([.. left.Select(one => (JsonNode)new JsonObject { ["id"] = one.Id, ["detail"] = one.Detail })]) },
            $"{Moments.Many(again, "change")} will be sent again. Run: taskgrid sync");
        foreach (var (id, detail) in left) run.Screen.Note(string.Create(CultureInfo.InvariantCulture, $"{id} stays on the list: {detail}"));
        return left.Count == 0 ? ExitCodes.Done : ExitCodes.Refused;
    }

    private static int Forget(Invocation run)
    {
        var gone = Chosen(run);
        if (!run.Get(Yes)) throw new CommandStopped("usage", $"This forgets {Moments.Many(gone.Count, "change")} for good. Give --yes if that is meant; to keep a copy: taskgrid rejected export <file>", ExitCodes.Usage);
        run.Workspace.Store.Write(writing =>
        {
            foreach (var change in gone) writing.Forget(change);
            return true;
        });
        run.Screen.Answer(new JsonObject { ["forgotten"] = gone.Count }, $"Forgot {Moments.Many(gone.Count, "change")}.");
        return ExitCodes.Done;
    }

    private static IReadOnlyList<RejectedChange> Chosen(Invocation run)
    {
        var all = run.Workspace.Store.Read(reading => reading.Rejected());
        var ids = run.Get(Which) ?? [];
        if (ids.Except(all.Select(change => change.Id)).Any()) throw RejectedCommands.NotThere();
        return ids.Length == 0 ? all : [.. all.Where(change => ids.Contains(change.Id))];
    }
}

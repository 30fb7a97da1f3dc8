using System.CommandLine;
using TaskGrid.EventStore.Marten.Rebuilding;

namespace TaskGrid.Admin;

/// <summary><c>rebuild</c>: replays all events, to prove what is stored beside them or to write it anew.</summary>
internal static class RebuildCommand
{
    public static Command Create()
    {
        var verify = new Option<bool>("--verify") { Description = "Compare snapshots, feed, conflicts, tree, digest and head with the replay; change nothing." };
        var write = new Option<bool>("--write") { Description = "Write snapshots, feed and conflicts anew from the events, an organization in one transaction." };
        var database = new DatabaseOption();
        var command = new Command("rebuild", "Replays all events of the log.") { verify, write };
        database.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(verify) == result.GetValue(write)) result.AddError("rebuild needs either --verify or --write");
        });
        command.SetAction((parsed, cancellationToken) => database.ForEachAsync(parsed, async (source, organization) =>
        {
            if (parsed.GetValue(write))
            {
                await SnapshotRebuild.WriteAsync(source, organization, cancellationToken);
                Console.WriteLine($"{organization}: written anew");
            }
            var found = await LogVerification.VerifyAsync(source, organization, cancellationToken);
            foreach (var difference in found.Differences) Console.WriteLine($"{organization}: {difference}");
            if (found.Differences.Count == 0)
                Console.WriteLine($"{organization}: what is stored follows from the events: {found.Tasks} tasks, digest {found.Digest}");
            return found.Differences.Count == 0 ? ExitCodes.Well : ExitCodes.Differs;
        }, cancellationToken));
        return command;
    }
}

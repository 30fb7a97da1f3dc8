using System.CommandLine;
using TaskGrid.EventStore.Marten.Rebuilding;

namespace TaskGrid.Admin;

/// <summary><c>check</c>: what must hold at every moment, without a replay.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var database = new DatabaseOption();
        var command = new Command("check", "Checks that the feed has no gaps, receipts match it, and streams, snapshots and digest agree.");
        database.AddTo(command);
        command.SetAction((parsed, cancellationToken) => database.ForEachAsync(parsed, async (source, organization) =>
        {
            var broken = await LogCheck.BrokenAsync(source, organization, cancellationToken);
            foreach (var invariant in broken) Console.WriteLine($"{organization}: does not hold: {invariant}");
            return broken.Count == 0 ? ExitCodes.Well : ExitCodes.Differs;
        }, cancellationToken));
        return command;
    }
}

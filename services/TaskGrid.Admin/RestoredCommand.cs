using System.CommandLine;
using TaskGrid.EventStore.Marten.Restoring;
using TaskGrid.EventStore.Marten.Schemas;

namespace TaskGrid.Admin;

/// <summary><c>restored</c>: the database was put back from a backup, so every log starts a new history.</summary>
internal static class RestoredCommand
{
    public static Command Create()
    {
        var again = new Option<bool>("--again") { Description = "Also if it was done since the database server started." };
        var database = new DatabaseOption();
        var command = new Command("restored", "Starts a new history for every log, after the database was put back from a backup. Once for each restore; servers must be stopped.") { again };
        database.AddTo(command, withOrganization: false);
        command.SetAction((parsed, cancellationToken) => database.WithDatabaseAsync(parsed, async source =>
        {
            if (await NewHistories.ServersAsync(source, cancellationToken) is { Count: > 0 } servers)
                return DatabaseOption.Fail(ExitCodes.Differs, $"stop the servers first, they remember what stood before the restore: {string.Join(", ", servers)}");
            var moved = await EventStoreSchema.ApplyAsync(source, cancellationToken);
            var started = moved > 0 ? moved : await NewHistories.StartAsync(source, parsed.GetValue(again), cancellationToken);
            Console.WriteLine(started is null
                ? "nothing to do: the histories were started anew since the database server started (--again does it all the same)"
                : $"{started} {(started == 1 ? "log" : "logs")} got a new history: clients take a snapshot and offer again what the backup does not hold");
            return ExitCodes.Well;
        }));
        return command;
    }
}

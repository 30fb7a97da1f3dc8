using System.CommandLine;
using TaskGrid.EventStore.Marten.Schemas;

namespace TaskGrid.Admin;

/// <summary><c>migrate</c>: brings the schema to this version ahead of the servers, which else do it at their start.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var database = new DatabaseOption();
        var command = new Command("migrate", "Brings the database's schema to this version.");
        database.AddTo(command, withOrganization: false);
        command.SetAction((parsed, cancellationToken) => database.WithDatabaseAsync(parsed, async source =>
        {
            if (await EventStoreSchema.ApplyAsync(source, cancellationToken) is > 0 and var started)
                Console.WriteLine($"the database stands elsewhere than before, as a restored copy does: {started} logs got a new history");
            await OrleansSchema.ApplyAsync(source, cancellationToken);
            Console.WriteLine("the schema is that of this version");
            return ExitCodes.Well;
        }));
        return command;
    }
}

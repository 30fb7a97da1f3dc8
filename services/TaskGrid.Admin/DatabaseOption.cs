using System.CommandLine;
using System.Net.Sockets;
using Npgsql;
using TaskGrid.Contracts;
using TaskGrid.EventStore.Marten;
using TaskGrid.EventStore.Marten.Rebuilding;

namespace TaskGrid.Admin;

/// <summary>Which database and which of its organizations a command is about.</summary>
internal sealed class DatabaseOption
{
    private readonly Option<string?> database = new("--database")
    {
        Description = "The connection string; without it the environment's TaskGrid__Database.",
    };

    private readonly Option<string?> organization = new("--organization") { Description = "Only this organization's log." };

    public void AddTo(Command command, bool withOrganization = true)
    {
        command.Options.Add(database);
        if (withOrganization) command.Options.Add(organization);
    }

    /// <summary>Runs on the database; answers the exit code.</summary>
    public async Task<int> WithDatabaseAsync(ParseResult parsed, Func<NpgsqlDataSource, Task<int>> run)
    {
        var connection = parsed.GetValue(database) ?? Environment.GetEnvironmentVariable("TaskGrid__Database");
        if (string.IsNullOrWhiteSpace(connection)) return Fail(ExitCodes.Usage, "say which database: --database or TaskGrid__Database");
        try
        {
            // Under a name of its own, so that it is not taken for a server.
            await using var source = EventStoreDatabase.Open(connection, "taskgrid-admin");
            return await run(source);
        }
        catch (ArgumentException fault)
        {
            return Fail(ExitCodes.Usage, $"the connection string is not one: {fault.Message}");
        }
        catch (Exception fault) when (fault is NpgsqlException or SocketException)
        {
            return Fail(ExitCodes.Unreachable, $"the database does not answer as it should: {fault.Message}");
        }
    }

    /// <summary>Runs for each organization that was asked for; ends with the worst code.</summary>
    public Task<int> ForEachAsync(ParseResult parsed, Func<NpgsqlDataSource, OrganizationId, Task<int>> run, CancellationToken cancellationToken) =>
        WithDatabaseAsync(parsed, async source =>
        {
            var all = await LogCheck.OrganizationsAsync(source, cancellationToken);
            if (parsed.GetValue(organization) is { } text)
            {
                if (!IdText.TryParse<OrganizationId>(text, out var one)) return Fail(ExitCodes.Usage, "--organization must be an id in lower case");
                if (!all.Contains(one)) return Fail(ExitCodes.Differs, $"{one}: the log knows no such organization");
                all = [one];
            }
            var code = ExitCodes.Well;
            foreach (var each in all) code = Math.Max(code, await run(source, each));
            Console.WriteLine($"{all.Count} {(all.Count == 1 ? "organization" : "organizations")}: {(code == ExitCodes.Well ? "all is well" : "see above")}");
            return code;
        });

    public static int Fail(int code, string message)
    {
        Console.Error.WriteLine(message);
        return code;
    }
}

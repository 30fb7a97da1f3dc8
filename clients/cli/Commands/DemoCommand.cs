using System.CommandLine;
using System.Text.Json.Nodes;

namespace TaskGrid.Cli;

/// <summary>demo: fills a server with something to look at. Made again, it changes nothing.</summary>
internal static class DemoCommand
{
    private static readonly Option<Uri?> Url = AccountCommands.ServerOption("The server's address");
    private static readonly Option<string> Email = new("--email") { Description = "The demo user", DefaultValueFactory = _ => "demo@taskgrid.local" };
    private static readonly Option<string> Password = new("--password") { Description = "Of all demo users", DefaultValueFactory = _ => "taskgrid-demo" };

    public static void AddTo(Command root, TimeProvider time) =>
        root.Add("demo", "Make demo users and an organization with tasks (needs the server)", time, [Url, Email, Password], TellAsync).Hidden = true;

    private static async Task<int> TellAsync(Invocation run, CancellationToken cancellationToken)
    {
        var server = run.Get(Url) ?? throw new CommandStopped("usage", "Which server? Give --url http://…", ExitCodes.Usage);
        var folder = Path.Combine(run.Workspace.Folder, "demo");
        Directory.CreateDirectory(folder);
        var story = new DemoStory(server, folder, run.Get(Email)!, run.Get(Password)!, run.Workspace.Time);
        var told = await story.TellAsync();
        var people = (string[])["Dana", "Lena", "Marek"];
        run.Screen.Answer(new JsonObject { ["organization"] = DemoStory.Organization, ["made"] = told, ["users"] = new JsonArray([.. people.Select(person => (JsonNode)story.AddressOf(person))]) },
            $"{(told ? "Made" : "There is")} {DemoStory.Organization}. Sign in as {string.Join(", ", people.Select(story.AddressOf))} with the password {run.Get(Password)}.");
        return ExitCodes.Done;
    }
}

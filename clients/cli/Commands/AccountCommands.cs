using System.CommandLine;
using System.Text.Json.Nodes;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>register, login, logout: these need the server.</summary>
internal static class AccountCommands
{
    private static readonly Option<Uri?> Url = ServerOption("The server's address (default: the last one used, or $TASKGRID_URL)");
    private static readonly Option<string?> Email = new("--email", "-e") { Description = "The address to sign in with" };
    private static readonly Option<string?> Password = new("--password") { Description = "The password; better: $TASKGRID_PASSWORD, or type it when asked" };
    private static readonly Option<string?> Name = new("--name", "-n") { Description = "The name that others see" };

    public static void AddTo(Command root, TimeProvider time)
    {
        root.Add("register", "Make an account and sign in (needs the server)", time, [Url, Email, Name, Password], RegisterAsync);
        root.Add("login", "Sign in (needs the server)", time, [Url, Email, Password], LoginAsync);
        root.Add("logout", "Sign out; the data on this device stays", time, [], LogoutAsync);
    }

    private static async Task<int> RegisterAsync(Invocation run, CancellationToken cancellationToken)
    {
        var (email, name) = (Ask(run.Get(Email), "Address: "), Ask(run.Get(Name), "Name: "));
        var request = new RegisterRequest(email, Secret(run), name);
        return await SignInAsync(run, api => api.RegisterAsync(request, cancellationToken), cancellationToken);
    }

    private static async Task<int> LoginAsync(Invocation run, CancellationToken cancellationToken)
    {
        var request = new LoginRequest(Ask(run.Get(Email), "Address: "), Secret(run));
        return await SignInAsync(run, api => api.LoginAsync(request, cancellationToken), cancellationToken);
    }

    private static async Task<int> SignInAsync(Invocation run, Func<ApiClient, Task<Reply<Session>>> ask, CancellationToken cancellationToken)
    {
        var server = Server(run);
        using var online = new Online(run.Workspace, server);
        var session = Online.Answer(await ask(online.Api));
        var refresh = session.RefreshToken ?? throw new CommandStopped(Codes.Invalid, "The server gave no refresh token.");
        run.Workspace.Sessions.Save(new SavedSession(server, session.User, session.AccessToken, refresh, session.ExpiresAt));
        var organizations = await OrganizationCommands.RefreshAsync(run, online, cancellationToken);
        run.Screen.Answer(new JsonObject { ["user"] = session.User.Id.ToString(), ["name"] = session.User.Name, ["email"] = session.User.Email },
            $"Signed in as {session.User.Name}. {Next(run, organizations)}");
        return ExitCodes.Done;
    }

    private static string Next(Invocation run, IReadOnlyList<KnownOrganization> organizations) => organizations.Count switch
    {
        0 => "You are in no organization yet. Run: taskgrid org create <name>",
        _ when run.Workspace.Settings.Organization is not null => $"The organization is {run.Workspace.OrganizationName}. Run: taskgrid sync",
        _ => "You are in several organizations. Run: taskgrid org use <name>",
    };

    private static async Task<int> LogoutAsync(Invocation run, CancellationToken cancellationToken)
    {
        if (run.Workspace.Sessions.Load() is not { } session)
        {
            run.Screen.Answer(new JsonObject { ["signedOut"] = true }, "Nobody was signed in.");
            return ExitCodes.Done;
        }
        using var online = new Online(run.Workspace, session.Server);
        var reply = await online.Api.LogoutAsync(new LogoutRequest(session.RefreshToken), session.AccessToken, cancellationToken);
        run.Workspace.Sessions.Save(null);
        run.Screen.Answer(new JsonObject { ["signedOut"] = true }, "Signed out. The data on this device stays for when you sign in again.");
        if (reply is Reply<Session>.Unreachable) run.Screen.Note("The server could not be told; the session ends there by itself.");
        return ExitCodes.Done;
    }

    private static Uri Server(Invocation run)
    {
        if (run.Get(Url) is { } given) return given;
        if (Environment.GetEnvironmentVariable("TASKGRID_URL") is { Length: > 0 } known && Uri.TryCreate(known, UriKind.Absolute, out var uri)) return uri;
        return run.Workspace.Sessions.Load()?.Server ?? throw new CommandStopped("usage", "Which server? Give --url https://…", ExitCodes.Usage);
    }

    private static string Ask(string? given, string question)
    {
        if (given is { Length: > 0 }) return given;
        if (Console.IsInputRedirected) throw new CommandStopped("usage", $"{question.TrimEnd(' ', ':')} is missing.", ExitCodes.Usage);
        Console.Error.Write(question);
        return Console.ReadLine() ?? "";
    }

    private static string Secret(Invocation run)
    {
        if (run.Get(Password) is { } given) return given;
        if (Environment.GetEnvironmentVariable("TASKGRID_PASSWORD") is { Length: > 0 } known) return known;
        if (Console.IsInputRedirected) return Console.ReadLine() ?? "";
        Console.Error.Write("Password: ");
        var typed = new System.Text.StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace && typed.Length > 0) typed.Length--;
            else if (!char.IsControl(key.KeyChar)) typed.Append(key.KeyChar);
        }
        Console.Error.WriteLine();
        return typed.ToString();
    }

    /// <summary>An option that takes a server's address.</summary>
    public static Option<Uri?> ServerOption(string description) => new("--url")
    {
        Description = description,
        CustomParser = result => Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : Wrong(result, $"'{result.Tokens[0].Value}' is not an address like https://tasks.example.com"),
    };

    private static Uri? Wrong(System.CommandLine.Parsing.ArgumentResult result, string sentence)
    {
        result.AddError(sentence);
        return null;
    }
}

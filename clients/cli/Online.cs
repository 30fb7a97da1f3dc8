using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>The way to the server, for the commands that need it.</summary>
internal sealed class Online : IDisposable
{
    private readonly HttpClient http;

    public Online(Workspace workspace, Uri server)
    {
        http = ApiClient.HttpFor(server);
        Api = new ApiClient(http, workspace.Time);
        Transport = new HttpTransport(Api, new SessionKeeper(workspace.Sessions, Api, workspace.Time));
    }

    public ApiClient Api { get; }

    public HttpTransport Transport { get; }

    /// <summary>Asks with the session's token; stops the command where there is no answer.</summary>
    public async Task<T> AskAsync<T>(Func<string, Task<Reply<T>>> ask, CancellationToken cancellationToken) =>
        Answer(await Transport.SignedAsync(ask, cancellationToken));

    /// <summary>The answer, or the end of the command with a sentence that says what to do.</summary>
    public static T Answer<T>(Reply<T> reply) => reply switch
    {
        Reply<T>.Answered answered => answered.Value,
        Reply<T>.Refused { Problem.Code: Codes.Unauthorized } => throw CommandStopped.NotSignedIn(),
        Reply<T>.Refused { Problem.Status: 429 or >= 500 } refused => throw new CommandStopped(refused.Problem.Code,
            $"The server is busy: {refused.Problem.Detail ?? refused.Problem.Title}. Try again in a moment.", ExitCodes.Offline),
        Reply<T>.Refused refused => throw new CommandStopped(refused.Problem.Code, Sentence(refused.Problem)),
        Reply<T>.Unreachable unreachable => throw new CommandStopped("offline", $"{Capital(unreachable.Detail)}. This command needs the server; try again once it is there.", ExitCodes.Offline),
        Reply<T>.NotUnderstood => throw new CommandStopped(Codes.UpgradeNeeded, "The server is newer than this program. Please update taskgrid."),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public void Dispose() => http.Dispose();

    private static string Sentence(Problem problem) => problem.Code switch
    {
        Codes.BadCredentials => "Address and password do not match.",
        Codes.EmailTaken => "There is an account with this address already. Run: taskgrid login",
        Codes.NoSuchUser => "Nobody has an account with this address. Ask them to run: taskgrid register",
        Codes.NotFound => "The server does not know this, or you are not a member.",
        Codes.LastOwner => "This is the last owner. Make somebody else an owner first.",
        Codes.Forbidden => "Your role does not allow this.",
        _ => problem.Errors is { Count: > 0 } errors
            ? string.Join(" ", errors.Select(error => $"{error.Key}: {error.Value}"))
            : problem.Detail ?? problem.Title,
    };

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}

using System.Collections.Immutable;
using TaskGrid.Contracts;
using TaskGrid.EventStore.Marten.Accounts;
using TaskGrid.EventStore.Marten.Queries;
using TaskGrid.Gateway.Callers;
using TaskGrid.Gateway.Json;
using TaskGrid.Gateway.Problems;
using TaskGrid.Gateway.Web;

namespace TaskGrid.Gateway.Accounts;

/// <summary>Registration, sessions, and who am I.</summary>
internal static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var auth = routes.MapGroup("/api/auth").WithTags("Accounts");
        auth.MapPost("/register", RegisterAsync).For(new Access.Anybody())
            .Describe("Make an account", "Answers with its first session.").Takes<RegisterRequest>().Gives<Session>(201).Fails(400, 409, 413, 422, 429);
        auth.MapPost("/login", SignInAsync).For(new Access.Anybody())
            .Describe("Sign in").Takes<LoginRequest>().Gives<Session>().Fails(400, 401, 413, 422, 429);
        auth.MapPost("/refresh", RefreshAsync).For(new Access.Anybody())
            .Describe("Continue a session", "Rotates the refresh token. The same token with the same `attempt` within 60 s answers the same; any other second use signs the whole family out.")
            .Takes<RefreshRequest>().Gives<Session>().Fails(400, 401, 413, 422, 429);
        auth.MapPost("/logout", SignOutAsync).For(new Access.Anybody())
            .Describe("Sign out").Takes<LogoutRequest>().GivesNothing().Fails(400, 413, 422, 429);
        routes.MapGet("/api/me", MeAsync).For(new Access.SignedIn()).WithTags("Accounts")
            .Describe("Who am I, and where am I a member").Gives<Me>().Fails(401);
    }

    private static Task<IResult> RegisterAsync(HttpContext context, Sessions sessions, SignInLimits limits) =>
        Form.WithAsync(context, AccountForms.Registration, async form =>
        {
            if (limits.Refuses(form.Email, AddressOf(context)) is { } wait) return new ProblemAnswer(Refusals.RateLimited(), wait);
            var session = await sessions.RegisterAsync(form.Email, form.Password, form.Name, context.RequestAborted);
            return session is null
                ? new ProblemAnswer(Refusals.EmailTaken())
                : Results.Json(BrowserCookie.Hand(context, session), ContractsJson.Default.Session, statusCode: StatusCodes.Status201Created);
        });

    private static Task<IResult> SignInAsync(HttpContext context, Sessions sessions, SignInLimits limits) =>
        Form.WithAsync(context, AccountForms.Credentials, async form =>
        {
            if (limits.Refuses(form.Email, AddressOf(context)) is { } wait) return new ProblemAnswer(Refusals.RateLimited(), wait);
            var session = await sessions.SignInAsync(form.Email, form.Password, context.RequestAborted);
            if (session is not null) return Results.Json(BrowserCookie.Hand(context, session), ContractsJson.Default.Session);
            limits.Failed(form.Email, AddressOf(context));
            return new ProblemAnswer(Refusals.BadCredentials());
        });

    private static Task<IResult> RefreshAsync(HttpContext context, Sessions sessions) =>
        Form.WithAsync(context, AccountForms.Refresh, async form =>
        {
            var token = BrowserCookie.TokenOf(context.Request, form.Token);
            var session = token is null ? null : await sessions.RefreshAsync(token, form.Attempt, context.RequestAborted);
            if (session is not null) return Results.Json(BrowserCookie.Hand(context, session), ContractsJson.Default.Session);
            BrowserCookie.Clear(context);
            return new ProblemAnswer(Refusals.Unauthorized());
        });

    private static Task<IResult> SignOutAsync(HttpContext context, Sessions sessions) =>
        Form.WithAsync(context, AccountForms.Refresh, async form =>
        {
            if (BrowserCookie.TokenOf(context.Request, form.Token) is { } token) await sessions.EndAsync(token, context.RequestAborted);
            BrowserCookie.Clear(context);
            return Results.NoContent();
        });

    private static async Task<IResult> MeAsync(HttpContext context, IAccountStore accounts, IOrganizationQueries queries)
    {
        var account = await accounts.ByIdAsync(Caller.Of(context), context.RequestAborted);
        if (account is null) return new ProblemAnswer(Refusals.Unauthorized());
        ImmutableArray<OrganizationInfo> organizations = await queries.MembershipsAsync(account.Id, context.RequestAborted);
        return Results.Json(new Me(account.Info, organizations), ContractsJson.Default.Me);
    }

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";
}

using TaskGrid.Contracts;

namespace TaskGrid.Gateway.Accounts;

/// <summary>
/// The browser application's refresh token: in a cookie that no script can read and no other site can send. It counts only together with
/// a header that a form of another site cannot set.
/// </summary>
internal static class BrowserCookie
{
    public const string Name = "__Host-taskgrid";
    public const string Header = "X-TaskGrid-Client";
    public const string Browser = "browser";

    public static bool IsBrowser(HttpRequest request) => request.Headers[Header] == Browser;

    /// <summary>The refresh token of a request: the cookie's for a browser, the body's for everybody else.</summary>
    public static string? TokenOf(HttpRequest request, string? fromBody) => IsBrowser(request) ? request.Cookies[Name] : fromBody;

    /// <summary>The session as its client gets it.</summary>
    public static Session Hand(HttpContext context, Session session)
    {
        if (!IsBrowser(context.Request)) return session;
        context.Response.Cookies.Append(Name, session.RefreshToken!, Options(RefreshTokens.Lifetime));
        return session with { RefreshToken = null };
    }

    public static void Clear(HttpContext context)
    {
        if (IsBrowser(context.Request)) context.Response.Cookies.Delete(Name, Options(null));
    }

    private static CookieOptions Options(TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        Secure = true,
        SameSite = SameSiteMode.Strict,
        Path = "/",
        MaxAge = lifetime,
    };
}

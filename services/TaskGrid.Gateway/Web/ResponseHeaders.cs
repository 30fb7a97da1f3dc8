using System.Diagnostics;

namespace TaskGrid.Gateway.Web;

/// <summary>What every answer carries: an id to ask about it by, and what keeps a browser from being too helpful.</summary>
internal static class ResponseHeaders
{
    public const string RequestId = "X-Request-Id";

    private const string Nothing = "default-src 'none'; frame-ancestors 'none'";

    // The pages for people (description of the API, dashboard) bring their own scripts and styles, from here and inline.
    private const string OwnPages = "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private static readonly PathString[] Pages = ["/docs", "/ops"];

    public static Task WriteAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers[RequestId] = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers.ContentSecurityPolicy = Pages.Any(page => context.Request.Path.StartsWithSegments(page)) ? OwnPages : Nothing;
        if (context.Request.Path.StartsWithSegments("/api")) headers.CacheControl = "no-store";
        if (context.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        return next(context);
    }
}

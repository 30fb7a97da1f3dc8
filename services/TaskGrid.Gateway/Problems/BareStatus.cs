using TaskGrid.Contracts;

namespace TaskGrid.Gateway.Problems;

/// <summary>Refusals of the framework itself, which have a status and no words: every failure is a problem.</summary>
internal static class BareStatus
{
    public static Task DescribeAsync(HttpContext context) => ProblemAnswer.WriteAsync(context, Of(context.Response.StatusCode));

    private static Problem Of(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => Refusals.Unauthorized(),
        StatusCodes.Status403Forbidden => Refusals.Forbidden(),
        StatusCodes.Status404NotFound => Refusals.NotFound(),
        StatusCodes.Status413PayloadTooLarge => Refusals.TooLarge("The body is over the limit."),
        StatusCodes.Status405MethodNotAllowed => Refusals.Invalid("This route has no such method.", status),
        StatusCodes.Status415UnsupportedMediaType => Refusals.Invalid("Bodies are application/json.", status),
        < 500 => Refusals.Invalid("The request could not be read.", status),
        _ => Refusals.Internal(),
    };
}

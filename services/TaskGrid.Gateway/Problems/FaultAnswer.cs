using Microsoft.AspNetCore.Diagnostics;
using Npgsql;
using Orleans.Runtime;
using TaskGrid.Contracts;

namespace TaskGrid.Gateway.Problems;

/// <summary>
/// What becomes of an exception: a part that is away is 503, anything else is our fault and 500. The answer never says more; the log does.
/// </summary>
internal sealed partial class FaultAnswer(ILogger<FaultAnswer> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested) return true;
        var problem = Of(exception);
        if (problem.Status == StatusCodes.Status500InternalServerError) LogFault(logger, exception, httpContext.Request.Method, Route(httpContext));
        else LogRefused(logger, problem.Status, exception.GetType().Name, httpContext.Request.Method, Route(httpContext));
        await ProblemAnswer.WriteAsync(httpContext, problem);
        return true;
    }

    private static Problem Of(Exception exception) => exception switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Refusals.TooLarge("The body is over the limit."),
        BadHttpRequestException bad => Refusals.Invalid("The request could not be read.", bad.StatusCode is >= 400 and < 500 ? bad.StatusCode : 400),
        NpgsqlException { IsTransient: true } or PostgresException { SqlState: "57P01" or "57P02" or "57P03" } => Refusals.Unavailable(),
        TimeoutException or OrleansException or OperationCanceledException => Refusals.Unavailable(),
        _ => Refusals.Internal(),
    };

    // The route's pattern, never the path: ids are harmless, but a search has a person's words in it.
    private static string Route(HttpContext context) =>
        (context.Features.Get<IExceptionHandlerPathFeature>()?.Endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "";

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Route} failed.")]
    private static partial void LogFault(ILogger logger, Exception fault, string method, string route);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Route} was answered {Status} after {Fault}.")]
    private static partial void LogRefused(ILogger logger, int status, string fault, string method, string route);
}

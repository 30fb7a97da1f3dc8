using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using TaskGrid.Gateway.Callers;
using TaskGrid.Gateway.Problems;

namespace TaskGrid.Gateway.Web;

/// <summary>So many requests of one user, or of one address that is not signed in.</summary>
internal static class RequestLimits
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    public static void Configure(RateLimiterOptions options, GatewayLimits limits)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = static (context, _) => new ValueTask(ProblemAnswer.WriteAsync(context.HttpContext, Refusals.RateLimited()));
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => IsWatch(context)
            ? RateLimitPartition.GetNoLimiter("watch")
            : RateLimitPartition.GetTokenBucketLimiter(Key(context), _ => Bucket(limits)));
    }

    // A platform that asks whether we are alive must not be told to come back later.
    private static bool IsWatch(HttpContext context) => context.Request.Path.StartsWithSegments("/health") || context.Request.Path.StartsWithSegments("/metrics");

    private static string Key(HttpContext context) =>
        context.User.FindFirst(Caller.IdClaim)?.Value ?? "at " + context.Connection.RemoteIpAddress;

    private static TokenBucketRateLimiterOptions Bucket(GatewayLimits limits) => new()
    {
        TokenLimit = limits.RequestBurst,
        TokensPerPeriod = Math.Max(1, (int)(limits.RequestsPerSecond * Period.TotalSeconds)),
        ReplenishmentPeriod = Period,
        AutoReplenishment = true,
    };
}

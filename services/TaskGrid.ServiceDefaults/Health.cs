using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TaskGrid.ServiceDefaults;

/// <summary>
/// The three questions an operator's platform asks. Live: should I be restarted? Startup: am I still beginning?
/// Ready: may I get requests? A check takes part in the questions whose tags it carries.
/// </summary>
public static class Health
{
    /// <summary>Fails only when the process cannot recover by itself. Never tag a check of another process so.</summary>
    public const string Live = "live";

    /// <summary>Passes once the process has begun, and stays so.</summary>
    public const string Startup = "startup";

    /// <summary>Passes while requests can be answered: database reachable, cluster joined, not stopping.</summary>
    public const string Ready = "ready";

    internal static void AddTaskGridHealthChecks(this IHostApplicationBuilder builder) =>
        builder.Services.AddHealthChecks()
            .AddCheck<StartedCheck>("started", tags: [Startup, Ready])
            .AddCheck<NotStoppingCheck>("not-stopping", tags: [Ready]);

    /// <summary>Maps <c>/health/live</c>, <c>/health/startup</c> and <c>/health/ready</c>, open to everybody: they name checks, no data.</summary>
    public static IEndpointRouteBuilder MapTaskGridHealth(this IEndpointRouteBuilder endpoints)
    {
        foreach (var question in (string[])[Live, Startup, Ready])
        {
            endpoints.MapHealthChecks("/health/" + question, new HealthCheckOptions
            {
                Predicate = check => check.Tags.Contains(question),
                ResponseWriter = HealthAnswer.WriteAsync,
            }).AllowAnonymous();
        }

        return endpoints;
    }
}

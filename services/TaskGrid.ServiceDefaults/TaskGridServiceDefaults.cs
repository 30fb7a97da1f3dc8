using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace TaskGrid.ServiceDefaults;

/// <summary>What every TaskGrid process does alike, so that operators meet one shape everywhere.</summary>
public static class TaskGridServiceDefaults
{
    /// <summary>
    /// How long a process may take to answer what it has begun. Longer than a grain call's deadline (10 s),
    /// shorter than the 30 s after which container platforms kill.
    /// </summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Adds telemetry, health checks and the graceful shutdown deadline.</summary>
    public static TBuilder AddTaskGridServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.AddTaskGridTelemetry();
        builder.AddTaskGridHealthChecks();
        return builder;
    }
}

using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace TaskGrid.ServiceDefaults;

/// <summary>Traces and metrics: always scrapable, exported over OTLP only where a collector is named.</summary>
public static class Telemetry
{
    /// <summary>The name under which TaskGrid's own activity sources and meters are made; parts add ".Part".</summary>
    public const string Source = "TaskGrid";

    private const string CollectorSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Sources = [Source, Source + ".*", "Microsoft.Orleans.*", "Npgsql", "MassTransit"];

    private static readonly string[] Meters = [Source, Source + ".*", "Microsoft.Orleans", "Npgsql", "MassTransit", "System.Runtime"];

    internal static void AddTaskGridTelemetry(this IHostApplicationBuilder builder)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(
                builder.Environment.ApplicationName,
                serviceVersion: Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion))
            .WithTracing(tracing => tracing
                .AddAspNetCoreInstrumentation(web => web.Filter = IsWorthATrace)
                .AddSource(Sources))
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddMeter(Meters)
                .AddPrometheusExporter());

        if (string.IsNullOrWhiteSpace(builder.Configuration[CollectorSetting])) return;
        builder.Logging.AddOpenTelemetry(logs => logs.IncludeScopes = true);
        telemetry.UseOtlpExporter();
    }

    /// <summary>Maps the Prometheus scrape endpoint. The caller decides who may read it.</summary>
    public static IEndpointConventionBuilder MapTaskGridMetrics(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPrometheusScrapingEndpoint("/metrics");

    // Probes come every second or so and tell nothing that the metrics do not.
    private static bool IsWorthATrace(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/health") && !context.Request.Path.StartsWithSegments("/metrics");
}

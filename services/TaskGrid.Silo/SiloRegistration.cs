using TaskGrid.EventStore.Marten;
using TaskGrid.Grains;
using TaskGrid.Grains.Ports;
using TaskGrid.ServiceDefaults;

namespace TaskGrid.Silo;

/// <summary>Everything that a silo is made of.</summary>
public static class SiloRegistration
{
    /// <summary>Adds the grains, the log that they write and the bell that they ring.</summary>
    public static IHostApplicationBuilder AddTaskGridSilo(this IHostApplicationBuilder builder)
    {
        var settings = TaskGridSettings.From(builder.Configuration);
        builder.Services.AddSingleton(settings);
        builder.AddTaskGridBus(settings);
        builder.Services.AddTaskGridEventStore(settings.Database);
        builder.Services.AddTaskGridGrains();
        builder.Services.AddSingleton<BusBell>();
        builder.Services.AddSingleton<IChangeBell>(services => services.GetRequiredService<BusBell>());
        builder.Services.AddHostedService(services => services.GetRequiredService<BusBell>());
        builder.Services.AddHostedService<SchemaPreparation>();
        builder.Logging.AddFilter("Polly", LogLevel.Warning);
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        builder.UseOrleans(silo => ClusterMembership.Configure(silo, settings));
        return builder;
    }
}

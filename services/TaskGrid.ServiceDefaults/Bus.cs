using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using RabbitMQ.Client;
using TaskGrid.Contracts;

namespace TaskGrid.ServiceDefaults;

/// <summary>
/// The bus of this process: one, however many services it hosts. It is a nudge beside the log, so nobody waits for it at the start and
/// a process without it is ready.
/// </summary>
public static class Bus
{
    /// <summary>Adds the bus, once.</summary>
    public static void AddTaskGridBus(this IHostApplicationBuilder builder, TaskGridSettings settings)
    {
        if (builder.Services.Any(service => service.ServiceType == typeof(IBus))) return;
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.ConfigureHealthCheckOptions(check =>
            {
                check.Name = "bus";
                check.MinimalFailureStatus = HealthStatus.Degraded;
                check.Tags.Clear();
                check.Tags.Add(Health.Ready);
            });
            if (settings.HasBroker) bus.UsingRabbitMq((_, broker) => Configure(broker, new Uri(settings.Bus)));
            else bus.UsingInMemory();
        });
    }

    /// <summary>
    /// Takes what the bus says of one organization, or, without a broker, of all: in one process nothing is saved by routing.
    /// </summary>
    public static void BindTo<T>(this IReceiveEndpointConfigurator endpoint, Guid organization) where T : class
    {
        if (endpoint is not IRabbitMqReceiveEndpointConfigurator broker) return;
        endpoint.ConfigureConsumeTopology = false;
        broker.Bind<T>(binding =>
        {
            binding.ExchangeType = ExchangeType.Direct;
            binding.RoutingKey = RoutingKey(organization);
        });
    }

    private static void Configure(IRabbitMqBusFactoryConfigurator broker, Uri address)
    {
        // The user name and password stand in the address, as everywhere with AMQP.
        var user = address.UserInfo.Split(':', 2);
        broker.Host(address.Host, (ushort)(address.IsDefaultPort || address.Port < 0 ? 5672 : address.Port), VirtualHost(address), host =>
        {
            host.Username(Uri.UnescapeDataString(user[0].Length > 0 ? user[0] : "guest"));
            host.Password(Uri.UnescapeDataString(user.Length > 1 ? user[1] : "guest"));
            host.Heartbeat(TimeSpan.FromSeconds(10));
            if (address.Scheme == "amqps") host.UseSsl(_ => { });
        });
        Route<OrganizationAdvanced>(broker, message => message.Organization);
        Route<PresenceShown>(broker, message => message.Organization);
    }

    private static void Route<T>(IRabbitMqBusFactoryConfigurator broker, Func<T, Guid> organization) where T : class
    {
        broker.Publish<T>(topology => topology.ExchangeType = ExchangeType.Direct);
        broker.Send<T>(topology => topology.UseRoutingKeyFormatter(context => RoutingKey(organization(context.Message))));
    }

    private static string VirtualHost(Uri address) => address.AbsolutePath.Trim('/') is { Length: > 0 } name ? Uri.UnescapeDataString(name) : "/";

    private static string RoutingKey(Guid organization) => organization.ToString("D");
}

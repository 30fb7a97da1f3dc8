using System.Net;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Hosting;
using TaskGrid.EventStore.Marten.Schemas;
using TaskGrid.ServiceDefaults;

namespace TaskGrid.Gateway;

/// <summary>The way from a gateway to silos in other processes.</summary>
public static class ClusterClient
{
    /// <summary>Adds the Orleans client. It goes on trying for as long as no silo is there; the process is alive meanwhile, and not ready.</summary>
    public static IHostApplicationBuilder AddTaskGridClusterClient(this IHostApplicationBuilder builder)
    {
        var settings = TaskGridSettings.From(builder.Configuration);
        builder.Services.Configure<HostOptions>(host => host.ServicesStartConcurrently = true);
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(cluster => cluster.ClusterId = cluster.ServiceId = settings.ClusterId);
            client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(10));
            client.Configure<GatewayOptions>(gateway => gateway.GatewayListRefreshPeriod = TimeSpan.FromSeconds(2));
            client.UseConnectionRetryFilter(async (_, cancellationToken) =>
            {
                await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
                return true;
            });
            client.AddActivityPropagation();
            client.AddDashboard();
            if (settings.IsClustered)
            {
                client.UseAdoNetClustering(database =>
                {
                    database.Invariant = "Npgsql";
                    database.ConnectionString = OrleansSchema.ConnectionStringFor(settings.Database);
                });
            }
            else
            {
                client.UseStaticClustering(new IPEndPoint(IPAddress.Loopback, settings.GatewayPort));
            }
        });
        return builder;
    }
}

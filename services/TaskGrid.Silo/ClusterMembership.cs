using System.Net;
using Orleans.Configuration;
using Orleans.Dashboard;
using TaskGrid.EventStore.Marten.Schemas;
using TaskGrid.ServiceDefaults;

namespace TaskGrid.Silo;

/// <summary>How silos find each other and notice that one is gone.</summary>
internal static class ClusterMembership
{
    private const string PostgreSql = "Npgsql";

    public static void Configure(ISiloBuilder silo, TaskGridSettings settings)
    {
        if (settings.IsClustered) UseDatabase(silo, settings);
        else silo.UseLocalhostClustering(settings.SiloPort, settings.GatewayPort, null, settings.ClusterId, settings.ClusterId);
        silo.Configure<ClusterMembershipOptions>(NoticeDeathSoon);
        // A caller that hears nothing for this long asks again; all that it asks for may be repeated.
        silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(10));
        silo.AddActivityPropagation();
        silo.AddDashboard(dashboard =>
        {
            dashboard.HideTrace = true;
            dashboard.CounterUpdateIntervalMs = 2000;
            dashboard.HistoryLength = 100;
        });
    }

    private static void UseDatabase(ISiloBuilder silo, TaskGridSettings settings)
    {
        silo.Configure<ClusterOptions>(cluster => cluster.ClusterId = cluster.ServiceId = settings.ClusterId);
        silo.ConfigureEndpoints(IPAddress.Parse(settings.AdvertisedAddress), settings.SiloPort, settings.GatewayPort, listenOnAnyHostAddress: false);
        silo.UseAdoNetClustering(database =>
        {
            database.Invariant = PostgreSql;
            database.ConnectionString = OrleansSchema.ConnectionStringFor(settings.Database);
        });
    }

    // Measured: a killed silo's grains answer again after about a second. Half of it risks false deaths on busy cores.
    private static void NoticeDeathSoon(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(1);
        membership.NumMissedProbesLimit = 2;
        membership.NumVotesForDeathDeclaration = 1;
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(2);
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(2);
        membership.DefunctSiloCleanupPeriod = TimeSpan.FromMinutes(1);
        membership.DefunctSiloExpiration = TimeSpan.FromMinutes(5);
    }
}

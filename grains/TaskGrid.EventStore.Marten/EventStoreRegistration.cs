using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using TaskGrid.EventStore.Marten.Commits;
using TaskGrid.EventStore.Marten.Queries;
using TaskGrid.EventStore.Marten.Reading;
using TaskGrid.Grains.Ports;

namespace TaskGrid.EventStore.Marten;

/// <summary>Puts the log on PostgreSQL into a host.</summary>
public static class EventStoreRegistration
{
    /// <summary>Registers the committer, the state reader and the queries. The schema is brought up by <see cref="Schemas.EventStoreSchema"/> before they are used.</summary>
    public static IServiceCollection AddTaskGridEventStore(this IServiceCollection services, string connectionString)
    {
        services.TryAddSingleton(_ => EventStoreDatabase.Open(connectionString));
        services.TryAddSingleton<IDocumentStore>(provider => MartenStore.Open(provider.GetRequiredService<NpgsqlDataSource>()));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IEventCommitter, MartenEventCommitter>();
        services.TryAddSingleton<IStateReader, MartenStateReader>();
        services.TryAddSingleton<IOrganizationQueries, OrganizationQueries>();
        return services;
    }
}

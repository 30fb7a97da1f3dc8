using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace TaskGrid.EventStore.Marten.Accounts;

/// <summary>Wires the stores of accounts.</summary>
public static class AccountRegistration
{
    /// <summary>
    /// Accounts on a connection pool of their own: a burst of sign-ins must not take the log's connections, nor the other way round.
    /// </summary>
    public static IServiceCollection AddTaskGridAccounts(this IServiceCollection services, string connectionString)
    {
        services.TryAddKeyedSingleton(typeof(AccountStore), (_, _) => Open(connectionString));
        services.TryAddSingleton<IAccountStore>(provider => new AccountStore(Pool(provider)));
        services.TryAddSingleton<IRefreshTokenStore>(provider => new RefreshTokenStore(Pool(provider)));
        services.TryAddSingleton<ILiveTicketStore>(provider => new LiveTicketStore(Pool(provider)));
        return services;
    }

    /// <summary>Makes the tables that are missing.</summary>
    public static Task ApplyAccountSchemaAsync(this IServiceProvider services, CancellationToken cancellationToken) =>
        AccountSchema.ApplyAsync(Pool(services), cancellationToken);

    private static NpgsqlDataSource Pool(IServiceProvider services) => services.GetRequiredKeyedService<NpgsqlDataSource>(typeof(AccountStore));

    private static NpgsqlDataSource Open(string connectionString) => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "taskgrid-accounts", MaxPoolSize = 20, MaxAutoPrepare = 20 });
}

using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TaskGrid.EventStore.Marten.Queries;

namespace TaskGrid.Gateway.Ops;

/// <summary>Whether the database answers.</summary>
internal sealed class DatabaseCheck(IOrganizationQueries queries) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await queries.HeadsAsync([new(Guid.Empty)], cancellationToken);
        return HealthCheckResult.Healthy();
    }
}

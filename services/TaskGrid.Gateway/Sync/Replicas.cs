using TaskGrid.Contracts;
using TaskGrid.EventStore.Marten.Queries;
using TaskGrid.Gateway.Callers;

namespace TaskGrid.Gateway.Sync;

/// <summary>A replica belongs to the user who first pushed with it; nobody else even reads as it.</summary>
internal static class Replicas
{
    public static async Task<bool> IsOfAnotherAsync(
        IOrganizationQueries queries, Membership membership, ReplicaId replica, CancellationToken cancellationToken) =>
        await queries.ReplicaOwnerAsync(membership.Organization, replica, cancellationToken) is { } owner && owner != membership.User;
}

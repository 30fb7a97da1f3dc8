using TaskGrid.Contracts;

namespace TaskGrid.Gateway.Live;

/// <summary>Who is at the other end of a connection, and where.</summary>
/// <param name="User">Who.</param>
/// <param name="Organization">The organization.</param>
/// <param name="Replica">The store.</param>
/// <param name="Expires">When a fresh token is due.</param>
internal sealed record LiveSession(UserId User, OrganizationId Organization, ReplicaId Replica, DateTimeOffset Expires);

using TaskGrid.Contracts;

namespace TaskGrid.Domain;

/// <summary>Who made a change, with what right.</summary>
/// <param name="User">Who.</param>
/// <param name="Replica">From which store.</param>
/// <param name="Role">The role when the server took it in.</param>
public sealed record Author(UserId User, ReplicaId Replica, Role Role);

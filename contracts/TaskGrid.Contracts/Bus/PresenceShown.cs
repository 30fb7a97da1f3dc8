namespace TaskGrid.Contracts;

/// <summary>Where somebody is, on its way to the connections at other gateways. Never stored; losing it costs nothing.</summary>
/// <param name="Organization">The organization.</param>
/// <param name="Gateway">The gateway that it came in at, which has shown it to its own connections.</param>
/// <param name="Frame">The frame as connections get it.</param>
public sealed record PresenceShown(Guid Organization, Guid Gateway, string Frame);

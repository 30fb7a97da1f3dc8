namespace TaskGrid.Contracts;

/// <summary>A nudge on the bus, one a commit: the organization's log now reaches <paramref name="To"/>. Losing it costs latency, never data.</summary>
/// <param name="Organization">The organization.</param>
/// <param name="From">The head before.</param>
/// <param name="To">The head now.</param>
/// <param name="Changes">The canonical changes in (From, To] as a JSON array, where they fit 64 KiB; else null, and the gateway pulls.</param>
public sealed record OrganizationAdvanced(Guid Organization, long From, long To, string? Changes);

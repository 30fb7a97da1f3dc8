using TaskGrid.Contracts;

namespace TaskGrid.Domain;

/// <summary>What every event of a change carries.</summary>
/// <param name="Seq">The change's place in the organization's log. Events that ride on a change (a conflict, a cascade) carry its seq.</param>
/// <param name="Origin">Replica and number; null for what was done through the organization's own endpoints.</param>
/// <param name="User">Who did it.</param>
/// <param name="Time">The server's time.</param>
/// <param name="At">The adjusted stamp.</param>
/// <param name="AtSent">The stamp as sent.</param>
/// <param name="Clock">What the author had seen; null as <paramref name="Origin"/>.</param>
public sealed record EventMeta(long Seq, Origin? Origin, UserId User, DateTimeOffset Time, Stamp At, Stamp AtSent, CausalClock? Clock);

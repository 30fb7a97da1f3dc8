using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>Who had seen what, read off the compact clocks of the protocol.</summary>
public static class Causality
{
    /// <summary>
    /// True if the change <paramref name="author"/> with <paramref name="clock"/> covers another one: by its base, as the author's own
    /// earlier one, or as one of the author's replicas before a fork.
    /// </summary>
    /// <param name="clock">The clock of the change that may cover.</param>
    /// <param name="author">Replica and number of the change that may cover.</param>
    /// <param name="seq">The place of the other one in the log.</param>
    /// <param name="other">Its origin; null if the server made it, so that only the base can cover it.</param>
    public static bool Covers(CausalClock clock, Origin author, long seq, Origin? other) =>
        seq <= clock.Base || (other is { } origin && IsOwn(clock, author, origin));

    /// <summary>True if <paramref name="other"/> is an earlier change of the author's own, from this replica or from one before a fork.</summary>
    public static bool IsOwn(CausalClock clock, Origin author, Origin other) =>
        other.Replica == author.Replica
            ? other.N < author.N
            : !clock.Replicas.IsEmpty && clock.Replicas.TryGetValue(other.Replica, out long n) && other.N <= n;
}

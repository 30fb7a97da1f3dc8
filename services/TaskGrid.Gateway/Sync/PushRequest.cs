using System.Collections.Immutable;
using TaskGrid.Contracts;
using TaskGrid.Grains;

namespace TaskGrid.Gateway.Sync;

/// <summary>A push as it was sent, its form checked.</summary>
/// <param name="Organization">Whose log.</param>
/// <param name="Replica">From which store.</param>
/// <param name="History">The log's identity as the client knows it.</param>
/// <param name="Since">Where the answer's pull begins; null for none.</param>
/// <param name="Changes">At least their numbers could be read, and these ascend.</param>
internal sealed record PushRequest(
    OrganizationId Organization, ReplicaId Replica, string? History, long? Since, ImmutableArray<SentChange> Changes);

/// <summary>What became of reading something that was sent.</summary>
/// <typeparam name="T">What it should be.</typeparam>
internal abstract record Reading<T>
{
    private Reading() { }

    /// <summary>It is one.</summary>
    public sealed record Read(T Value) : Reading<T>;

    /// <summary>It is none.</summary>
    public sealed record Refused(Problem Problem) : Reading<T>;
}

using System.Collections.Immutable;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation;

/// <summary>A server that a scenario is played against: the simulated one, or a real one over HTTP.</summary>
internal interface IServerSide
{
    /// <summary>The organization that all devices share.</summary>
    OrganizationId Organization { get; }

    /// <summary>A user's own way to the server, without any network's faults.</summary>
    ITransport TransportOf(Person person);

    /// <summary>Changes somebody's role, as the owner; null removes. False where the server did not take it in.</summary>
    Task<bool> SetRoleAsync(Person person, Role? role);

    /// <summary>Does something to the server that only it can suffer: a crash, a cut commit. What it was is counted.</summary>
    Task DisturbAsync(Random random, Counts counts);

    /// <summary>Remembers the state for a later <see cref="RestoreAsync"/>; false where this server cannot.</summary>
    bool Save();

    /// <summary>Goes back to the saved state, as a restored backup does; false where there is none.</summary>
    Task<bool> RestoreAsync();

    /// <summary>The disturbances end, and the server answers.</summary>
    Task CalmAsync();

    /// <summary>All that the server holds at the end.</summary>
    Task<ServerTruth> TruthAsync();
}

/// <summary>What a server holds.</summary>
/// <param name="Head">The last seq.</param>
/// <param name="Digest">Of the tasks.</param>
/// <param name="History">The log's identity.</param>
/// <param name="Log">The canonical changes, as every client gets them.</param>
/// <param name="Tasks">The tasks' lines as stored.</param>
/// <param name="Conflicts">The conflicts as stored.</param>
internal sealed record ServerTruth(
    long Head,
    string Digest,
    string History,
    ImmutableArray<CanonicalChange> Log,
    ImmutableArray<TaskLine> Tasks,
    ImmutableArray<ConflictNote> Conflicts)
{
    /// <summary>Differences between what is stored and what the events say, where the server can be asked for its events.</summary>
    public ImmutableArray<string> ReplayDifferences { get; init; } = [];
}

using System.Collections.Immutable;
using TaskGrid.Contracts;

namespace TaskGrid.EventStore.Marten.Accounts;

/// <summary>Refresh tokens, known here by their hashes only. A family is what descends from one sign-in.</summary>
public interface IRefreshTokenStore
{
    /// <summary>Begins a family with its first token.</summary>
    Task StartAsync(UserId user, ImmutableArray<byte> hash, DateTimeOffset now, DateTimeOffset expires, CancellationToken cancellationToken);

    /// <summary>
    /// Uses a token up and puts its successor in its place. The same token with the same attempt within the grace is repeated; any other
    /// second use revokes the family. Two callers at once are taken one after the other.
    /// </summary>
    Task<RotationOutcome> RotateAsync(Rotation rotation, CancellationToken cancellationToken);

    /// <summary>Revokes the family of a token; an unknown token is no matter.</summary>
    Task RevokeAsync(ImmutableArray<byte> hash, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>A refresh.</summary>
/// <param name="Hash">Of the token that is used.</param>
/// <param name="Successor">Of the token that takes its place.</param>
/// <param name="Attempt">The caller's id of this try; null where it gave none, and then no repeat is known for one.</param>
/// <param name="Now">The time.</param>
/// <param name="Expires">When the successor ends.</param>
/// <param name="Grace">How long a repeat answers the same.</param>
public sealed record Rotation(
    ImmutableArray<byte> Hash, ImmutableArray<byte> Successor, Guid? Attempt, DateTimeOffset Now, DateTimeOffset Expires, TimeSpan Grace);

/// <summary>What became of a refresh.</summary>
public abstract record RotationOutcome
{
    private RotationOutcome() { }

    /// <summary>Rotated, now or by the same attempt before.</summary>
    /// <param name="User">Whose.</param>
    /// <param name="At">When the token was used first; the answer to a repeat is made as of then.</param>
    public sealed record Rotated(UserId User, DateTimeOffset At) : RotationOutcome;

    /// <summary>Unknown, expired or revoked.</summary>
    public sealed record Refused : RotationOutcome;

    /// <summary>Used twice: the family is revoked.</summary>
    /// <param name="User">Whose.</param>
    public sealed record Reused(UserId User) : RotationOutcome;
}

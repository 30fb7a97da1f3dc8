using System.Collections.Immutable;
using TaskGrid.Contracts;

namespace TaskGrid.Grains;

/// <summary>A push, read and authenticated by the gateway.</summary>
/// <param name="User">Who.</param>
/// <param name="Replica">From which store.</param>
/// <param name="History">The log's identity as the client knows it; null where it does not say.</param>
/// <param name="Changes">In order of n, without gaps among themselves is not yet checked.</param>
[GenerateSerializer, Immutable, Alias("PushCommand")]
public sealed record PushCommand(
    [property: Id(0)] UserId User,
    [property: Id(1)] ReplicaId Replica,
    [property: Id(2)] string? History,
    [property: Id(3)] ImmutableArray<SentChange> Changes);

/// <summary>One change of a push.</summary>
/// <param name="N">Its number.</param>
/// <param name="Hash">SHA-256 of its canonical JSON as sent.</param>
/// <param name="Change">The change; null where it could not be read.</param>
/// <param name="Fault">Why it could not be read, for a person.</param>
/// <param name="Subject">What it is about where it could not be read, as far as that much could be.</param>
[GenerateSerializer, Immutable, Alias("SentChange")]
public sealed record SentChange(
    [property: Id(0)] long N,
    [property: Id(1)] ImmutableArray<byte> Hash,
    [property: Id(2)] Change? Change,
    [property: Id(3)] string? Fault,
    [property: Id(4)] ChangeSubject? Subject = null);

/// <summary>What became of a push: answered per change, or refused as a whole.</summary>
[GenerateSerializer, Immutable, Alias("PushOutcome")]
public abstract record PushOutcome
{
    private PushOutcome() { }

    /// <summary>Taken in: durable.</summary>
    /// <param name="Results">One for each change.</param>
    /// <param name="Head">The log's last seq.</param>
    /// <param name="History">The log's identity.</param>
    /// <param name="ServerTime">The server's time.</param>
    [GenerateSerializer, Immutable, Alias("PushOutcome.Taken")]
    public sealed record Taken(
        [property: Id(0)] ImmutableArray<ChangeResult> Results,
        [property: Id(1)] long Head,
        [property: Id(2)] string History,
        [property: Id(3)] DateTimeOffset ServerTime) : PushOutcome;

    /// <summary>Refused as a whole: nothing was taken in and no number used up.</summary>
    /// <param name="Problem">404 not_found, 403 replica_taken, 409 gap or replica_forked, 410 resync, 503 unavailable.</param>
    [GenerateSerializer, Immutable, Alias("PushOutcome.Refused")]
    public sealed record Refused([property: Id(0)] Problem Problem) : PushOutcome;
}

/// <summary>What a user may do in an organization.</summary>
/// <param name="Role">The role; null for one who is no member, and for an organization that does not exist.</param>
/// <param name="Name">The organization's name; null as well then.</param>
/// <param name="Head">The log's last seq.</param>
/// <param name="History">The log's identity.</param>
[GenerateSerializer, Immutable, Alias("AccessOutcome")]
public sealed record AccessOutcome(
    [property: Id(0)] Role? Role,
    [property: Id(1)] string? Name,
    [property: Id(2)] long Head,
    [property: Id(3)] string? History);

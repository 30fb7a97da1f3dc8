using System.Collections.Immutable;
using TaskGrid.Contracts;
using TaskGrid.Grains;

namespace TaskGrid.Gateway.Live;

/// <summary>What a client says: a closed family.</summary>
internal abstract record LiveMessage
{
    private LiveMessage() { }

    /// <summary>The first frame, and only that.</summary>
    public sealed record Hello(string? AccessToken, string? Ticket, OrganizationId Organization, ReplicaId Replica, long Since, string? History) : LiveMessage;

    /// <summary>Changes.</summary>
    public sealed record PushChanges(ImmutableArray<SentChange> Changes) : LiveMessage;

    /// <summary>A push that was refused by its form alone.</summary>
    public sealed record BadPush(Problem Problem) : LiveMessage;

    /// <summary>A fresh access token.</summary>
    public sealed record Renewal(string Token) : LiveMessage;

    /// <summary>Where its user is; all members may be left out, for nowhere.</summary>
    public sealed record Presence(TaskId? Task, string? Field, string? Cursor) : LiveMessage;

    /// <summary>Are you there?</summary>
    public sealed record Ping : LiveMessage;

    /// <summary>None of these: the connection ends.</summary>
    public sealed record Unfit(LiveClose Close) : LiveMessage;
}

namespace TaskGrid.Client;

/// <summary>How an exchange with the server ended.</summary>
public abstract record SyncOutcome
{
    private SyncOutcome() { }

    /// <summary>All is sent, and the state is that of the log's head.</summary>
    public sealed record UpToDate : SyncOutcome;

    /// <summary>It worked, and there is more to do at once.</summary>
    public sealed record More : SyncOutcome;

    /// <summary>Not now: no network, a busy server. Nothing is lost.</summary>
    /// <param name="Detail">What happened, for a person.</param>
    /// <param name="RetryAfter">When to come back, if the server said so.</param>
    public sealed record NotNow(string Detail, TimeSpan? RetryAfter = null) : SyncOutcome;

    /// <summary>One must sign in again.</summary>
    public sealed record SignIn : SyncOutcome;

    /// <summary>The user is no longer a member: the confirmed state is gone, the outbox is kept.</summary>
    public sealed record AccessLost : SyncOutcome;

    /// <summary>The server speaks of things that this version does not know.</summary>
    /// <param name="Detail">Which.</param>
    public sealed record UpgradeNeeded(string Detail) : SyncOutcome;

    /// <summary>The server refuses, and trying again would not help.</summary>
    /// <param name="Code">One of the protocol's codes.</param>
    /// <param name="Detail">Why, for a person.</param>
    public sealed record Refused(string Code, string Detail) : SyncOutcome;
}

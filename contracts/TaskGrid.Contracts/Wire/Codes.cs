namespace TaskGrid.Contracts;

/// <summary>The stable codes of problems, rejections and refusals: a closed list.</summary>
public static class Codes
{
    /// <summary>A member is missing, unknown or not of its form.</summary>
    public const string Invalid = "invalid";

    /// <summary>The task was created before.</summary>
    public const string Exists = "exists";

    /// <summary>No such task, comment, attachment, definition or conflict.</summary>
    public const string Unknown = "unknown";

    /// <summary>The role or authorship does not allow it.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>It builds on a change of the same push that was rejected.</summary>
    public const string Dependent = "dependent";

    /// <summary>Sealed under a key epoch that is no longer current.</summary>
    public const string StaleEpoch = "stale_epoch";

    /// <summary>The numbers of a push do not follow on; <c>expected</c> says where it should start.</summary>
    public const string Gap = "gap";

    /// <summary>A number was sent before with other content: a copied profile.</summary>
    public const string ReplicaForked = "replica_forked";

    /// <summary>The replica belongs to another user.</summary>
    public const string ReplicaTaken = "replica_taken";

    /// <summary>The log does not hold what the client believes; take a snapshot.</summary>
    public const string Resync = "resync";

    /// <summary>Body, frame or number of changes over the limit.</summary>
    public const string TooLarge = "too_large";

    /// <summary>No such thing, or none that the caller may see.</summary>
    public const string NotFound = "not_found";

    /// <summary>No valid access token.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>Address and password do not match.</summary>
    public const string BadCredentials = "bad_credentials";

    /// <summary>The address has an account.</summary>
    public const string EmailTaken = "email_taken";

    /// <summary>No account has this address.</summary>
    public const string NoSuchUser = "no_such_user";

    /// <summary>The last owner cannot leave or lose the role.</summary>
    public const string LastOwner = "last_owner";

    /// <summary>Too many requests; see Retry-After.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>Not now; nothing was taken in. See Retry-After.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>The protocol version is not served.</summary>
    public const string UpgradeNeeded = "upgrade_needed";

    /// <summary>A fault of the server's own.</summary>
    public const string Internal = "internal";
}

namespace TaskGrid.Gateway;

/// <summary>What the gateway bears, under <c>TaskGrid:Limits</c>. The protocol's own limits are not here: nobody may set those.</summary>
public sealed record GatewayLimits
{
    /// <summary>The configuration section.</summary>
    public const string Section = "TaskGrid:Limits";

    /// <summary>Requests of one user (or, signed out, one address) a second, lasting.</summary>
    public int RequestsPerSecond { get; init; } = 200;

    /// <summary>And at once.</summary>
    public int RequestBurst { get; init; } = 1000;

    /// <summary>Sign-ins and registrations of one address at once; each costs a password hash. One comes back every 200 ms.</summary>
    public int SignInBurst { get; init; } = 300;

    /// <summary>Failed sign-ins of one account from one address at once. One comes back every 6 s.</summary>
    public int FailureBurst { get; init; } = 10;

    /// <summary>Failed sign-ins of one account from anywhere at once. One comes back every 6 s.</summary>
    public int AccountFailureBurst { get; init; } = 100;

    /// <summary>How long a live connection may take to say hello.</summary>
    public TimeSpan HelloTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one frame may take to be read by its client before the connection is dropped.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many frames wait for one connection; changes beyond it are read from the log when it catches up.</summary>
    public int SendQueue { get; init; } = 64;

    /// <summary>Frames of one connection a second, lasting; more at once is the tenfold. Beyond it the connection is closed with 4429.</summary>
    public int FramesPerSecond { get; init; } = 50;

    /// <summary>Presence frames of one connection a second; more are not passed on.</summary>
    public int PresencePerSecond { get; init; } = 10;

    /// <summary>How often the heads of organizations with connections are looked at, in case a ring was lost.</summary>
    public TimeSpan HeadWatch { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a grain is tried before the caller is told to come back.</summary>
    public TimeSpan GrainDeadline { get; init; } = TimeSpan.FromSeconds(10);
}

namespace TaskGrid.Gateway.Live;

/// <summary>Why a connection is closed: the codes of the protocol, a closed list.</summary>
internal sealed record LiveClose(int Code, string Reason)
{
    public static readonly LiveClose Done = new(1000, "bye");
    public static readonly LiveClose GoingAway = new(1001, "the server stops; connect again");
    public static readonly LiveClose Fault = new(1011, "a fault of the server's own");
    public static readonly LiveClose BadFrame = new(4400, "bad frame");
    public static readonly LiveClose SignIn = new(4401, "sign in again");
    public static readonly LiveClose Revoked = new(4403, "access revoked");
    public static readonly LiveClose Resync = new(4410, "resync");
    public static readonly LiveClose TooLarge = new(4413, "frame too large");
    public static readonly LiveClose Update = new(4426, "update needed");
    public static readonly LiveClose SlowDown = new(4429, "slow down");

    /// <summary>A bad frame, with what is bad about it, in words of ours only.</summary>
    public static LiveClose Bad(string what) => BadFrame with { Reason = what.Length <= 100 ? what : BadFrame.Reason };
}

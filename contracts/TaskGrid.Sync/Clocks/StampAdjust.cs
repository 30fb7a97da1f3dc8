using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>How the server adjusts stamps before they count.</summary>
public static class StampAdjust
{
    /// <summary>How far a stamp may be ahead of the server, in milliseconds.</summary>
    public const long Tolerance = 60_000;

    /// <summary>Holds a stamp that is too far ahead to the server's own time.</summary>
    /// <param name="sent">The stamp as sent.</param>
    /// <param name="serverNow">The server's time in unix milliseconds.</param>
    public static Stamp Hold(Stamp sent, long serverNow) => sent.Wall > serverNow + Tolerance ? new Stamp(serverNow, 0) : sent;

    /// <summary>Raises a stamp above one that its write covers, so that a later write never looks earlier.</summary>
    public static Stamp Above(Stamp stamp, Stamp covered) => stamp > covered ? stamp : covered.Next();
}

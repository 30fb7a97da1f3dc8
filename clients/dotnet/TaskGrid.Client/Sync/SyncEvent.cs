namespace TaskGrid.Client;

/// <summary>What a sync tells whoever watches it.</summary>
public abstract record SyncEvent
{
    private SyncEvent() { }

    /// <summary>Changes were sent and answered.</summary>
    /// <param name="Answered">How many.</param>
    /// <param name="Left">How many are left to send.</param>
    public sealed record Pushed(int Answered, long Left) : SyncEvent;

    /// <summary>The server refused changes; they are on the list of refused ones.</summary>
    /// <param name="Count">How many.</param>
    public sealed record Rejected(int Count) : SyncEvent;

    /// <summary>The confirmed state moved.</summary>
    /// <param name="Base">To this seq.</param>
    /// <param name="Head">Of so many.</param>
    public sealed record Pulled(long Base, long Head) : SyncEvent;

    /// <summary>A snapshot is being loaded.</summary>
    /// <param name="Done">So many tasks.</param>
    /// <param name="Total">Of so many.</param>
    public sealed record Loading(long Done, long Total) : SyncEvent;

    /// <summary>The whole state was taken anew.</summary>
    /// <param name="Reason">Why, for a person.</param>
    public sealed record Resynced(string Reason) : SyncEvent;

    /// <summary>The changes go on under a new replica id.</summary>
    /// <param name="Reason">Why, for a person.</param>
    public sealed record Renamed(string Reason) : SyncEvent;

    /// <summary>The digest of the state differs from the server's, and a snapshot was taken for it not long ago.</summary>
    public sealed record DigestDiffers : SyncEvent;

    /// <summary>The live connection came up or went down.</summary>
    /// <param name="Up">It is up.</param>
    public sealed record Live(bool Up) : SyncEvent;

    /// <summary>It did not work, and will be tried again.</summary>
    /// <param name="Detail">What happened.</param>
    /// <param name="In">When.</param>
    public sealed record Retrying(string Detail, TimeSpan In) : SyncEvent;
}

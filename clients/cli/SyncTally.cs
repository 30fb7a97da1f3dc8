using TaskGrid.Client;

namespace TaskGrid.Cli;

/// <summary>Counts what a sync did, and passes it on to whoever draws it.</summary>
internal sealed class SyncTally(Action<SyncEvent>? draw = null) : IProgress<SyncEvent>
{
    private long? first;

    public int Sent { get; private set; }

    public int Rejected { get; private set; }

    public long Base { get; private set; }

    /// <summary>Changes of others, and own ones of other devices.</summary>
    public long Received => Math.Max(0, Base - (first ?? Base) - Accepted);

    private int Accepted => Sent - Rejected;

    public List<string> Notes { get; } = [];

    /// <summary>Counts received changes from here.</summary>
    public void From(long seq) => first = Base = seq;

    public void Report(SyncEvent value)
    {
        switch (value)
        {
            case SyncEvent.Pushed pushed:
                Sent += pushed.Answered;
                break;
            case SyncEvent.Rejected rejected:
                Rejected += rejected.Count;
                break;
            case SyncEvent.Pulled pulled:
                Base = pulled.Base;
                break;
            case SyncEvent.Resynced resynced:
                Notes.Add($"The whole state was fetched anew: {resynced.Reason}.");
                break;
            case SyncEvent.Renamed renamed:
                Notes.Add($"This data folder goes on under a new device id: {renamed.Reason}.");
                break;
            case SyncEvent.DigestDiffers:
                Notes.Add("The state differs from the server's. Please report this; it is fetched anew at a later sync.");
                break;
        }
        draw?.Invoke(value);
    }
}

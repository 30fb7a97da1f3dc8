using System.Collections.Concurrent;

namespace TaskGrid.Simulation;

/// <summary>What a run can say that it did. A run that did too little of something proves nothing about it.</summary>
internal enum Count
{
    Seeds,
    ChangesMade,
    Composed,
    ChangesInLogs,
    ConcurrentPairs,
    ConflictRegister,
    ConflictReassigned,
    ConflictTextOverlap,
    ConflictDeletedEdited,
    ConflictOrphaned,
    ConflictCycle,
    Resolves,
    Rejected,
    RefusedLocally,
    RequestsDropped,
    AnswersDropped,
    RequestsRepeated,
    FramesTaken,
    FramesLostOrTwice,
    PushesTogether,
    WritesDuringSync,
    DeviceCrashed,
    DiskFull,
    ClockMoved,
    ServerKilled,
    CommitCut,
    SecondActivation,
    ServerRestored,
    ProfileCopied,
    ReplicaRenamed,
    Resynced,
    RoleChanged,
    AccessLost,
    DigestBroken,
    Retried,
    ServerStopped,
    BackendsKilled,
    DatabaseRestarted,
    PushesCutOff,
    LiveOpened,
    LiveCut,
    LongPolls,
}

/// <summary>Counters of a run, or of all.</summary>
internal sealed class Counts
{
    private static readonly Count[] OnlyReal =
    [
        Count.ServerStopped, Count.BackendsKilled, Count.DatabaseRestarted, Count.PushesCutOff, Count.LiveOpened, Count.LiveCut, Count.LongPolls,
    ];

    private readonly ConcurrentDictionary<Count, long> values = new();

    /// <summary>What can happen without a real server.</summary>
    public static IEnumerable<Count> Simulated => Enum.GetValues<Count>().Except(OnlyReal);

    public long this[Count count] => values.GetValueOrDefault(count);

    /// <summary>What happened at all.</summary>
    public IEnumerable<Count> Seen => Enum.GetValues<Count>().Where(count => this[count] > 0);

    public void Add(Count count, long by = 1) => values.AddOrUpdate(count, by, (_, known) => known + by);

    public void Add(Counts others)
    {
        foreach (var (count, by) in others.values) Add(count, by);
    }
}

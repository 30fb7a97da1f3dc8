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
    private readonly ConcurrentDictionary<Count, long> values = new();

    public long this[Count count] => values.GetValueOrDefault(count);

    public void Add(Count count, long by = 1) => values.AddOrUpdate(count, by, (_, known) => known + by);

    public void Add(Counts others)
    {
        foreach (var (count, by) in others.values) Add(count, by);
    }
}

using System.Collections.Frozen;

namespace TaskGrid.Simulation;

/// <summary>How much of everything so many seeds must have done at least, for a run without findings to say something.</summary>
internal static class Minima
{
    /// <summary>Below so many seeds chance may leave something out.</summary>
    private const int FewSeeds = 200;

    /// <summary>About half of what a run of 1,000 seeds did.</summary>
    private static readonly FrozenDictionary<Count, double> Least = new Dictionary<Count, double>
    {
        [Count.ChangesMade] = 38,
        [Count.Composed] = 4,
        [Count.ChangesInLogs] = 37,
        [Count.ConcurrentPairs] = 45,
        [Count.ConflictRegister] = 0.3,
        [Count.ConflictReassigned] = 0.16,
        [Count.ConflictTextOverlap] = 0.34,
        [Count.ConflictDeletedEdited] = 0.68,
        [Count.ConflictOrphaned] = 0.18,
        [Count.ConflictCycle] = 0.09,
        [Count.Resolves] = 0.42,
        [Count.RequestsDropped] = 2,
        [Count.AnswersDropped] = 2.4,
        [Count.RequestsRepeated] = 0.5,
        [Count.FramesTaken] = 1.2,
        [Count.FramesLostOrTwice] = 0.35,
        [Count.PushesTogether] = 5.8,
        [Count.WritesDuringSync] = 4.5,
        [Count.DeviceCrashed] = 1.2,
        [Count.DiskFull] = 0.6,
        [Count.ClockMoved] = 1.4,
        [Count.ServerKilled] = 0.36,
        [Count.CommitCut] = 0.75,
        [Count.SecondActivation] = 0.37,
        [Count.ProfileCopied] = 0.2,
        [Count.ReplicaRenamed] = 0.14,
        [Count.DigestBroken] = 0.2,

        // Lower than half: what leads to these was weighted anew after the run that the others are from.
        [Count.Rejected] = 0.8,
        [Count.RefusedLocally] = 0.6,
        [Count.RoleChanged] = 0.45,
        [Count.AccessLost] = 0.3,
        [Count.Resynced] = 0.25,
        [Count.ServerRestored] = 0.03,
        [Count.Retried] = 0.03,
    }.ToFrozenDictionary();

    /// <summary>How often something must happen in a seed on average.</summary>
    public static double Of(Count count) => Least.GetValueOrDefault(count);

    /// <summary>What there was too little of.</summary>
    public static IReadOnlyList<string> Missed(Counts counts)
    {
        var seeds = counts[Count.Seeds];
        if (seeds < FewSeeds) return [];
        return [.. Least.Where(least => counts[least.Key] < least.Value * seeds).Select(least => $"{least.Key}: {counts[least.Key]}, at least {least.Value * seeds:F0}")];
    }
}

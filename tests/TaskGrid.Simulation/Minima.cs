namespace TaskGrid.Simulation;

/// <summary>How much of everything so many seeds must have done at least, for a run without findings to say something.</summary>
internal static class Minima
{
    /// <summary>Below so many seeds chance may leave something out.</summary>
    private const int FewSeeds = 200;

    private static readonly (Count Count, double PerSeed)[] Least = [];

    /// <summary>What there was too little of.</summary>
    public static IReadOnlyList<string> Missed(Counts counts)
    {
        var seeds = counts[Count.Seeds];
        if (seeds < FewSeeds) return [];
        return [.. Least.Where(least => counts[least.Count] < least.PerSeed * seeds).Select(least => $"{least.Count}: {counts[least.Count]}, at least {least.PerSeed * seeds:F0}")];
    }
}

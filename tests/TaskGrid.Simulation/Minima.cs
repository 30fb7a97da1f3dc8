using System.Collections.Frozen;

namespace TaskGrid.Simulation;

/// <summary>How much of everything so many seeds must have done at least, for a run without findings to say something.</summary>
internal static class Minima
{
    /// <summary>Below so many seeds chance may leave something out.</summary>
    private const int FewSeeds = 200;

    private static readonly FrozenDictionary<Count, double> Least = new Dictionary<Count, double>().ToFrozenDictionary();

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

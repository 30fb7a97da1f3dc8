using System.Diagnostics;
using System.Globalization;
using TaskGrid.TestKit;

namespace TaskGrid.Simulation;

/// <summary><c>tests/simulate --real</c>: plays seeds against the real server, and at the end has the operator's program replay the whole log.</summary>
internal static class RealRun
{
    private const int Enough = 25;

    /// <summary>Most of the time a scenario waits for a disk, or for what was killed.</summary>
    private const int AtOnce = 6;

    /// <summary>Below so many seeds chance may leave something out.</summary>
    private const int FewSeeds = 40;

    /// <summary>How much there must be of what only the real server can suffer, a seed.</summary>
    private static readonly (Count Count, double PerSeed)[] Least =
    [
        (Count.ChangesInLogs, 40), (Count.ConcurrentPairs, 20), (Count.ConflictDeletedEdited, 0.5), (Count.DeviceCrashed, 1), (Count.ProfileCopied, 0.1),
        (Count.ServerKilled, 0.05), (Count.BackendsKilled, 2), (Count.DatabaseRestarted, 0.03), (Count.PushesCutOff, 0.4),
        (Count.LiveOpened, 0.5), (Count.LiveCut, 0.1), (Count.LongPolls, 0.1),
    ];

    public static async Task<int> PlayAsync(SimulateOptions options)
    {
        var watch = Stopwatch.StartNew();
        await using var machines = await Machines.StartAsync();
        var (real, counts, logs) = (new RealSimulation(machines), new Counts(), Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "simulate")).FullName);
        var campaign = new Campaign(options.Start, options.Seeds, options.Patience)
        {
            AtOnce = AtOnce,
            Play = seed => real.Play(seed, counts, options.Log ?? Path.Combine(logs, LogOf(seed)), always: options.Log is not null),
        };
        await Task.Run(() => campaign.Run(Enough, Report));
        var differences = await machines.DifferencesAsync();
        foreach (var difference in differences) Console.WriteLine(difference);
        counts.Add(machines.Counts);
        return Sum(counts, campaign.Findings.Count + differences.Count, watch.Elapsed);
    }

    private static int Sum(Counts counts, int findings, TimeSpan time)
    {
        var seeds = counts[Count.Seeds];
        foreach (var count in counts.Seen) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,-22} {counts[count],12:N0}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"took {time.TotalSeconds:F0} s"));
        var little = seeds < FewSeeds ? [] : Least.Where(least => counts[least.Count] < least.PerSeed * seeds).ToArray();
        foreach (var (count, perSeed) in little) Console.WriteLine($"too little of something to prove anything: {count}: {counts[count]}, at least {perSeed * seeds:F0}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seeds} seeds, {findings} findings"));
        return findings == 0 && seeds > 0 && little.Length == 0 ? 0 : 1;
    }

    private static void Report(int seed, Finding finding)
    {
        Console.WriteLine($"seed {seed}: {finding.Check}: {finding.What}");
        Console.WriteLine($"  again: tests/simulate --real --seeds 1 --start {seed}; what came out: artifacts/simulate/{LogOf(seed)}");
    }

    private static string LogOf(int seed) => $"real-{seed}.log";
}

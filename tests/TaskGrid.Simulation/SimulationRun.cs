using System.Diagnostics;
using System.Globalization;

namespace TaskGrid.Simulation;

/// <summary><c>tests/simulate</c>: plays seeds and says what they did and what they found.</summary>
internal static class SimulationRun
{
    private const int Enough = 25;

    public static int Play(SimulateOptions options)
    {
        var watch = Stopwatch.StartNew();
        var campaign = new Campaign(options.Start, options.Seeds, options.Patience) { LogFile = options.Log };
        campaign.Run(Enough, Report);
        var played = campaign.Counts[Count.Seeds];
        foreach (var count in Counts.Simulated)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,-22} {campaign.Counts[count],12:N0}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"took {watch.Elapsed.TotalSeconds:F0} s"));
        var little = Minima.Missed(campaign.Counts);
        foreach (var missed in little) Console.WriteLine($"too little of something to prove anything: {missed}");
        if (options.Record is { } page) RunRecord.Write(page, options, campaign, watch.Elapsed);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{played} seeds, {campaign.Findings.Count} findings"));
        return campaign.Findings.Count == 0 && played > 0 && little.Count == 0 ? 0 : 1;
    }

    private static void Report(int seed, Finding finding)
    {
        Console.WriteLine($"seed {seed}: {finding.Check}: {finding.What}");
        Console.WriteLine($"  again: tests/simulate --seeds 1 --start {seed}");
    }
}

using System.Diagnostics;
using System.Globalization;

namespace TaskGrid.Simulation;

/// <summary><c>tests/simulate --fault NAME</c>: plants a fault and says by which seed it is found.</summary>
internal static class FaultRun
{
    public static int Play(SimulateOptions options)
    {
        var faults = options.Fault == SimulateOptions.AllFaults ? Fault.All : [.. Fault.All.Where(fault => fault.Name == options.Fault)];
        var missed = faults.Count(fault => !IsFound(fault, options));
        Console.WriteLine($"{faults.Length} planted faults, {missed} not found");
        return missed == 0 ? 0 : 1;
    }

    private static bool IsFound(Fault fault, SimulateOptions options)
    {
        var watch = Stopwatch.StartNew();
        Console.WriteLine($"{fault.Name}: {fault.Says}");
        var caught = Hunt.For(fault, options.Start, options.Seeds, options.Patience);
        foreach (var finding in caught.Findings) Console.WriteLine($"  {finding.Check}: {finding.What}");
        var played = string.Create(CultureInfo.InvariantCulture, $"in {caught.Seeds} seeds, {watch.Elapsed.TotalSeconds:F0} s");
        Console.WriteLine(caught.Seed is { } seed ? $"  found {played}; again: tests/simulate --seeds 1 --start {seed} --fault {fault.Name}" : $"  NOT found {played}");
        return caught.Seed is not null;
    }
}

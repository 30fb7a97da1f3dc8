using System.Globalization;

namespace TaskGrid.Benchmarks;

/// <summary>Prints our figure, its floor in the same run, and the ratio.</summary>
internal static class Figures
{
    public static double Median(IEnumerable<double> values) => Percentile(values, 50);

    public static double Percentile(IEnumerable<double> values, double percent)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(percent / 100 * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    public static void Print(string name, string unit, IReadOnlyList<double> ours, IReadOnlyList<double> floor)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: ours {Median(ours):N1} {unit} ({ours.Min():N1}..{ours.Max():N1}), floor {Median(floor):N1} {unit} ({floor.Min():N1}..{floor.Max():N1}), ours/floor {Median(ours) / Median(floor):N3}"));
    }

    /// <summary>Time, processor time and memory of one case.</summary>
    public static void Print(string name, Measurement taken)
    {
        Print(name, "ms", [.. taken.Ours.Select(round => round.Milliseconds)], [.. taken.Floor.Select(round => round.Milliseconds)]);
        Print("    processor", "ms", [.. taken.Ours.Select(round => round.Processor)], [.. taken.Floor.Select(round => round.Processor)]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"    memory: peak {Mebibytes(taken.Peak):N0} MB, {Mebibytes(taken.Peak - taken.Idle):N0} MB above the idle process, {Mebibytes(taken.Peak - taken.Held):N0} MB above the loaded input"));
        Console.WriteLine($"    {taken.Note}");
    }

    private static double Mebibytes(long bytes) => bytes / 1024.0 / 1024.0;
}

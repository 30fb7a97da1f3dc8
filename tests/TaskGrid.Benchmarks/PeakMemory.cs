using System.Globalization;

namespace TaskGrid.Benchmarks;

/// <summary>The memory of this process as the kernel of the system counts it: pages in use, the runtime's own among them.</summary>
internal static class PeakMemory
{
    /// <summary>Now, in bytes.</summary>
    public static long Now() => Read("VmRSS:");

    /// <summary>The highest since <see cref="Forget"/>, in bytes.</summary>
    public static long Highest() => Read("VmHWM:");

    /// <summary>Gives back what is garbage and begins to watch for the highest anew.</summary>
    public static void Forget()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        File.WriteAllText("/proc/self/clear_refs", "5");
    }

    private static long Read(string name)
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return 1024 * long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}

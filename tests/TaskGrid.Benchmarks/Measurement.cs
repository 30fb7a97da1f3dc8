using System.Diagnostics;
using System.Text.Json;
using TaskGrid.TestKit;

namespace TaskGrid.Benchmarks;

/// <summary>What a process of its own measured of one case, so that no case's garbage or warm code is counted to another.</summary>
/// <param name="Ours">Each round.</param>
/// <param name="Floor">Each round of the floor, taken in turn with ours.</param>
/// <param name="Idle">Bytes of the process before it made or read its input.</param>
/// <param name="Held">Bytes before the measured work, the input in memory.</param>
/// <param name="Peak">The highest while the measured work ran once, code being compiled included.</param>
/// <param name="Note">What else is to be said.</param>
internal sealed record Measurement(Spent[] Ours, Spent[] Floor, long Idle, long Held, long Peak, string Note)
{
    /// <summary>Measures in this process: first the peak of one run, then the time of several.</summary>
    public static Measurement Take(int rounds, long idle, Action ours, Action floor, string note)
    {
        PeakMemory.Forget();
        var held = PeakMemory.Now();
        ours();
        var peak = PeakMemory.Highest();
        floor();
        var (times, floors) = (new Spent[rounds], new Spent[rounds]);
        for (var round = 0; round < rounds; round++)
        {
            floors[round] = Time(floor);
            times[round] = Time(ours);
        }
        return new Measurement(times, floors, idle, held, peak, note);
    }

    /// <summary>Runs this program with other arguments, as what it says that it measured.</summary>
    public static async Task<Measurement> OfAsync(bool serverGarbageCollector, params string[] arguments)
    {
        var plan = ProcessPlan.Dotnet(typeof(Measurement).Assembly.Location, arguments).WithVariable("DOTNET_gcServer", serverGarbageCollector ? "1" : "0");
        var (exitCode, standard, all) = await ProcessHost.RunAsync(plan, TimeSpan.FromMinutes(10));
        return exitCode == 0
            ? JsonSerializer.Deserialize<Measurement>(standard.Trim().Split('\n')[^1])!
            : throw new InvalidOperationException($"no figure: {string.Join(' ', arguments)} ended with {exitCode}{Environment.NewLine}{all}");
    }

    public void Say() => Console.WriteLine(JsonSerializer.Serialize(this));

    private static Spent Time(Action action)
    {
        GC.Collect();
        var (watch, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        action();
        return new Spent(watch.Elapsed.TotalMilliseconds, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds);
    }
}

/// <summary>What one round took.</summary>
/// <param name="Milliseconds">Of time.</param>
/// <param name="Processor">Milliseconds of all processors together: where others keep the machine busy, this says what the work costs.</param>
internal readonly record struct Spent(double Milliseconds, double Processor);

using System.Diagnostics;
using System.Globalization;

namespace TaskGrid.Benchmarks.Load;

/// <summary>
/// Organizations of people who work with the real client engine against running gateways: how fast a change reaches everybody else, the
/// longest time in which nothing was acknowledged, and whether anything was lost. Optionally disturbed in the middle.
/// </summary>
internal static class LoadCommand
{
    public static async Task<int> RunAsync(BenchOptions options)
    {
        var gateways = options.Text("gateways").Split(',').Select(url => new Uri(url)).ToArray();
        var (rate, seconds) = (options.Number("rate", 10), options.Number("seconds", 30));
        var folder = Directory.CreateTempSubdirectory("tg-load-");
        try
        {
            var organizations = await Task.WhenAll(Enumerable.Range(0, options.Number("organizations", 2))
                .Select(i => LoadOrganization.StartAsync(gateways, options.Number("users", 5), Path.Combine(folder.FullName, $"org-{i}"))));
            var disturbing = options.Has("disturb") ? Disturb(options.Text("disturb"), options.Number("at", seconds / 3)) : Task.CompletedTask;
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(organizations.Select(o => o.WriteAsync(rate, seconds)));
            await disturbing;
            var lost = (await Task.WhenAll(organizations.Select(o => o.SettleAsync(TimeSpan.FromSeconds(options.Number("settle", 60)))))).SelectMany(l => l).ToList();
            Report(organizations, watch.Elapsed, rate, lost);
            foreach (var organization in organizations) await organization.DisposeAsync();
            return lost.Count == 0 ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Report(LoadOrganization[] organizations, TimeSpan elapsed, int rate, List<string> lost)
    {
        var times = organizations.SelectMany(o => o.Latencies).ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"load: {organizations.Length} organizations x {organizations[0].Users} users x {rate} changes/s, {organizations.Sum(o => o.Written)} changes in {elapsed.TotalSeconds:N0} s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"propagation p50 {Figures.Percentile(times, 50):N0} ms, p99 {Figures.Percentile(times, 99):N0} ms, max {times.Max():N0} ms ({times.Count} arrivals); longest pause of acknowledgements {organizations.Max(o => o.LongestPause.TotalMilliseconds):N0} ms"));
        foreach (var line in lost) Console.WriteLine($"LOST {line}");
        Console.WriteLine(lost.Count == 0 ? "nothing lost: every store, and a fresh one, holds every change; digests are equal" : $"{lost.Count} findings");
    }

    private static async Task Disturb(string command, int after)
    {
        await Task.Delay(TimeSpan.FromSeconds(after));
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", command]))!;
        await process.WaitForExitAsync();
        Console.WriteLine($"disturbed after {after} s: {command} ({process.ExitCode})");
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;

namespace TaskGrid.Simulation;

/// <summary>Many seeds, on all cores, until they are through or the time is.</summary>
internal sealed class Campaign(int start, int seeds, TimeSpan patience)
{
    private readonly ConcurrentQueue<(int Seed, Finding Finding)> findings = new();

    /// <summary>What all of them did together.</summary>
    public Counts Counts { get; } = new();

    /// <summary>What must not be, by seed.</summary>
    public IReadOnlyCollection<(int Seed, Finding Finding)> Findings => findings;

    /// <summary>Plays one seed, tells the counts, and answers with what must not be.</summary>
    public Func<int, Counts, string?, IReadOnlyList<Finding>> Play { get; init; } = Simulation.Play;

    /// <summary>How many are played at once; -1 is as many as there are cores.</summary>
    public int AtOnce { get; init; } = -1;

    /// <summary>Where the log of a single seed is written.</summary>
    public string? LogFile { get; init; }

    /// <summary>The same against the real server.</summary>
    public Campaign On(Machines machines) =>
        new(start, seeds, patience) { LogFile = LogFile, Play = new RealSimulation(machines).Play, AtOnce = Machines.ScenariosAtOnce };

    /// <summary>Plays them; ends early where so many seeds failed that one knows enough.</summary>
    public void Run(int enough, Action<int, Finding>? report = null)
    {
        var watch = Stopwatch.StartNew();
        var failed = 0;
        Parallel.For(0, seeds, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, (i, loop) =>
        {
            if (watch.Elapsed > patience || Volatile.Read(ref failed) >= enough) loop.Stop();
            if (loop.IsStopped) return;
            var found = Play(start + i, Counts, seeds == 1 ? LogFile : null);
            if (found.Count == 0) return;
            Interlocked.Increment(ref failed);
            foreach (var finding in found)
            {
                findings.Enqueue((start + i, finding));
                report?.Invoke(start + i, finding);
            }
        });
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;

namespace TaskGrid.Simulation;

/// <summary>Many seeds in order, on all cores, until they are through or the time is.</summary>
internal sealed class Campaign
{
    private readonly ConcurrentQueue<(int Seed, Finding Finding)> findings = new();
    private readonly int start;
    private readonly int seeds;
    private readonly TimeSpan patience;

    public Campaign(int start, int seeds, TimeSpan patience)
    {
        (this.start, this.seeds, this.patience) = (start, seeds, patience);
        Play = seed => Simulation.Play(seed, Counts, seeds == 1 ? LogFile : null);
    }

    /// <summary>What all of them did together.</summary>
    public Counts Counts { get; } = new();

    /// <summary>What must not be, by seed.</summary>
    public IReadOnlyCollection<(int Seed, Finding Finding)> Findings => findings;

    /// <summary>How many seeds were played.</summary>
    public int Played { get; private set; }

    /// <summary>Where the log of a single seed is written.</summary>
    public string? LogFile { get; init; }

    /// <summary>Plays one seed; answers with what must not be.</summary>
    public Func<int, IReadOnlyList<Finding>> Play { get; init; }

    /// <summary>How many are played at once.</summary>
    public int AtOnce { get; init; } = Environment.ProcessorCount;

    /// <summary>Plays them; ends early where so many seeds failed that one knows enough. What was begun is finished, so nothing below the last seed is left out.</summary>
    public void Run(int enough, Action<int, Finding>? report = null)
    {
        var watch = Stopwatch.StartNew();
        var (next, failed, played) = (-1, 0, 0);
        Parallel.For(0, AtOnce, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, _ =>
        {
            while (watch.Elapsed <= patience && Volatile.Read(ref failed) < enough && Interlocked.Increment(ref next) is var i && i < seeds)
            {
                var found = Play(start + i);
                Interlocked.Increment(ref played);
                if (found.Count == 0) continue;
                Interlocked.Increment(ref failed);
                foreach (var finding in found)
                {
                    findings.Enqueue((start + i, finding));
                    report?.Invoke(start + i, finding);
                }
            }
        });
        Played = played;
    }
}

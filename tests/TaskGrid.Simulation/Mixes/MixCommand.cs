using System.Diagnostics;
using System.Globalization;

namespace TaskGrid.Simulation;

/// <summary>Plays weeks of a mix and says how often a person was asked.</summary>
internal static class MixCommand
{
    /// <summary>Plays them; 1 where a promise was broken or too many conflicts asked a person.</summary>
    public static int Run(MixOptions options)
    {
        var (watch, tally, findings) = (Stopwatch.StartNew(), new MixTally(), 0);
        var gate = new Lock();
        Parallel.For(0, options.Weeks, i =>
        {
            var (week, found) = Week.Play(options.Mix, options.Start + i);
            lock (gate)
            {
                tally.Add(week);
                findings += found.Count;
                foreach (var finding in found) Say($"week {options.Start + i}: {finding.Check}: {finding.What}");
            }
        });
        Say($"{options.Mix.Name}: {options.Weeks} weeks from seed {options.Start}, {options.Mix.Zones.Length} people, {tally.Changes:N0} changes, played in {watch.Elapsed.TotalSeconds:F0} s");
        Tell(tally);
        var met = tally.WithoutPerson >= options.Mix.Goal;
        Say($"decided without a person: {tally.WithoutPerson:P2}, goal {options.Mix.Goal:P0}: {(met ? "met" : "not met")}; {findings} findings");
        return met && findings == 0 ? 0 : 1;
    }

    private static void Tell(MixTally tally)
    {
        Say($"{"kind",-16} {"conflicts",10} {"asked",8} {"without",9}");
        foreach (var kind in MixTally.Kinds)
        {
            var (records, asked) = (tally.RecordsOf(kind), tally.AskedOf(kind));
            Say($"{kind,-16} {records,10:N0} {asked,8:N0} {(records == 0 ? "-" : Part(records - asked, records)),9}");
        }
        Say($"{"all",-16} {tally.Records,10:N0} {tally.Asked,8:N0} {tally.WithoutPerson,9:P2}");
        Say($"{tally.Met:N0} changes ({Part(tally.Met, tally.Changes)}) met a concurrent one on their task: {Part(tally.MetDeletes, tally.Met)} of them deletes, {Part(tally.MetReassignments, tally.Met)} reassignments");
        Say($"merged silently: {string.Join(", ", Enum.GetValues<Silent>().Select(kind => $"{kind} {tally.MergedSilently(kind):N0}"))}");
    }

    private static string Part(int some, int all) => (all == 0 ? 0 : (double)some / all).ToString("P2", CultureInfo.InvariantCulture);

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}

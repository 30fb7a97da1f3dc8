using System.Globalization;
using TaskGrid.Contracts;
using TaskGrid.Sync;
using TaskGrid.TestKit;

namespace TaskGrid.Benchmarks.Traces;

/// <summary>Public editing traces through the merge kernel: those of one editor as edits one by one, the others with the concurrency that they had.</summary>
internal static class TraceBench
{
    public const string InnerCommand = "trace-file";

    public static async Task<int> RunAsync(BenchOptions options)
    {
        var folder = options.Has("folder") ? options.Text("folder") : Path.GetFullPath(Path.Combine(Repository.Root, "../shared/traces"));
        var rounds = options.Number("rounds", 5);
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json.gz").Order(StringComparer.Ordinal).ToList() : [];
        if (files.Count == 0)
        {
            Console.Error.WriteLine($"no traces in {folder}: give their folder with --folder");
            return 2;
        }
        Console.WriteLine($"traces: {files.Count} files, {rounds} rounds, a process for each; the text is the end content of the file, with several editors in every replica and the server");
        foreach (var file in files)
            Figures.Print(Path.GetFileName(file), await Measurement.OfAsync(serverGarbageCollector: true, InnerCommand, "--file", file, "--rounds", $"{rounds}"));
        return 0;
    }

    /// <summary>One file, in a process of its own.</summary>
    public static int Inner(BenchOptions options)
    {
        var idle = PeakMemory.Now();
        var trace = Trace.Read(options.Text("file"));
        (trace.IsConcurrent ? Concurrent(trace, options.Number("rounds", 5), idle) : Sequential(trace, options.Number("rounds", 5), idle)).Say();
        return 0;
    }

    private static Measurement Sequential(Trace trace, int rounds, long idle)
    {
        var patches = trace.Steps.SelectMany(step => step.Patches).ToList();
        var edits = patches.Select(TracedChange.EditOf).ToList();
        return Measurement.Take(rounds, idle,
            () => Check(edits.Aggregate(trace.Start!, TextEdits.Apply) == trace.End, "the edits did not come to the end content"),
            () => Check(Bare(trace.Start!, patches) == trace.End, "the bare replacements did not come to the end content"),
            $"{patches.Count} patches of one editor");
    }

    private static Measurement Concurrent(Trace trace, int rounds, long idle)
    {
        var log = new TraceLog(trace);
        var changes = log.InOrderOfFile();
        var replayed = new Lazy<TraceReplay>(() => Replay(log, changes));
        var canonical = new Lazy<List<TracePatch>>(() => [.. replayed.Value.Canonical.SelectMany(TracedChange.PatchesOf)]);
        var taken = Measurement.Take(rounds, idle, () => Replay(log, changes), () =>
        {
            // The server and each replica have a text of their own to keep.
            for (var texts = 0; texts <= log.Agents; texts++) Check(Bare("", canonical.Value) == replayed.Value.Text, "the bare replacements differ");
        }, "");
        return taken with { Note = Said(log, changes, replayed.Value, trace.End) };
    }

    /// <summary>The trace as a server and replicas live it; all of them must agree.</summary>
    private static TraceReplay Replay(TraceLog log, IReadOnlyList<TracedChange> changes)
    {
        var replay = new TraceReplay(log.Agents);
        replay.Run(changes);
        Check(replay.Shown.All(shown => shown == replay.Text), "a replica shows another text than the server");
        return replay;
    }

    /// <summary>
    /// The end content is what the editors of the trace merged to, whose positions do not depend on the order in a log. Where two inserted
    /// at one place in the end, ours does [TX6], so it may come out otherwise in one order; in one of them it must come out.
    /// </summary>
    private static string Said(TraceLog log, IReadOnlyList<TracedChange> changes, TraceReplay inOrder, string end)
    {
        var others = Enumerable.Range(0, log.Agents)
            .Select(first => Replay(log, log.AgentByAgent([first, .. Enumerable.Range(0, log.Agents).Where(a => a != first)])).Text).ToList();
        Check(others.Append(inOrder.Text).Contains(end), "in no order did the changes come to the end content");
        return string.Create(CultureInfo.InvariantCulture,
            $"{changes.Count} changes of {log.Agents} agents, unseen edits of others {(double)inOrder.Unseen.Sum / changes.Count:N1} in the mean and {inOrder.Unseen.Most} at the most; all agree in {others.Count + 1} orders; in the order of the file {Difference(inOrder.Text, end)}, in {others.Count(text => text == end)} of {others.Count} others the end content");
    }

    private static string Difference(string text, string end)
    {
        var difference = TextEdit.Between(end, text);
        return difference.IsEmpty ? "the end content" : $"the end content but for {difference.Deleted} code points at {difference.Start}";
    }

    private static string Bare(string text, List<TracePatch> patches)
    {
        // Without astral characters a code point is a unit of UTF-16, which is what bare strings count.
        foreach (var patch in patches) text = string.Concat(text.AsSpan(0, patch.Place), patch.Inserted, text.AsSpan(patch.Place + patch.Deleted));
        return text;
    }

    private static void Check(bool holds, string otherwise)
    {
        if (!holds) throw new InvalidOperationException(otherwise);
    }
}

using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Benchmarks.Merge;

/// <summary>An author's keystrokes against as many sequenced edits that he had not seen.</summary>
internal static class MergeBench
{
    public const string InnerCommand = "merge-case";

    private const int Sampled = 300;

    public static async Task<int> RunAsync(BenchOptions options)
    {
        var (count, rounds) = (options.Number("edits", 10_000), options.Number("rounds", 7));
        Console.WriteLine($"merge: {count} keystrokes against {count} sequenced edits, {rounds} rounds, a process for each line; before every line {Sampled} x {Sampled} are held against the plain merge, square by square");
        foreach (var form in (string[])["composed", "raw"])
            foreach (var kind in MergeCase.Kinds.Keys)
            {
                ReadBack.Sample(kind, Math.Min(Sampled, count), form == "composed");
                foreach (var side in (string[])["server", "client"])
                    Figures.Print($"{form}, {kind}, {side}", await Measurement.OfAsync(side == "server",
                        InnerCommand, "--form", form, "--kind", kind, "--side", side, "--edits", $"{count}", "--rounds", $"{rounds}"));
            }
        return 0;
    }

    /// <summary>One line, in a process of its own.</summary>
    public static int Inner(BenchOptions options)
    {
        var idle = PeakMemory.Now();
        var (kind, count, composed) = (options.Text("kind"), options.Number("edits", 10_000), options.Text("form") == "composed");
        var merge = MergeCase.Of(kind, count, composed);
        Action ours = options.Text("side") == "server" ? () => Merging.ByServer(merge) : () => Merging.ByClient(merge);
        IReadOnlyList<TextEdit>? merged = null;
        var taken = Measurement.Take(options.Number("rounds", 7), idle, ours, () => Merging.Bare(merge, merged ??= Merging.ByServer(merge)),
            $"{merge.Own.Count} x {merge.Log.Count} edits, the author's of {merge.Own.Sum(edit => edit.Components.Length)} components");
        ReadBack.Whole(merge);
        taken.Say();
        return 0;
    }
}

using System.Collections.Immutable;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Benchmarks.Merge;

/// <summary>The two sides that merge: what is measured. Each returns what it came to, so that it can be read back.</summary>
internal static class Merging
{
    /// <summary>The server takes the author's edits in, one after the other.</summary>
    public static TextEdit[] ByServer(MergeCase merge)
    {
        List<TextLogEntry> log = [.. merge.Log];
        var applied = new TextEdit[merge.Own.Count];
        TextBranchCache? cache = null;
        for (var i = 0; i < applied.Length; i++)
        {
            var (author, clock) = (new Origin(MergeCase.Author, i + 1), new CausalClock(0));
            var taken = TextMerge.Integrate(log, author, clock, merge.Own[i], cache);
            (applied[i], cache) = (taken.Applied, taken.Cache);
            log.Add(new TextLogEntry(log.Count + 1, author, clock, merge.Own[i], taken.Applied));
        }
        return applied;
    }

    /// <summary>The author's client takes the other's edits in.</summary>
    public static (TextEdit[] Own, ImmutableArray<TextEdit> Foreign) ByClient(MergeCase merge)
    {
        var branch = TextBranch.Empty;
        foreach (var (i, edit) in merge.Own.Index()) branch = branch.Append(new Origin(MergeCase.Author, i + 1), edit);
        TextEdit[] coming = [.. merge.Log.Select(entry => entry.Applied)];
        branch = branch.OverForeign(coming, out var shown);
        return ([.. branch.Pending.Select(pending => pending.Edit)], shown);
    }

    /// <summary>The floor: the same edits applied to the text, and nothing merged.</summary>
    public static string Bare(MergeCase merge, IEnumerable<TextEdit> own) =>
        own.Aggregate(merge.Log.Aggregate(merge.Start, (text, entry) => TextEdits.Apply(text, entry.Applied)), TextEdits.Apply);
}

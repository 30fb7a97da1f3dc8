using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Benchmarks.Merge;

/// <summary>The merge as SPEC [TX5] draws it, square by square and in no other way: what the faster ones must equal.</summary>
internal static class PlainMerge
{
    /// <summary>The author's edits after the foreign ones, and the foreign ones after the author's.</summary>
    public static (TextEdit[] Own, TextEdit[] Foreign) Of(IEnumerable<TextEdit> own, IEnumerable<TextEdit> foreign)
    {
        TextEdit[] mine = [.. own];
        TextEdit[] theirs = [.. foreign];
        for (var f = 0; f < theirs.Length; f++)
            for (var m = 0; m < mine.Length; m++)
                (mine[m], theirs[f]) = (TextEdits.Transform(mine[m], theirs[f], Side.Right), TextEdits.Transform(theirs[f], mine[m], Side.Left));
        return (mine, theirs);
    }
}

using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Benchmarks.Traces;

/// <summary>A step of a trace as a change of TaskGrid: who made it, as his how-many-eth, having seen the log up to where.</summary>
internal sealed record TracedChange(int Agent, long N, long Base, TextEdit Edit)
{
    /// <summary>The patches of a step as one edit: they were made at once.</summary>
    public static TextEdit EditOf(TraceStep step) => step.Patches.Select(EditOf).Aggregate(TextEdit.Empty, TextEdits.Compose);

    public static TextEdit EditOf(TracePatch patch) => new TextEditBuilder().Keep(patch.Place).Delete(patch.Deleted).Insert(patch.Inserted).ToEdit();

    /// <summary>An edit as replacements, each on what the one before it left.</summary>
    public static IEnumerable<TracePatch> PatchesOf(TextEdit edit)
    {
        var at = 0;
        foreach (var component in edit.Components)
        {
            if (component.Kind != TextComponentKind.Keep)
                yield return component.Kind == TextComponentKind.Insert ? new TracePatch(at, 0, component.Text!) : new TracePatch(at, component.Count, "");
            at += component.Kind == TextComponentKind.Delete ? 0 : component.Count;
        }
    }
}

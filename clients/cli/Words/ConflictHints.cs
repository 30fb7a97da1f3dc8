using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>What one can do about a conflict: commands to copy, the likeliest first.</summary>
internal static class ConflictHints
{
    private const int FewVersions = 4;

    public static IEnumerable<IReadOnlyList<Ink>> Of(ShownConflict shown)
    {
        var id = ConflictWords.Short(shown.Note);
        foreach (var (what, command) in Commands(shown))
            yield return [new Ink($"{what}: ", Tone.Faint), $"taskgrid conflicts {command.Replace("ID", id, StringComparison.Ordinal)}"];
    }

    private static IEnumerable<(string What, string Command)> Commands(ShownConflict shown)
    {
        var note = shown.Note;
        if (note.Open && shown.Pending is null) yield return ("To leave it as it stands and close it", "resolve ID --keep now");
        if (note.Kind == ConflictKinds.DeletedEdited)
        {
            yield return (shown.Task?.Deleted == false ? "To delete it after all" : "To bring it back", "flip ID");
            yield break;
        }
        if (note.Kind is ConflictKinds.Orphaned or ConflictKinds.Cycle)
        {
            yield return ("To put it elsewhere", "resolve ID --value TASK");
            yield break;
        }
        if (shown.Other is not null) yield return ("To take the other one", "flip ID");
        else if (note.Versions.Length > FewVersions) yield return ("To take one of them", "resolve ID --keep A");
        else
            foreach (var (i, version) in note.Versions.Index())
                if (!Equals(version.Value, shown.Standing?.Value)) yield return ($"To take {ConflictReferences.Letter(i)}", $"resolve ID --keep {ConflictReferences.Letter(i)}");
        if (note.Kind == ConflictKinds.TextOverlap) yield return ("To write it yourself", "resolve ID --edit");
        else yield return ("To take something else", "resolve ID --value VALUE");
    }
}

using System.Globalization;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>Finds the conflict, and the version of it, that a person means.</summary>
internal static class ConflictReferences
{
    private const int Least = 4;

    /// <summary>A conflict by its number in the last list of conflicts, or by the end of its id.</summary>
    public static ConflictNote Find(IReplicaReading reading, IReadOnlyList<string> lastList, string text)
    {
        var wanted = text.TrimStart('#').ToLowerInvariant();
        if (wanted.Length < Least && int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return lastList.ElementAtOrDefault(number - 1) is { } listed && reading.Conflict(IdText.Parse<ConflictId>(listed)) is { } known ? known : throw Unknown(text);
        if (wanted.Length < Least) throw Unknown(text);
        var found = reading.Conflicts(openOnly: false).Where(note => note.Id.ToString().EndsWith(wanted, StringComparison.Ordinal)).ToList();
        return found is [var one] ? one : throw Unknown(text);
    }

    /// <summary>The letter of a version: A to Z, then AA, AB, …</summary>
    public static string Letter(int index) => index < 26 ? ((char)('A' + index)).ToString() : Letter((index / 26) - 1) + Letter(index % 26);

    /// <summary>A version by its letter, its seq, or as <c>mine</c> or <c>theirs</c>, where one version is meant by that.</summary>
    public static ConflictVersion Version(ConflictNote note, string text, UserId reader)
    {
        var wanted = text.ToLowerInvariant();
        var found = note.Versions.Where((version, i) => Letter(i).ToLowerInvariant() == wanted || version.Seq.ToString(CultureInfo.InvariantCulture) == wanted
            || (wanted is "mine" or "yours" && version.User == reader) || (wanted is "theirs" && version.User != reader)).ToList();
        return found.Select(version => version.Value).Distinct().Count() == 1
            ? found[^1]
            : throw new CommandStopped(Codes.Invalid, $"'{text}' is {(found.Count == 0 ? "no version" : "more than one version")} of it. See: taskgrid conflicts show {ConflictWords.Short(note)}");
    }

    private static CommandStopped Unknown(string text) => new(Codes.Unknown, $"There is no conflict '{text}'. Give its number in the last list of conflicts or the end of its id. See: taskgrid conflicts list --all");
}

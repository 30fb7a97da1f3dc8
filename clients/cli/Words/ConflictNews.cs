using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>What came of the reader's own changes where they met others': told once, when it comes in.</summary>
internal static class ConflictNews
{
    private const int Most = 5;

    /// <summary>A line for each conflict of the reader's that arose or was decided after a seq.</summary>
    public static IReadOnlyList<string> Since(Invocation run, long seq) => run.Workspace.Store.Read(reading =>
    {
        var (say, reader) = (Wording.Of(reading, run.Workspace.Time), reading.Mark.User);
        var news = reading.Conflicts(openOnly: false).Where(note => Concerns(note, reader) && Last(note) > seq).ToList();
        List<string> lines = [.. news.Take(Most).Select(note => Line(say, ShownConflict.Of(reading, note)))];
        if (news.Count > Most) lines.Add($"And {news.Count - Most} more: taskgrid conflicts list --all");
        return lines;
    });

    private static string Line(Wording say, ShownConflict shown)
    {
        var page = new ConflictScreen(say, shown);
        var stands = page.Stands() is { Length: > 0 } now ? $"; now: {now}" : "";
        return $"{page.Headline}{stands}  (conflict {ConflictWords.Short(shown.Note)})";
    }

    private static bool Concerns(ConflictNote note, UserId reader) => note.Versions.Any(version => version.User == reader) || note.ResolvedBy?.User == reader;

    private static long Last(ConflictNote note) => Math.Max(note.Versions.Max(version => version.Seq), note.ResolvedBy?.Seq ?? 0);
}

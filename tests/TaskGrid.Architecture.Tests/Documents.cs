using System.Text.RegularExpressions;

namespace TaskGrid.Architecture.Tests;

/// <summary>What pages of the house say about its files.</summary>
internal static partial class Documents
{
    /// <summary>Paths and links of a page that lead nowhere.</summary>
    public static IEnumerable<string> DeadEnds(string root, string page, string text)
    {
        var folder = Path.GetDirectoryName(Path.Combine(root, page))!;
        var links = Link().Matches(text).Select(match => Path.Combine(folder, match.Groups["path"].Value));
        var paths = NamedPath().Matches(text).Select(match => Path.Combine(root, match.Groups["path"].Value));
        return links.Concat(paths).Where(path => !Path.Exists(path)).Select(path => $"{page} -> {Path.GetRelativePath(root, path)}").Distinct();
    }

    /// <summary>A link within the repository, without its anchor.</summary>
    [GeneratedRegex(@"\]\((?<path>[^)#:]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();

    /// <summary>A path in code type that begins with a room; patterns are left alone.</summary>
    [GeneratedRegex(@"`(?<path>(?:contracts|grains|services|clients|deploy|tests|docs)/[\w./-]+)(?:`| )")]
    private static partial Regex NamedPath();
}

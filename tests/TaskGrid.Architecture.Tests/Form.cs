using System.Text.RegularExpressions;

namespace TaskGrid.Architecture.Tests;

/// <summary>How a source file looks.</summary>
internal static partial class Form
{
    public const int LinesAtMost = 500;

    private static readonly string[] BannedWords = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utilities", "Common", "Misc", "Impl"];

    public static IEnumerable<string> Breaches(SourceFile source)
    {
        if (source.Lines.Length >= LinesAtMost) yield return $"{source.Path} has {source.Lines.Length} lines";
        foreach (var name in NamesIn(source).Distinct().Where(IsBanned)) yield return $"{source.Path}: {name} says nothing";
        foreach (var (line, text) in source.Lines.Index().Where(line => IsCarelessLine(line.Item)))
            yield return $"{source.Path}:{line + 1}: {text.Trim()}";
    }

    public static bool IsBanned(string name) => Words().Split(name).Any(word => BannedWords.Contains(word)) || name.EndsWith("Base", StringComparison.Ordinal);

    private static IEnumerable<string> NamesIn(SourceFile source) => source.Path.Split('/')
        .Select(part => part.Replace(".cs", "", StringComparison.Ordinal))
        .SelectMany(part => part.Split('.'))
        .Concat(TypeNames().Matches(source.Text).Select(match => match.Groups["name"].Value));

    /// <summary>A region, a suppression without its reason, work put off without an issue number.</summary>
    private static bool IsCarelessLine(string line) =>
        Region().IsMatch(line) || Suppression().IsMatch(line) || PutOff().IsMatch(line);

    [GeneratedRegex(@"(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex Words();

    [GeneratedRegex(@"^\s*(?:\[[^\]]*\]\s*)?(?:(?:public|internal|private|protected|file|static|sealed|abstract|partial|readonly|ref)\s+)*(?:class|interface|enum|struct|record(?:\s+(?:class|struct))?)\s+(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex TypeNames();

    [GeneratedRegex(@"^\s*#region")]
    private static partial Regex Region();

    [GeneratedRegex(@"^\s*#pragma warning disable(?!.*//)")]
    private static partial Regex Suppression();

    [GeneratedRegex(@"(?:^|\s)//.*\b(?:TODO|FIXME|HACK)\b(?!.*#\d)")]
    private static partial Regex PutOff();
}

using System.Text.RegularExpressions;
using TaskGrid.TestKit;

namespace TaskGrid.Gateway.Tests.Facts;

/// <summary>What the tables of SPEC.md say.</summary>
internal static partial class Specification
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "contracts", "protocol", "SPEC.md"));

    /// <summary>The codes of the table of errors, each with its statuses.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<int>> Codes { get; } = ReadCodes();

    /// <summary>Method and path of each route of the table, with all parameters called the same.</summary>
    public static IReadOnlyList<string> Routes { get; } = [.. RouteRow().Matches(Section("## Routes"))
        .SelectMany(row => row.Groups["method"].Captures.SelectMany(method => row.Groups["path"].Captures.Select(path => $"{method.Value} {Anonymous(path.Value)}")))];

    public static IReadOnlyList<int> StatusesOf(string code) => Codes.TryGetValue(code, out var statuses) ? statuses : [];

    public static string Anonymous(string path) => Parameter().Replace(path, "{}");

    private static Dictionary<string, IReadOnlyList<int>> ReadCodes()
    {
        var codes = new Dictionary<string, IReadOnlyList<int>>();
        foreach (var row in ErrorRow().Matches(Section("## Errors")).AsEnumerable())
        {
            IReadOnlyList<int> statuses = [.. Status().Matches(row.Groups["status"].Value).Select(status => int.Parse(status.Value, System.Globalization.CultureInfo.InvariantCulture))];
            foreach (var code in row.Groups["code"].Captures.Select(code => code.Value)) codes[code] = statuses;
        }
        return codes;
    }

    private static string Section(string heading)
    {
        var begin = Text.IndexOf($"\n{heading}\n", StringComparison.Ordinal);
        var end = Text.IndexOf("\n## ", begin + heading.Length, StringComparison.Ordinal);
        return Text[begin..end];
    }

    [GeneratedRegex(@"^\| (?:`(?<code>[a-z_]+)` ?)+\| (?<status>[^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex ErrorRow();

    [GeneratedRegex(@"\b[1-5][0-9][0-9]\b")]
    private static partial Regex Status();

    [GeneratedRegex(@"^\| (?:`(?<method>[A-Z]+)` )*`(?<method>[A-Z]+) (?<path>/[^ `]*)`?(?: `?(?<path>/[^ `]*)`)* \|", RegexOptions.Multiline)]
    private static partial Regex RouteRow();

    [GeneratedRegex(@"\{[a-z]+\}")]
    private static partial Regex Parameter();
}

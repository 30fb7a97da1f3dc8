using System.Text.RegularExpressions;

namespace TaskGrid.Architecture.Tests;

/// <summary>
/// The rules of the specification and who shows them. A test that shows rules begins with their ids, each in its own brackets:
/// <c>"[PU6] A gap is refused and names the number expected"</c>, <c>"[OP6] [OP7] sets are as the vectors say"</c>.
/// </summary>
internal static partial class Rules
{
    public const string Folder = "contracts/protocol";

    public static string Specification { get; } = House.Text($"{Folder}/SPEC.md");

    /// <summary>The ids that a text defines, as often as it does.</summary>
    public static IReadOnlyList<string> DefinedIn(string specification) => [.. Definition().Matches(specification).Select(IdOf)];

    /// <summary>The ids that a text names, in prose, in tables and in code.</summary>
    public static IReadOnlySet<string> NamedIn(string text) => Named().Matches(text).Select(IdOf).ToHashSet();

    /// <summary>What looks like an id and is none: a family without its number, a number that does not belong to a rule.</summary>
    public static IEnumerable<string> Dangling(string specification) =>
        LooksLikeAnId().Matches(specification).Select(match => match.Value).Except(DefinedIn(specification).Select(id => $"[{id}]")).Distinct();

    /// <summary>The display names of a source file's tests, skipped ones left out: they show nothing.</summary>
    public static IEnumerable<string> TestNames(SourceFile source) => source.Path.EndsWith(".cs", StringComparison.Ordinal)
        ? TestAttribute().Matches(source.Text).Where(match => !match.Value.Contains("Skip", StringComparison.Ordinal)).Select(NameOf)
        : TestCall().Matches(source.Text).Select(NameOf);

    /// <summary>The names of the tests that a source file makes of the cases of vector files: each begins with its case's rule.</summary>
    public static IEnumerable<string> VectorTestNames(SourceFile source) => VectorTests().Matches(source.Text)
        .SelectMany(match => RuleAndName().Matches(House.Text($"{Folder}/vectors/{match.Groups["file"].Value}")))
        .Select(vector => $"[{IdOf(vector)}] {NameOf(vector)}");

    /// <summary>The rules that a test's name says it shows.</summary>
    public static IEnumerable<string> ShownBy(string name) => Beginning().Match(name).Groups["id"].Captures.Select(id => id.Value);

    /// <summary>What is wrong with a test's name; null if nothing is.</summary>
    public static string? Fault(string name, IReadOnlySet<string> known)
    {
        var rest = name[Beginning().Match(name).Length..];
        if (AnyBracket().IsMatch(rest)) return "ids stand at the beginning, each in its own brackets, a space after each";
        return ShownBy(name).Except(known).FirstOrDefault() is { } unknown ? $"there is no rule {unknown}" : null;
    }

    private static string IdOf(Match match) => match.Groups["id"].Value;

    private static string NameOf(Match match) => match.Groups["name"].Value;

    [GeneratedRegex(@"\*\*\[(?<id>[A-Z]{2}[0-9]+)\]\*\*")]
    private static partial Regex Definition();

    [GeneratedRegex(@"\[(?<id>[A-Z]{2}[0-9]+)\]")]
    private static partial Regex Named();

    [GeneratedRegex(@"\[[A-Z]{2}[0-9]*\]")]
    private static partial Regex LooksLikeAnId();

    [GeneratedRegex(@"^(?:\[(?<id>[A-Z]{2}[0-9]+)\] )*")]
    private static partial Regex Beginning();

    [GeneratedRegex(@"\[[A-Z]{2}[0-9]*\]")]
    private static partial Regex AnyBracket();

    [GeneratedRegex("""\[(?:Fact|Theory)\([^"\]]*DisplayName\s*=\s*"(?<name>(?:[^"\\]|\\.)*)"[^\]]*""")]
    private static partial Regex TestAttribute();

    [GeneratedRegex("""VectorFile\.Tests\("(?<file>[a-z-]+\.json)"\)""")]
    private static partial Regex VectorTests();

    [GeneratedRegex("""\{"rule":"(?<id>[A-Z]{2}[0-9]+)","name":"(?<name>(?:[^"\\]|\\.)*)""")]
    private static partial Regex RuleAndName();

    [GeneratedRegex("""\b(?:test|it)(?:\.each\([^)]*\))?\(\s*(?<quote>['"`])(?<name>(?:(?!\k<quote>)[^\\]|\\.)*)\k<quote>""")]
    private static partial Regex TestCall();
}

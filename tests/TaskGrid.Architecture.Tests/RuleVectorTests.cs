using System.Globalization;
using System.Text.RegularExpressions;

namespace TaskGrid.Architecture.Tests;

/// <summary>Every rule that can have one has a vector, and every file of vectors is described and read.</summary>
public sealed partial class RuleVectorTests
{
    private const string Folder = $"{Rules.Folder}/vectors";

    private static readonly string Page = House.Text($"{Folder}/README.md");

    private static readonly IReadOnlyList<string> Files = [.. Directory.EnumerateFiles(Path.Combine(House.Root, Folder), "*.json").Order(StringComparer.Ordinal)];

    [Fact]
    public void Vectors_name_only_rules_of_the_specification()
    {
        var known = Rules.DefinedIn(Rules.Specification).ToHashSet();
        var named = Files
            .SelectMany(path => RuleOfVector().Matches(File.ReadAllText(path)).Select(match => (Path.GetFileName(path), Id: match.Groups["id"].Value)))
            .ToList();
        Assert.NotEmpty(named);
        Breaches.None(named.Where(vector => !known.Contains(vector.Id)).Distinct());
    }

    [Fact]
    public void Every_rule_has_a_vector_or_stands_among_those_that_have_none()
    {
        var parts = Page.Split("## Rules without a vector");
        var (with, without) = (Rules.NamedIn(Spelled(parts[0])), Rules.NamedIn(Spelled(parts[1])));
        var known = Rules.DefinedIn(Rules.Specification);
        Breaches.None(known.Except(with).Except(without).Select(id => $"{id}: neither"));
        Breaches.None(with.Intersect(without).Select(id => $"{id}: both"));
        var shown = Files.SelectMany(path => RuleOfVector().Matches(File.ReadAllText(path)).Select(match => match.Groups["id"].Value));
        Breaches.None(shown.Intersect(without).Select(id => $"{id}: there is a vector"));
    }

    [Fact]
    public void Every_vector_file_is_described_and_read_by_a_test()
    {
        var tests = string.Concat(House.Sources.Where(source => source.Path.StartsWith("tests/", StringComparison.Ordinal)).Select(source => source.Text));
        var files = Files.Select(path => Path.GetFileName(path)).ToList();
        Assert.True(files.Count > 15, $"only {files.Count} files found");
        Breaches.None(files.Where(file => !Page.Contains($"| `{file}` |", StringComparison.Ordinal)).Select(file => $"{file} is not described"));
        Breaches.None(files.Where(file => !tests.Contains($"\"{file}\"", StringComparison.Ordinal)).Select(file => $"{file} is read by no test"));
    }

    [Fact]
    public void A_range_of_rules_is_spelled_out() => Assert.Equal(new HashSet<string> { "AB1", "AB2", "AB3", "CD9" }, Rules.NamedIn(Spelled("[AB1] to [AB3], [CD9]")));

    /// <summary>"[TL1] to [TL3]" with all between.</summary>
    private static string Spelled(string text) => Range().Replace(text, match => string.Join(' ',
        Enumerable.Range(Number(match, "first"), Number(match, "last") - Number(match, "first") + 1).Select(number => $"[{match.Groups["family"].Value}{number}]")));

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\[(?<family>[A-Z]{2})(?<first>\d+)\] to \[\k<family>(?<last>\d+)\]")]
    private static partial Regex Range();

    [GeneratedRegex("\"rule\": ?\"(?<id>[A-Z]{2}\\d+)\"")]
    private static partial Regex RuleOfVector();
}

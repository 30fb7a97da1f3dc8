namespace TaskGrid.Architecture.Tests;

/// <summary>Every rule of the specification is one, is found, and is shown by a test that names it. There are no exceptions.</summary>
public sealed class RuleTests
{
    private static readonly IReadOnlySet<string> Known = Rules.DefinedIn(Rules.Specification).ToHashSet();

    private static readonly IReadOnlyList<(string Path, string Name)> Tests =
        [.. TestSources().SelectMany(source => Rules.TestNames(source).Concat(Rules.VectorTestNames(source)).Select(name => (source.Path, name)))];

    [Fact]
    public void A_rule_id_stands_for_one_rule()
    {
        Assert.True(Known.Count > 100, $"only {Known.Count} rules found");
        Breaches.None(Rules.DefinedIn(Rules.Specification).GroupBy(id => id).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void The_specification_refers_only_to_its_own_rules() => Breaches.None(Rules.Dangling(Rules.Specification));

    [Fact]
    public void Sources_and_pages_refer_only_to_rules_of_the_specification() =>
        Breaches.None(House.Sources.Where(source => !IsAboutRules(source)).Select(source => (source.Path, source.Text))
            .Concat(Pages().Select(path => (Path.GetRelativePath(House.Root, path), File.ReadAllText(path))))
            .SelectMany(file => Rules.NamedIn(file.Item2).Except(Known).Select(id => $"{file.Item1}: [{id}]")));

    [Fact]
    public void The_name_of_a_test_begins_with_the_rules_that_it_shows() =>
        Breaches.None(Tests.Select(test => (test.Path, test.Name, Fault: Rules.Fault(test.Name, Known))).Where(test => test.Fault is not null));

    [Fact]
    public void Every_rule_is_shown_by_a_test_that_names_it() =>
        Breaches.None(Known.Except(Tests.SelectMany(test => Rules.ShownBy(test.Name))).Order(StringComparer.Ordinal));

    [Fact]
    public void Vectors_that_are_tests_of_their_own_name_their_rules() =>
        Assert.Contains("[TX3] text edits count code points", Rules.VectorTestNames(new SourceFile("X.cs", "VectorFile.Tests(\"fold.json\")")));

    [Theory]
    [InlineData("[Fact(DisplayName = \"[PU6] A gap is refused\")]", "PU6")]
    [InlineData("[Theory(Timeout = 5, DisplayName = \"[OP6] [OP7] sets\")]", "OP6 OP7")]
    [InlineData("[Fact(DisplayName = \"about [PU6]\")]", "")]
    [InlineData("[Fact(Skip = \"not today\", DisplayName = \"[PU6] A gap is refused\")]", "")]
    public void What_a_test_in_CSharp_shows_is_read_from_its_name(string attribute, string shown) => Assert.Equal(shown, Shown("X.cs", attribute));

    [Theory]
    [InlineData("test('[RB3] replays', () => {", "RB3")]
    [InlineData("it.each(cases)(\"[RB3] [RB4] replays %s\", (one) => {", "RB3 RB4")]
    [InlineData("expect('[RB3] is no test')", "")]
    public void What_a_test_in_TypeScript_shows_is_read_from_its_name(string call, string shown) => Assert.Equal(shown, Shown("x.test.ts", call));

    [Theory]
    [InlineData("[PU6][PU7] together")]
    [InlineData("[CF] a family")]
    [InlineData("[PU6]-[PU7] a range")]
    [InlineData("at last [PU6]")]
    [InlineData("[PU999] nowhere")]
    public void A_name_that_cannot_be_read_so_is_found(string name) => Assert.NotNull(Rules.Fault(name, Known));

    [Fact]
    public void A_rule_that_stands_twice_or_nowhere_is_found()
    {
        Assert.Equal(["AB1", "AB1"], Rules.DefinedIn("- **[AB1]** x [AB2]\n- **[AB1]** y"));
        Assert.Equal(["[AB2]", "[AB]"], Rules.Dangling("- **[AB1]** x\n| y | [AB2] and [AB] |"));
    }

    private static string Shown(string path, string text) =>
        string.Join(' ', Rules.TestNames(new SourceFile(path, text)).SelectMany(Rules.ShownBy));

    private static IEnumerable<SourceFile> TestSources() => House.Sources
        .Where(source => source.Path.StartsWith("tests/", StringComparison.Ordinal) && !IsAboutRules(source))
        .Concat(new[] { "*.test.ts", "*.test.tsx" }.SelectMany(pattern => House.FilesUnder("clients", pattern))
            .Select(path => new SourceFile(Path.GetRelativePath(House.Root, path).Replace('\\', '/'), File.ReadAllText(path))));

    /// <summary>These tests have made-up ids in them.</summary>
    private static bool IsAboutRules(SourceFile source) => source.Path.StartsWith("tests/TaskGrid.Architecture.Tests/Rule", StringComparison.Ordinal);

    private static IEnumerable<string> Pages() => new[] { "docs", "contracts", "grains", "services", "clients", "deploy", "tests" }
        .SelectMany(room => House.FilesUnder(room, "*.md")).Concat(Directory.EnumerateFiles(House.Root, "*.md"));
}

namespace TaskGrid.Architecture.Tests;

public sealed class DocumentTests
{
    [Fact]
    public void Pages_name_only_files_that_are_there()
    {
        var pages = Directory.EnumerateFiles(House.Root, "*.md")
            .Concat(new[] { "docs", "contracts", "grains", "services", "clients", "deploy", "tests" }.SelectMany(room => House.FilesUnder(room, "*.md")))
            .ToList();
        Assert.True(pages.Count > 10, $"only {pages.Count} pages found");
        Breaches.None(pages.SelectMany(path => Documents.DeadEnds(House.Root, Path.GetRelativePath(House.Root, path), File.ReadAllText(path))));
    }

    [Theory]
    [InlineData("see [the plan](docs/plan.md#now)")]
    [InlineData("it lives in `grains/TaskGrid.Grains/Nowhere.cs`")]
    [InlineData("run `tests/walk quick`")]
    public void A_dead_end_is_found(string text) => Assert.NotEmpty(Documents.DeadEnds(House.Root, "README.md", text));

    [Theory]
    [InlineData("see [the house](docs/architecture.md#the-house) and [elsewhere](https://example.com/x)")]
    [InlineData("all of `services/*`")]
    public void A_way_that_leads_somewhere_stands(string text) => Assert.Empty(Documents.DeadEnds(House.Root, "README.md", text));
}

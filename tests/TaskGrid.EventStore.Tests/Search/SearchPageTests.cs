using TaskGrid.Contracts;
using TaskGrid.Contracts.Search;
using TaskGrid.EventStore.Marten.Queries;
using TaskGrid.EventStore.Tests.Facts;

namespace TaskGrid.EventStore.Tests.Search;

public sealed class SearchPageTests(ADatabase database) : IClassFixture<ADatabase>
{
    private static readonly UserId Me = new(Guid.CreateVersion7());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private OrganizationQueries Queries => new(database.Source, TimeProvider.System);

    [Theory(DisplayName = "[SE4] [SE15] [SE16] What a search cannot be is refused with the parameter that is wrong")]
    [InlineData("status done", null, null, null, 10, "filter")]
    [InlineData(null, "a\0", null, null, 10, "q")]
    [InlineData(null, null, "", null, 10, "sort")]
    [InlineData(null, null, "due,due", null, 10, "sort")]
    [InlineData(null, null, "due,-due", null, 10, "sort")]
    [InlineData(null, null, "due,title,order,status", null, 10, "sort")]
    [InlineData(null, null, null, "", 10, "cursor")]
    [InlineData(null, null, null, "not base64!", 10, "cursor")]
    [InlineData(null, null, null, "AAAA", 10, "cursor")]
    [InlineData(null, null, null, null, 0, "limit")]
    [InlineData(null, null, null, null, 501, "limit")]
    public async Task Refused(string? filter, string? q, string? sort, string? cursor, int limit, string parameter)
    {
        var outcome = await Queries.SearchAsync(ALog.OfNobody().Organization, new SearchQuery(Me, filter, q, sort, cursor, limit), Token);

        Assert.Equal(parameter, Assert.IsType<SearchOutcome.Invalid>(outcome).Parameter);
    }

    [Fact(DisplayName = "[SE16] A cursor goes with no other query, nor bent, nor with another order")]
    public async Task Bound()
    {
        var tasks = await StoredAsync("a", "b", "c");
        var query = new SearchQuery(Me, "not deleted", null, "title", null, 1);
        var cursor = Assert.IsType<SearchOutcome.Found>(await Queries.SearchAsync(tasks.Organization, query, Token)).Next!;

        SearchQuery[] others =
        [
            query with { Filter = null }, query with { Sort = "-title" }, query with { Text = "a" }, query with { Today = new DateOnly(2026, 1, 1) },
        ];
        foreach (var other in others)
            Assert.IsType<SearchOutcome.Invalid>(await Queries.SearchAsync(tasks.Organization, other with { Cursor = cursor }, Token));
        for (var i = 0; i < cursor.Length; i++)
        {
            var bent = string.Concat(cursor.AsSpan(0, i), cursor[i] == 'A' ? "B" : "A", cursor.AsSpan(i + 1));
            // Bent anywhere, it is refused or it is a place to go on from; it is never a fault.
            await Queries.SearchAsync(tasks.Organization, query with { Cursor = bent }, Token);
        }
        Assert.IsType<SearchOutcome.Found>(await Queries.SearchAsync(tasks.Organization, query with { Cursor = cursor }, Token));
    }

    [Fact(DisplayName = "[SE17] Titles longer than a cursor go page by page, each task once")]
    public async Task LongTitles()
    {
        var start = new string('ä', 1500);
        var tasks = await StoredAsync([.. Enumerable.Range(0, 6).Select(i => start + (char)('a' + i)), start, string.Concat(Enumerable.Repeat("😀", 300))]);
        var query = new SearchQuery(Me, null, null, "title", null, 2);

        Assert.Equal(tasks.Evaluate(query), await tasks.FindAsync(query, Token));
        Assert.Equal(tasks.Evaluate(query with { Sort = "-title" }), await tasks.FindAsync(query with { Sort = "-title" }, Token));
    }

    [Fact(DisplayName = "[SE16] A page ends at 4 MiB, after one task at least, and tells the head")]
    public async Task Large()
    {
        var tasks = await StoredAsync(new string('a', 3_000_000), new string('b', 3_000_000), new string('c', 10));
        var query = new SearchQuery(Me, null, null, "title", null, 10);

        var first = Assert.IsType<SearchOutcome.Found>(await Queries.SearchAsync(tasks.Organization, query, Token));

        Assert.Single(first.Tasks);
        Assert.Equal(1, first.Head);
        Assert.Equal(3, (await tasks.FindAsync(query, Token)).Length);
    }

    [Fact]
    public async Task Another_organizations_tasks_are_never_found()
    {
        await StoredAsync("theirs");
        var mine = await StoredAsync("mine");

        Assert.Equal(mine.Lines.Select(line => line.Id), await mine.FindAsync(new SearchQuery(Me, null, null, null, null, 100), Token));
        Assert.Equal(mine.Lines.Select(line => line.Id), await mine.FindAsync(new SearchQuery(Me, "title ~ \"\" or deleted", null, null, null, 100), Token));
    }

    private Task<SearchedTasks> StoredAsync(params string[] titles)
    {
        var log = ALog.OfNobody();
        return SearchedTasks.StoredAsync(database, [.. titles.Select(title => log.LineOf(ALog.NewTask()) with { Title = title })],
            new FilterContext(Me, new DateOnly(2026, 11, 23), [], []), Token);
    }
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using TaskGrid.Contracts;
using TaskGrid.Contracts.Search;
using TaskGrid.EventStore.Marten.Queries;
using TaskGrid.EventStore.Tests.Facts;

namespace TaskGrid.EventStore.Tests.Search;

/// <summary>The vectors of search, asked of the evaluator that clients use and of the server's SQL.</summary>
public sealed class SearchVectorTests(ADatabase database) : IClassFixture<ADatabase>
{
    private static readonly JsonElement File =
        JsonDocument.Parse(System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", "search.json"))).RootElement;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static FilterContext Context => new(
        IdText.Parse<UserId>(File.GetProperty("me").GetString()!),
        DateOnly.ParseExact(File.GetProperty("today").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        [.. File.GetProperty("members").EnumerateArray().Select(line => line.Deserialize(ContractsJson.Default.MemberLine)!)],
        [.. File.GetProperty("definitions").EnumerateArray().Select(line => line.Deserialize(ContractsJson.Default.DefinitionLine)!)]);

    [Fact(DisplayName = "[SE1] [SE2] [SE5] [SE6] [SE7] [SE8] [SE9] [SE10] [SE11] [SE12] [SE13] [SE14] [SE15] Offline, a search finds what the vectors say, in their order")]
    public void Offline()
    {
        var tasks = new SearchedTasks(database, default, Lines, Context);
        foreach (var (name, query, expected) in Cases())
            Assert.True(expected.SequenceEqual(tasks.Evaluate(query)), $"{name}: {string.Join(", ", tasks.Evaluate(query))}");
    }

    [Fact(DisplayName = "[SE1] [SE2] [SE5] [SE6] [SE7] [SE8] [SE9] [SE10] [SE11] [SE12] [SE13] [SE14] [SE15] [SE16] [SE17] The server finds what the vectors say, in their order, in pages of any size")]
    public async Task Server()
    {
        var tasks = await SearchedTasks.StoredAsync(database, Lines, Context, Token);
        foreach (var (name, query, expected) in Cases())
            foreach (var limit in (int[])[1, 3, 500])
            {
                var found = await tasks.FindAsync(query with { Limit = limit }, Token);
                Assert.True(expected.SequenceEqual(found), $"{name}, pages of {limit}: {string.Join(", ", found)}");
            }
    }

    private static ImmutableArray<TaskLine> Lines =>
        [.. File.GetProperty("tasks").EnumerateArray().Select(line => line.Deserialize(ContractsJson.Default.TaskLine)!)];

    private static List<(string Name, SearchQuery Query, ImmutableArray<TaskId> Expected)> Cases()
    {
        var cases = File.GetProperty("cases").EnumerateArray().Select(vector => (
            vector.GetProperty("name").GetString()!,
            new SearchQuery(Context.Me, Text(vector, "filter"), Text(vector, "q"), Text(vector, "sort"), null, 500) { Today = Context.Today },
            vector.GetProperty("expect").EnumerateArray().Select(id => IdText.Parse<TaskId>(id.GetString()!)).ToImmutableArray())).ToList();
        Assert.NotEmpty(cases);
        return cases;
    }

    private static string? Text(JsonElement vector, string name) => vector.TryGetProperty(name, out var text) ? text.GetString() : null;
}

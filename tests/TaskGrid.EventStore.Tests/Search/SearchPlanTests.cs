using System.Globalization;
using Npgsql;
using TaskGrid.Contracts;
using TaskGrid.Contracts.Search;
using TaskGrid.EventStore.Marten.Queries.Search;
using TaskGrid.EventStore.Tests.Facts;

namespace TaskGrid.EventStore.Tests.Search;

/// <summary>How PostgreSQL goes about common searches among 100,000 tasks: never through all of them.</summary>
[Trait("tier", "gate")]
public sealed class SearchPlanTests(HundredThousandTasks tasks) : IClassFixture<HundredThousandTasks>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("status = done", null, null)]
    [InlineData("status = rare", null, "tasks_by_facets")]
    [InlineData("assignee = me", null, "tasks_by_facets")]
    [InlineData("label = rare", null, "tasks_by_facets")]
    [InlineData("custom.effort = 77", null, "tasks_by_facets")]
    [InlineData("text ~ zebra", null, "tasks_by_words")]
    [InlineData("text ~ \"zeb str\"", null, "tasks_by_words")]
    [InlineData("due < 2020-01-05", "due", "tasks_by_due")]
    [InlineData("updated > 2026-11-23T12:00:00Z", "-updated", "tasks_by_updated")]
    [InlineData("not deleted", "title", "tasks_by_title")]
    [InlineData("not deleted", "order", "tasks_by_order")]
    [InlineData("parent is empty and status in (todo, doing)", "-created", "tasks_by_created")]
    public async Task A_common_search_reads_no_table_from_end_to_end(string? filter, string? sort, string? index)
    {
        var plan = await PlanAsync(filter, sort, null);

        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        if (index is not null) Assert.Contains(index, plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_from_the_middle_begins_at_its_cursor()
    {
        var cursor = new SearchCursor([ALog.Noon.AddSeconds(-50_000).ToUnixTimeMilliseconds()], new TaskId(Guid.CreateVersion7()));

        var plan = await PlanAsync(null, null, cursor);

        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        Assert.Matches(@"Index Cond: .*updated <=", plan);
    }

    private async Task<string> PlanAsync(string? filter, string? sort, SearchCursor? cursor)
    {
        var read = Assert.IsType<FilterReading.Read>(TaskFilter.Parse(filter));
        Assert.True(TaskSort.TryParse(sort, out var order));
        await using var command = TaskSearch.Statement(tasks.Stored.Organization, read.Filter.Bind(tasks.Stored.Context), order, cursor, 101);
        await using var connection = await tasks.Database.Source.OpenConnectionAsync(Token);
        command.Connection = connection;
        command.CommandText = $"explain {command.CommandText}";
        var plan = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(Token);
        while (await reader.ReadAsync(Token)) plan.Add(reader.GetString(0));
        return string.Join('\n', plan);
    }
}

/// <summary>100,000 tasks of one organization, as a large team has them.</summary>
public sealed class HundredThousandTasks : IAsyncLifetime
{
    private const int Count = 100_000;

    // Far fewer than a page holds: with as many as a page, reading in order until it is full would be as good a plan.
    private const int Rare = 5_000;
    private static readonly UserId Me = new(Guid.Parse("0199a6a0-0000-7000-8000-000000000901"));
    private static readonly string[] Words = ["paint", "fence", "invoice", "draft", "login", "page", "garden", "shed", "review", "plan"];

    public ADatabase Database { get; } = new();

    internal SearchedTasks Stored { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Database.InitializeAsync();
        var log = ALog.OfNobody();
        var context = new FilterContext(Me, new DateOnly(2026, 11, 23), [new MemberLine("member", Me, "Ana", Role.Owner)], []);
        Stored = await SearchedTasks.StoredAsync(Database, [.. Enumerable.Range(0, Count).Select(i => LineOf(log, i))], context, CancellationToken.None);
        await using var command = new NpgsqlCommand("analyze tg.tasks", await Database.Source.OpenConnectionAsync());
        await command.ExecuteNonQueryAsync();
        await command.Connection!.DisposeAsync();
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private static TaskLine LineOf(ALog log, int i)
    {
        var registers = Ordinal.Empty<FieldValue>()
            .Add(Fields.Status, FieldValue.Of(i % Rare == 0 ? "rare" : (i % 4) switch { 0 => "done", 1 => "doing", _ => "todo" }))
            .Add(Fields.Assignee, FieldValue.Of(i % Rare == 0 ? Me.ToString() : new Guid(i % 50, 0, 0, new byte[8]).ToString()))
            .Add(Fields.DueDate, FieldValue.Of(new DateOnly(2020, 1, 1).AddDays(i % 3000).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))
            .Add(Fields.Order, FieldValue.Of($"a{i:x8}"))
            .Add("custom.effort", FieldValue.From(System.Text.Json.JsonDocument.Parse((i % Rare).ToString(CultureInfo.InvariantCulture)).RootElement)!);
        return log.LineOf(new TaskId(Guid.CreateVersion7())) with
        {
            Title = $"{Words[i % 10]} {Words[i / 10 % 10]} {i}",
            Description = i % 1000 == 0 ? "a zebra with stripes" : $"{Words[i / 100 % 10]} and {Words[i / 1000 % 10]}",
            Registers = registers,
            Labels = i % Rare == 0 ? ["rare"] : ["common"],
            CreatedAt = ALog.Noon.AddSeconds(-i),
            UpdatedAt = ALog.Noon.AddSeconds(-i),
        };
    }
}

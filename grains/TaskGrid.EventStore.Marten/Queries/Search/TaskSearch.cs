using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using TaskGrid.Contracts;
using TaskGrid.Contracts.Search;
using TaskGrid.Domain.Organizations;
using TaskGrid.EventStore.Marten.Json;

namespace TaskGrid.EventStore.Marten.Queries.Search;

/// <summary>Searches the tasks of an organization: SPEC part IV over the snapshot rows.</summary>
internal static class TaskSearch
{
    private const int MaxLimit = 500;
    private const int PageCharacters = 4 * 1024 * 1024;
    private const int MaxText = 4 * 1024;

    public static async Task<SearchOutcome> RunAsync(
        NpgsqlDataSource database, OrganizationId organization, SearchQuery query, DateOnly today, CancellationToken cancellationToken)
    {
        if (query.Limit is < 1 or > MaxLimit) return Invalid("limit", $"it must be 1 to {MaxLimit}");
        if (query.Text is { } text && (!CanonicalJson.IsClean(text) || text.Length > MaxText)) return Invalid("q", $"it must be clean text of at most {MaxText} characters");
        if (!TaskSort.TryParse(query.Sort, out var sort)) return Invalid("sort", "it must be one to three of created, updated, due, priority, status, title, order, each once");
        var cursor = query.Cursor is null ? null : SearchCursor.Decode(query.Cursor, query, sort);
        if (query.Cursor is not null && cursor is null) return Invalid("cursor", "it is not of this search");
        switch (TaskFilter.Parse(query.Filter))
        {
            case FilterReading.Invalid invalid:
                return new SearchOutcome.Invalid($"{invalid.Detail}, at {invalid.Position}") { Position = invalid.Position };
            case FilterReading.Read read:
                await using (var session = await LogSession.OpenAsync(database, cancellationToken))
                {
                    var context = await ContextAsync(session, organization, query.User, today, cancellationToken);
                    return await PageAsync(session, organization, query, read.Filter.Bind(context, query.Text), sort, cursor, cancellationToken);
                }
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static SearchOutcome.Invalid Invalid(string parameter, string detail) => new(detail) { Parameter = parameter };

    private static async Task<FilterContext> ContextAsync(
        LogSession session, OrganizationId organization, UserId me, DateOnly today, CancellationToken cancellationToken)
    {
        var json = await session.FirstAsync(
            "select core from tg.organizations where organization = $1", row => row.GetString(0), cancellationToken, organization.Value);
        if (json is null) return new FilterContext(me, today, [], []);
        var core = StoredJson.Read<OrganizationCore>(json);
        return new FilterContext(me, today,
            [.. core.Members.Select(member => new MemberLine("member", member.Key, member.Value.Name, member.Value.Role))],
            [.. core.Definitions.Select(definition => SnapshotQuery.LineOf(definition.Key, definition.Value))]);
    }

    private static async Task<SearchOutcome> PageAsync(
        LogSession session, OrganizationId organization, SearchQuery query, TaskTest test, TaskSort sort, SearchCursor? cursor, CancellationToken cancellationToken)
    {
        var head = await LogQueries.HeadAsync(session, organization, cancellationToken);
        await using var command = Statement(organization, test, sort, cursor, query.Limit + 1);
        await using var reader = await session.ReadAsync(command, cancellationToken);
        var tasks = ImmutableArray.CreateBuilder<string>();
        var characters = 0;
        string? next = null;
        SearchCursor? last = null;
        while (await reader.ReadAsync(cancellationToken))
        {
            var task = reader.GetString(0);
            if (tasks.Count == query.Limit || (tasks.Count > 0 && characters + task.Length > PageCharacters))
            {
                next = last!.Encode(query);
                break;
            }
            tasks.Add(task);
            characters += task.Length;
            last = CursorAt(reader, sort);
        }
        return new SearchOutcome.Found(tasks.ToImmutable(), next) { Head = head?.Seq ?? 0 };
    }

    /// <summary>The statement of a page; a test asks PostgreSQL how it goes about it.</summary>
    public static NpgsqlCommand Statement(OrganizationId organization, TaskTest test, TaskSort sort, SearchCursor? cursor, int limit)
    {
        var parameters = new SqlParameters();
        var tenant = parameters.Add(organization.Value, NpgsqlDbType.Uuid);
        var parts = Conjuncts(test).ToLookup(part => part is TaskTest.HasWords { Beginnings.IsEmpty: false });
        var after = cursor is null ? "" : $" and {SortSql.After(sort, cursor, tenant, parameters)}";
        var command = new NpgsqlCommand(
            $"""
             select (line - 'kind')::text, id, {string.Join(", ", sort.Keys.Select(key => SortSql.ColumnOf(key.Field)))}
             from {Source(parts[true], tenant, parameters)}
             where organization = {tenant} and {TestSql.Of(new TaskTest.All([.. parts[false]]), parameters)}{after}
             order by {SortSql.OrderBy(sort)} limit {limit}
             """);
        parameters.Into(command);
        return command;
    }

    private static IEnumerable<TaskTest> Conjuncts(TaskTest test) => test is TaskTest.All all ? all.Tests.SelectMany(Conjuncts) : [test];

    // PostgreSQL cannot guess how rare the beginning of a word is, and would rather read all tasks in order than ask the index of words.
    // The offset keeps it from seeing through.
    private static string Source(IEnumerable<TaskTest> words, string tenant, SqlParameters parameters)
    {
        var conditions = string.Concat(words.Select(test => $" and {TestSql.Of(test, parameters)}"));
        return conditions.Length == 0 ? "tg.tasks" : $"(select * from tg.tasks where organization = {tenant}{conditions} offset 0) as tasks";
    }

    private static SearchCursor CursorAt(NpgsqlDataReader row, TaskSort sort) =>
        new([.. sort.Keys.Select((key, i) => ValueAt(row, 2 + i, key.Field))], new TaskId(row.GetGuid(1)));

    private static object? ValueAt(NpgsqlDataReader row, int column, SortField field) => field switch
    {
        _ when row.IsDBNull(column) => null,
        SortField.Created or SortField.Updated or SortField.Due => new DateTimeOffset(row.GetDateTime(column)).ToUnixTimeMilliseconds(),
        SortField.Priority => (long)row.GetInt16(column),
        SortField.Title => SearchCursor.Cut(row.GetString(column)),
        _ => row.GetString(column),
    };
}

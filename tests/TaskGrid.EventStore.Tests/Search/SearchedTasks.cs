using System.Collections.Immutable;
using TaskGrid.Contracts;
using TaskGrid.Contracts.Search;
using TaskGrid.Domain.Organizations;
using TaskGrid.Domain.Tasks;
using TaskGrid.EventStore.Marten.Queries;
using TaskGrid.EventStore.Tests.Facts;
using TaskGrid.Grains.Ports;
using TaskGrid.Sync;

namespace TaskGrid.EventStore.Tests.Search;

/// <summary>An organization with these task lines in its rows, and the same search asked of both sides.</summary>
internal sealed record SearchedTasks(ADatabase Database, OrganizationId Organization, ImmutableArray<TaskLine> Lines, FilterContext Context)
{
    public static async Task<SearchedTasks> StoredAsync(
        ADatabase database, ImmutableArray<TaskLine> lines, FilterContext context, CancellationToken cancellationToken)
    {
        var log = ALog.OfNobody();
        var founds = log.Founds();
        await RequireAsync(database, founds, cancellationToken);
        log = log.After(founds);
        var core = log.Core! with
        {
            Members = context.Members.ToImmutableSortedDictionary(member => member.Member, member => new MemberState(member.Name, member.Role)),
            Definitions = context.Definitions.ToImmutableSortedDictionary(definition => definition.Id, StateOf),
        };
        foreach (var chunk in lines.Chunk(5_000))
        {
            var commit = log.Rejects() with { Core = core, Tasks = [.. chunk.Select(line => new TaskState.Present(line, MergeOf(line, log)))] };
            await RequireAsync(database, commit, cancellationToken);
            log = log.After(commit);
        }
        return new SearchedTasks(database, log.Organization, lines, context);
    }

    /// <summary>What the server finds, all pages.</summary>
    public async Task<ImmutableArray<TaskId>> FindAsync(SearchQuery query, CancellationToken cancellationToken)
    {
        var queries = new OrganizationQueries(Database.Source, TimeProvider.System);
        var found = ImmutableArray.CreateBuilder<TaskId>();
        for (var cursor = query.Cursor; ;)
        {
            var outcome = await queries.SearchAsync(Organization, query with { Cursor = cursor }, cancellationToken);
            var page = Assert.IsType<SearchOutcome.Found>(outcome);
            found.AddRange(page.Tasks.Select(IdOf));
            cursor = page.Next;
            if (cursor is null) return found.ToImmutable();
            Assert.True(cursor.Length <= 2048);
        }
    }

    /// <summary>What a client finds offline.</summary>
    public ImmutableArray<TaskId> Evaluate(SearchQuery query)
    {
        var filter = Assert.IsType<FilterReading.Read>(TaskFilter.Parse(query.Filter)).Filter;
        Assert.True(TaskSort.TryParse(query.Sort, out var sort));
        var test = filter.Bind(Context, query.Text);
        return [.. Lines.Where(line => TaskMatcher.Passes(line, test)).Order(sort).Select(line => line.Id)];
    }

    private static TaskId IdOf(string json)
    {
        using var line = System.Text.Json.JsonDocument.Parse(json);
        Assert.False(line.RootElement.TryGetProperty("kind", out _));
        return IdText.Parse<TaskId>(line.RootElement.GetProperty("id").GetString()!);
    }

    private static DefinitionState StateOf(DefinitionLine line) => new(line.Kind, line.Seq, line.Values.ToImmutableSortedDictionary(
        pair => pair.Key,
        pair => Register.Empty with
        {
            Current = new RegisterEntry(line.Seq, new Origin(default, 1), Stamp.At(ALog.Noon), Stamp.At(ALog.Noon), default, pair.Value),
        }, StringComparer.Ordinal));

    private static TaskMerge MergeOf(TaskLine line, ALog log) => new() { Version = 1, CreatedSeq = line.Seq, CreatedBy = new Origin(log.Replica, 1) };

    private static async Task RequireAsync(ADatabase database, Commit commit, CancellationToken cancellationToken) =>
        Assert.IsType<CommitOutcome.Committed>(await database.Committer.CommitAsync(commit, cancellationToken));
}

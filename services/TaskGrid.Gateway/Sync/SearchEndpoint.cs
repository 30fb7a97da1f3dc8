using TaskGrid.EventStore.Marten.Queries;
using TaskGrid.Gateway.Callers;
using TaskGrid.Gateway.Json;
using TaskGrid.Gateway.Problems;
using TaskGrid.Gateway.Web;

namespace TaskGrid.Gateway.Sync;

/// <summary>Search, for whoever holds no replica.</summary>
internal static class SearchEndpoint
{
    private const int Most = 500;
    private const int Usual = 100;

    // The grammar's own limit is 4 KiB; it answers with the position, so it is let through to answer.
    private const int MostText = 16 * 1024;

    public static void MapSearch(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/orgs/{org}/tasks", SearchAsync).ForMembers(NamedIn.Path).WithTags("Search")
            .Describe("Search tasks: `{tasks, next?, head}`", "The grammar of filters is Part IV of the protocol. Example: `status = todo and assignee = me and due <= today`.")
            .Asks(new("filter", "In the grammar; empty for all that is not deleted."), new("q", "Words of title, description and comments."),
                new("sort", "One to three of created, updated, due, priority, status, title, order, with `-` for descending; `-updated` without it."),
                new("cursor", "A former page's `next`."), new("limit", "1 to 500; 100 without it."), new("today", "`YYYY-MM-DD`: the caller's date, for `today` in a filter."))
            .Gives<object>().Fails(400, 401, 404, 429, 503);

    private static async Task<IResult> SearchAsync(HttpContext context, IOrganizationQueries queries)
    {
        var membership = Membership.Of(context);
        var query = new QueryReader(context.Request.Query);
        var asked = new SearchQuery(membership.User, query.Text("filter", MostText), query.Text("q", MostText), query.Text("sort"), query.Text("cursor", 2048),
            (int)query.Number("limit", 1, Most, Usual)) { Today = query.Day("today") };
        if (query.Problem is { } problem) return new ProblemAnswer(problem);
        return await queries.SearchAsync(membership.Organization, asked, context.RequestAborted) switch
        {
            SearchOutcome.Found found => Page(found),
            SearchOutcome.Invalid invalid => new ProblemAnswer(
                Refusals.InvalidMember(invalid.Parameter, invalid.Detail) with { Position = invalid.Position }),
            var other => throw new System.Diagnostics.UnreachableException(other.GetType().Name),
        };
    }

    private static JsonAnswer Page(SearchOutcome.Found found) => new(json =>
    {
        json.WriteStartObject();
        SyncAnswers.WriteRaw(json, "tasks", found.Tasks);
        if (found.Next is { } next) json.WriteString("next", next);
        json.WriteNumber("head", found.Head);
        json.WriteEndObject();
    });
}

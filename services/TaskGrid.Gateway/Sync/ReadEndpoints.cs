using TaskGrid.Contracts;
using TaskGrid.EventStore.Marten.Queries;
using TaskGrid.Gateway.Callers;
using TaskGrid.Gateway.Json;
using TaskGrid.Gateway.Problems;
using TaskGrid.Gateway.Web;

namespace TaskGrid.Gateway.Sync;

/// <summary>Reads beside the log: snapshot, edits of a text, conflicts, history.</summary>
internal static class ReadEndpoints
{
    private const int Page = 500;

    public static void MapReads(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/sync").WithTags("Sync");
        group.MapGet("/snapshot", SnapshotAsync).ForMembers(NamedIn.Query)
            .Describe("The state as lines of JSON", "First `{seq, count, taken, digest, history}`, then definitions, members and tasks, one a line.")
            .Asks(QueryParameter.Organization, QueryParameter.Replica).Produces<SnapshotHead>(200, SnapshotAnswer.ContentType).Fails(400, 401, 403, 404, 429, 503);
        group.MapGet("/text", TextAsync).ForMembers(NamedIn.Query)
            .Describe("The canonical edits of a text after `since`")
            .Asks(QueryParameter.Organization, QueryParameter.Task, new("field", "`title` or `description`.", true), new("since", "The seq that the client holds.", true))
            .Gives<object>().Fails(400, 401, 404, 429, 503);
        group.MapGet("/conflicts", ConflictsAsync).ForMembers(NamedIn.Query)
            .Describe("Conflicts: `{conflicts, next?}`").Asks(QueryParameter.Organization, new("status", "`open` (the default) or `all`."), new("task", "Only this task's."), QueryParameter.After)
            .Gives<object>().Fails(400, 401, 404, 429, 503);
        group.MapGet("/history", HistoryAsync).ForMembers(NamedIn.Query)
            .Describe("Who changed a task: `{entries, next?}`, oldest first").Asks(QueryParameter.Organization, QueryParameter.Task, QueryParameter.After)
            .Gives<object>().Fails(400, 401, 404, 429, 503);
    }

    private static async Task<IResult> SnapshotAsync(HttpContext context, IOrganizationQueries queries)
    {
        var membership = Membership.Of(context);
        var query = new QueryReader(context.Request.Query);
        var replica = query.Id<ReplicaId>("replica");
        if (query.Problem is { } problem) return new ProblemAnswer(problem);
        return await Replicas.IsOfAnotherAsync(queries, membership, replica, context.RequestAborted)
            ? new ProblemAnswer(Refusals.ReplicaTaken())
            : new SnapshotAnswer(queries, membership.Organization, replica);
    }

    private static async Task<IResult> TextAsync(HttpContext context, IOrganizationQueries queries)
    {
        var query = new QueryReader(context.Request.Query);
        var task = query.Id<TaskId>("task");
        var field = query.Word("field", "", Fields.Title, Fields.Description);
        if (field.Length == 0) query.Fail("field", "is missing");
        var since = query.Number("since", 0, long.MaxValue);
        if (query.Problem is { } problem) return new ProblemAnswer(problem);
        return Raw(await queries.TextAsync(Membership.Of(context).Organization, task, field, since, context.RequestAborted));
    }

    private static async Task<IResult> ConflictsAsync(HttpContext context, IOrganizationQueries queries)
    {
        var query = new QueryReader(context.Request.Query);
        var openOnly = query.Word("status", "open", "open", "all") == "open";
        var task = query.OptionalId<TaskId>("task");
        var after = query.Text("after");
        if (query.Problem is { } problem) return new ProblemAnswer(problem);
        return Raw(await queries.ConflictsAsync(Membership.Of(context).Organization, openOnly, task, after, Page, context.RequestAborted));
    }

    private static async Task<IResult> HistoryAsync(HttpContext context, IOrganizationQueries queries)
    {
        var query = new QueryReader(context.Request.Query);
        var task = query.Id<TaskId>("task");
        var after = query.Text("after");
        if (query.Problem is { } problem) return new ProblemAnswer(problem);
        return Raw(await queries.HistoryAsync(Membership.Of(context).Organization, task, after, Page, context.RequestAborted));
    }

    private static IResult Raw(string? json) => json is null ? new ProblemAnswer(Refusals.NotFound()) : new RawJsonAnswer(json);
}

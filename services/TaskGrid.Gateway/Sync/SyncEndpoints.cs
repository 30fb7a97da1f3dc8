using TaskGrid.Contracts;
using TaskGrid.EventStore.Marten.Queries;
using TaskGrid.Gateway.Callers;
using TaskGrid.Gateway.Json;
using TaskGrid.Gateway.Live;
using TaskGrid.Gateway.Problems;
using TaskGrid.Gateway.Web;
using TaskGrid.Grains;

namespace TaskGrid.Gateway.Sync;

/// <summary>Push and pull.</summary>
internal static class SyncEndpoints
{
    private const int MostInPage = 5000;
    private const int LongestWait = 60;

    public static void MapSync(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/sync").WithTags("Sync");
        group.MapPost("/push", PushAsync).ForMembers(NamedIn.Body)
            .Describe("Push changes", "At most 1,000 changes or 4 MiB, in order of `n`. The answer means durable. With `since` it also holds a pull. `contracts/protocol/SPEC.md` is the description of changes.")
            .Accepts<PushDescription>("application/json").Gives<PushAnswer>().Fails(400, 401, 403, 404, 409, 410, 413, 426, 429, 503);
        group.MapGet("/pull", PullAsync).ForMembers(NamedIn.Query)
            .Describe("Pull changes", "The canonical changes after `since`, oldest first. With `wait` (seconds) an empty answer is held back until there are some.")
            .Asks(QueryParameter.Organization, QueryParameter.Replica, new("since", "The seq that the client holds; 0 at first.", true),
                new("limit", "1 to 5000, which is also the default."), new("wait", "0 to 60 seconds."), new("history", "The log's identity as the client knows it."))
            .Gives<PullAnswer>().Fails(400, 401, 403, 404, 410, 429, 503);
    }

    private static async Task<IResult> PushAsync(HttpContext context, Pushing pushing, IOrganizationQueries queries, TimeProvider clock)
    {
        var body = await JsonBody.ReadAsync(context.Request, PushReader.MostBytes, context.RequestAborted);
        if (body is JsonBodyOutcome.Refused refused) return new ProblemAnswer(refused.Problem);
        using var read = (JsonBodyOutcome.Read)body;
        var reading = PushReader.Read(read.Document.RootElement);
        if (reading is Reading<PushRequest>.Refused malformed) return new ProblemAnswer(malformed.Problem);
        var push = ((Reading<PushRequest>.Read)reading).Value;
        return await AnswerAsync(context, push, pushing, queries, clock);
    }

    private static async Task<IResult> AnswerAsync(HttpContext context, PushRequest push, Pushing pushing, IOrganizationQueries queries, TimeProvider clock)
    {
        var outcome = await pushing.PushAsync(Caller.Of(context), push, context.RequestAborted);
        if (outcome is PushOutcome.Refused no) return new ProblemAnswer(no.Problem);
        var taken = (PushOutcome.Taken)outcome;
        var page = push.Since is { } since
            ? await queries.PullAsync(push.Organization, push.Replica, since, MostInPage, context.RequestAborted)
            : null;
        return new JsonAnswer(json =>
        {
            json.WriteStartObject();
            SyncAnswers.WriteTaken(json, taken);
            // A page of another history is none of the log that the push went into.
            if (page is not null && page.History == taken.History)
            {
                json.WritePropertyName("pull");
                SyncAnswers.WritePage(json, page, clock.GetUtcNow());
            }
            json.WriteEndObject();
        });
    }

    private static async Task<IResult> PullAsync(HttpContext context, IOrganizationQueries queries, LiveHub hub, TimeProvider clock)
    {
        var membership = Membership.Of(context);
        var query = new QueryReader(context.Request.Query);
        var replica = query.Id<ReplicaId>("replica");
        var since = query.Number("since", 0, long.MaxValue);
        var limit = (int)query.Number("limit", 1, MostInPage, MostInPage);
        var wait = query.Number("wait", 0, LongestWait, 0);
        var history = query.Text("history");
        if (query.Problem is { } problem) return new ProblemAnswer(problem);
        if (since > membership.Head || (history is not null && history != membership.History)) return new ProblemAnswer(Refusals.Resync());
        if (await Replicas.IsOfAnotherAsync(queries, membership, replica, context.RequestAborted)) return new ProblemAnswer(Refusals.ReplicaTaken());
        if (wait > 0 && since == membership.Head) await hub.WaitAsync(membership.Organization, since, TimeSpan.FromSeconds(wait), context.RequestAborted);
        var page = await queries.PullAsync(membership.Organization, replica, since, limit, context.RequestAborted);
        if (page is null) return new ProblemAnswer(Refusals.NotFound());
        // The log may have been put back from a backup since the membership was asked for.
        return history is not null && history != page.History
            ? new ProblemAnswer(Refusals.Resync())
            : new JsonAnswer(json => SyncAnswers.WritePage(json, page, clock.GetUtcNow()));
    }
}

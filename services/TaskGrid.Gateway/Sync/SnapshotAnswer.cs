using TaskGrid.Contracts;
using TaskGrid.EventStore.Marten.Queries;

namespace TaskGrid.Gateway.Sync;

/// <summary>The snapshot, streamed as the database gives it. If that breaks off, so does the answer, and its count shows it.</summary>
internal sealed class SnapshotAnswer(IOrganizationQueries queries, OrganizationId organization, ReplicaId replica) : IResult
{
    public const string ContentType = "application/x-ndjson";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = ContentType;
        return queries.WriteSnapshotAsync(organization, replica, httpContext.Response.Body, httpContext.RequestAborted);
    }
}

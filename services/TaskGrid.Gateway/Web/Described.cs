using TaskGrid.Gateway.Problems;

namespace TaskGrid.Gateway.Web;

/// <summary>Words for the description of the API, short enough to stand beside the route.</summary>
internal static class Described
{
    private const string Json = "application/json";

    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, string summary, string? more = null)
    {
        endpoint.WithSummary(summary);
        return more is null ? endpoint : endpoint.WithDescription(more);
    }

    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint) where T : notnull => endpoint.Accepts<T>(Json);

    public static RouteHandlerBuilder Asks(this RouteHandlerBuilder endpoint, params QueryParameter[] parameters) => endpoint.WithMetadata([.. parameters]);

    public static RouteHandlerBuilder Gives<T>(this RouteHandlerBuilder endpoint, int status = StatusCodes.Status200OK) => endpoint.Produces<T>(status, Json);

    public static RouteHandlerBuilder GivesNothing(this RouteHandlerBuilder endpoint) => endpoint.Produces(StatusCodes.Status204NoContent);

    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses) endpoint.Produces<Contracts.Problem>(status, ProblemAnswer.ContentType);
        return endpoint;
    }
}

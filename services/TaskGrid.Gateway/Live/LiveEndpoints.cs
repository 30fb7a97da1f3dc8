using System.Net.WebSockets;
using TaskGrid.Contracts;
using TaskGrid.Gateway.Callers;
using TaskGrid.Gateway.Json;
using TaskGrid.Gateway.Problems;
using TaskGrid.Gateway.Web;

namespace TaskGrid.Gateway.Live;

/// <summary>Live connections and the tickets for them.</summary>
internal static class LiveEndpoints
{
    public const string Subprotocol = "taskgrid.v1";

    public static void MapLive(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/sync").WithTags("Sync");
        // The first frame says who calls and where; until then a connection may do nothing.
        group.MapGet("/live", ConnectAsync).For(new Access.Anybody())
            .Describe("Live connection", "WebSocket, subprotocol `taskgrid.v1`: see the protocol, [WS1] and on.").Produces(101).Fails(400, 429);
        group.MapPost("/ticket", TicketAsync).ForMembers(NamedIn.Body)
            .Describe("A ticket for a live connection", "One use, 30 s.").Takes<TicketRequest>().Gives<LiveTicket>().Fails(400, 401, 404, 413, 422, 429, 503);
    }

    private static async Task<IResult> ConnectAsync(HttpContext context, LiveAcceptance acceptance)
    {
        if (!context.WebSockets.IsWebSocketRequest || !context.WebSockets.WebSocketRequestedProtocols.Contains(Subprotocol))
            return new ProblemAnswer(Refusals.Invalid($"This is a WebSocket endpoint; its subprotocol is {Subprotocol}."));
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = Subprotocol,
            KeepAliveInterval = TimeSpan.FromSeconds(15),
            KeepAliveTimeout = TimeSpan.FromSeconds(30),
        });
        await acceptance.RunAsync(socket);
        return Results.Empty;
    }

    private static Task<IResult> TicketAsync(HttpContext context, LiveTickets tickets, Memberships memberships) =>
        Form.WithAsync(context, members => members.Id<OrganizationId>("org"), async organization =>
        {
            var user = Caller.Of(context);
            return await memberships.OfAsync(user, organization, context.RequestAborted) switch
            {
                MembershipOutcome.Found => Results.Json(
                    await tickets.IssueAsync(user, organization, Caller.ExpiryOf(context.User), context.RequestAborted), ContractsJson.Default.LiveTicket),
                MembershipOutcome.None => new ProblemAnswer(Refusals.NotFound()),
                _ => new ProblemAnswer(Refusals.Unavailable()),
            };
        });
}

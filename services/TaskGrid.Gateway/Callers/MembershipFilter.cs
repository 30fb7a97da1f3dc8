using System.Diagnostics;
using TaskGrid.Contracts;
using TaskGrid.Gateway.Problems;

namespace TaskGrid.Gateway.Callers;

/// <summary>Lets through who is a member with the declared role, and hands the membership on.</summary>
internal sealed class MembershipFilter(Memberships memberships) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var declared = http.GetEndpoint()!.Metadata.GetRequiredMetadata<Access.Member>();
        if (Named(http, declared.Named) is not { } organization)
            return new ProblemAnswer(declared.Named == NamedIn.Path ? Refusals.NotFound() : Refusals.InvalidMember("org", "must be a UUID in lower-case text"));
        var outcome = await memberships.OfAsync(Caller.Of(http), organization, http.RequestAborted);
        switch (outcome)
        {
            case MembershipOutcome.Found { Membership: var membership } when membership.Role >= declared.Least:
                http.Features.Set(membership);
                return await next(context);
            case MembershipOutcome.Found:
                return new ProblemAnswer(Refusals.Forbidden());
            case MembershipOutcome.None:
                return new ProblemAnswer(Refusals.NotFound());
            case MembershipOutcome.Unknown:
                return new ProblemAnswer(Refusals.Unavailable());
            default:
                throw new UnreachableException(outcome.GetType().Name);
        }
    }

    private static OrganizationId? Named(HttpContext http, NamedIn named)
    {
        var text = named == NamedIn.Path ? http.Request.RouteValues["org"] as string : http.Request.Query["org"] is [var one] ? one : null;
        return IdText.TryParse<OrganizationId>(text, out var organization) ? organization : null;
    }
}

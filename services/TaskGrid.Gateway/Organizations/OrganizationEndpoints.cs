using TaskGrid.Contracts;
using TaskGrid.Gateway.Callers;
using TaskGrid.Gateway.Grains;
using TaskGrid.Gateway.Json;
using TaskGrid.Gateway.Live;
using TaskGrid.Gateway.Web;
using TaskGrid.Grains;

namespace TaskGrid.Gateway.Organizations;

/// <summary>Founding, renaming and closing organizations.</summary>
internal static class OrganizationEndpoints
{
    private const int MaxName = 200;

    public static void MapOrganizations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/orgs").WithTags("Organizations");
        group.MapPost("", FoundAsync).For(new Access.SignedIn())
            .Describe("Found an organization", "Its log begins with the membership of its owner: seq 1. Again with the same `id` answers the same.")
            .Takes<CreateOrganizationRequest>().Gives<OrganizationInfo>(201).Fails(400, 401, 409, 413, 422, 503);
        group.MapPatch("/{org}", RenameAsync).ForMembers(NamedIn.Path, Role.Admin)
            .Describe("Rename").Takes<RenameOrganizationRequest>().Gives<OrganizationInfo>().Fails(400, 401, 403, 404, 413, 422, 503);
        group.MapDelete("/{org}", CloseAsync).ForMembers(NamedIn.Path, Role.Owner)
            .Describe("Delete").GivesNothing().Fails(401, 403, 404, 503);
    }

    private static Task<IResult> FoundAsync(HttpContext context, GrainCalls grains) =>
        Form.WithAsync(context, members => (Id: members.OptionalId<OrganizationId>("id"), Name: Name(members)), async form =>
        {
            var organization = form.Id ?? new OrganizationId(Guid.CreateVersion7());
            var command = new FoundOrganization(form.Name, Caller.Of(context), Caller.NameOf(context));
            var outcome = await grains.TryAsync(organization, (grain, _) => grain.Found(command), context.RequestAborted);
            return OutcomeAnswer.Of(outcome, done => Info(organization, done, StatusCodes.Status201Created));
        });

    private static Task<IResult> RenameAsync(HttpContext context, GrainCalls grains) =>
        Form.WithAsync(context, Name, async name =>
        {
            var membership = Membership.Of(context);
            var command = new RenameOrganization(membership.User, name);
            var outcome = await grains.TryAsync(membership.Organization, (grain, _) => grain.Rename(command), context.RequestAborted);
            return OutcomeAnswer.Of(outcome, done => Info(membership.Organization, done, StatusCodes.Status200OK));
        });

    private static async Task<IResult> CloseAsync(HttpContext context, GrainCalls grains, BusLines lines)
    {
        var membership = Membership.Of(context);
        var outcome = await grains.TryAsync(
            membership.Organization, (grain, _) => grain.Close(new CloseOrganization(membership.User)), context.RequestAborted);
        return OutcomeAnswer.Of(outcome, done =>
        {
            lines.TellClosed(membership.Organization, done.Head);
            return Results.NoContent();
        });
    }

    private static string Name(ObjectReader members)
    {
        var name = members.Text("name", 1, MaxName).Trim();
        if (name.Length == 0) members.Fail("name", "is empty");
        return name;
    }

    private static IResult Info(OrganizationId organization, OrganizationOutcome.Done done, int status) =>
        Results.Json(new OrganizationInfo(organization, done.Name, done.Role ?? Role.Owner), ContractsJson.Default.OrganizationInfo, statusCode: status);
}

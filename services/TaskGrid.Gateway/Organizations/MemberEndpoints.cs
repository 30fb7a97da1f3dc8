using TaskGrid.Contracts;
using TaskGrid.EventStore.Marten.Accounts;
using TaskGrid.EventStore.Marten.Queries;
using TaskGrid.Gateway.Callers;
using TaskGrid.Gateway.Accounts;
using TaskGrid.Gateway.Grains;
using TaskGrid.Gateway.Json;
using TaskGrid.Gateway.Problems;
using TaskGrid.Gateway.Web;
using TaskGrid.Grains;

namespace TaskGrid.Gateway.Organizations;

/// <summary>Members and roles. Who may do what to whom is decided by the organization alone; here only who may ask.</summary>
internal static class MemberEndpoints
{
    public static void MapMembers(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/orgs/{org}").WithTags("Members");
        group.MapGet("/members", ListAsync).ForMembers(NamedIn.Path)
            .Describe("List the members").Gives<MemberList>().Fails(401, 404, 503);
        group.MapPost("/members", AddAsync).ForMembers(NamedIn.Path, Role.Admin)
            .Describe("Add a member", "By the address of an account. Nobody gives a role above his own.")
            .Takes<AddMemberRequest>().Gives<MemberInfo>(201).Fails(400, 401, 403, 404, 413, 422, 503);
        group.MapPatch("/members/{user}", ChangeAsync).ForMembers(NamedIn.Path, Role.Admin)
            .Describe("Change a member's role").Takes<ChangeRoleRequest>().Gives<MemberInfo>().Fails(400, 401, 403, 404, 409, 413, 422, 503);
        group.MapDelete("/members/{user}", RemoveAsync).ForMembers(NamedIn.Path)
            .Describe("Remove a member", "Admins remove others; everybody may remove himself.").GivesNothing().Fails(401, 403, 404, 409, 503);
        group.MapPost("/leave", LeaveAsync).ForMembers(NamedIn.Path)
            .Describe("Leave", "The last owner cannot.").GivesNothing().Fails(401, 404, 409, 503);
    }

    private static async Task<IResult> ListAsync(HttpContext context, IOrganizationQueries queries, IAccountStore accounts)
    {
        var members = await queries.MembersAsync(Membership.Of(context).Organization, context.RequestAborted);
        var known = await accounts.InfoAsync(members.Select(member => member.Member), context.RequestAborted);
        var list = members.Select(member => new MemberInfo(member.Member, member.Name, known.GetValueOrDefault(member.Member)?.Email ?? "", member.Role));
        return Results.Json(new MemberList([.. list]), ContractsJson.Default.MemberList);
    }

    private static Task<IResult> AddAsync(HttpContext context, IAccountStore accounts, GrainCalls grains) =>
        Form.WithAsync(context, members => (Email: EmailAddress.Normalize(members.Text("email", 1, EmailAddress.MaxLength)), Role: members.Role("role")), async form =>
        {
            var account = await accounts.ByEmailAsync(form.Email, context.RequestAborted);
            if (account is null) return new ProblemAnswer(Refusals.NoSuchUser());
            return await SetAsync(context, grains, account.Info, form.Role, mustBeMember: false, _ => Info(account.Info, form.Role, StatusCodes.Status201Created));
        });

    private static Task<IResult> ChangeAsync(HttpContext context, string user, IAccountStore accounts, GrainCalls grains) =>
        Form.WithAsync(context, members => members.Role("role"), async role =>
        {
            if (await AccountAsync(user, accounts, context.RequestAborted) is not { } account) return new ProblemAnswer(Refusals.NotFound());
            return await SetAsync(context, grains, account, role, mustBeMember: true, _ => Info(account, role, StatusCodes.Status200OK));
        });

    private static async Task<IResult> RemoveAsync(HttpContext context, string user, IAccountStore accounts, GrainCalls grains)
    {
        if (await AccountAsync(user, accounts, context.RequestAborted) is not { } account) return new ProblemAnswer(Refusals.NotFound());
        return await SetAsync(context, grains, account, null, mustBeMember: true, _ => Results.NoContent());
    }

    private static async Task<IResult> LeaveAsync(HttpContext context, IAccountStore accounts, GrainCalls grains)
    {
        var self = Membership.Of(context).User;
        if (await AccountAsync(self.ToString(), accounts, context.RequestAborted) is not { } account) return new ProblemAnswer(Refusals.NotFound());
        return await SetAsync(context, grains, account, null, mustBeMember: true, _ => Results.NoContent());
    }

    private static async Task<UserInfo?> AccountAsync(string user, IAccountStore accounts, CancellationToken cancellationToken) =>
        IdText.TryParse<UserId>(user, out var id) ? (await accounts.ByIdAsync(id, cancellationToken))?.Info : null;

    private static async Task<IResult> SetAsync(
        HttpContext context, GrainCalls grains, UserInfo member, Role? role, bool mustBeMember, Func<OrganizationOutcome.Done, IResult> done)
    {
        var membership = Membership.Of(context);
        var command = new SetMember(membership.User, member.Id, member.Name, role, mustBeMember);
        var outcome = await grains.TryAsync(membership.Organization, (grain, _) => grain.SetMember(command), context.RequestAborted);
        return OutcomeAnswer.Of(outcome, done);
    }

    private static IResult Info(UserInfo user, Role role, int status) =>
        Results.Json(new MemberInfo(user.Id, user.Name, user.Email, role), ContractsJson.Default.MemberInfo, statusCode: status);
}

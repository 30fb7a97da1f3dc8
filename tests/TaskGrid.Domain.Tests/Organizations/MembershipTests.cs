using TaskGrid.Contracts;
using TaskGrid.Domain.Organizations;
using static TaskGrid.Domain.Tests.ReferenceLog;

namespace TaskGrid.Domain.Tests.Organizations;

public class MembershipTests
{
    private readonly ReferenceLog log = new();

    [Fact(DisplayName = "[AC1] The last owner can neither leave nor lose the role")]
    public void The_last_owner_can_neither_leave_nor_lose_the_role()
    {
        Assert.Equal(Codes.LastOwner, Set(log.Owner, log.Owner, null));
        Assert.Equal(Codes.LastOwner, Set(log.Owner, log.Owner, Role.Admin));
        Assert.Null(Set(log.Owner, User(2), Role.Owner));
        Assert.Null(Set(log.Owner, log.Owner, null));
    }

    [Fact(DisplayName = "[AC1] Nobody grants or changes a role above his own")]
    public void Nobody_grants_or_changes_a_role_above_his_own()
    {
        Set(log.Owner, User(2), Role.Admin);
        Set(log.Owner, User(3), Role.Member);
        Assert.Equal(Codes.Forbidden, Set(User(2), User(4), Role.Owner));
        Assert.Equal(Codes.Forbidden, Set(User(2), log.Owner, Role.Member));
        Assert.Equal(Codes.Forbidden, Set(User(3), User(4), Role.Viewer));
        Assert.Null(Set(User(2), User(3), Role.Admin));
        Assert.Null(Set(User(3), User(3), null));
    }

    [Fact(DisplayName = "[AC2] A stranger is told that there is no such organization")]
    public void A_stranger_is_told_that_there_is_no_such_organization() =>
        Assert.Equal(Codes.NotFound, Set(User(9), User(2), Role.Member));

    [Fact(DisplayName = "[OP15] A member change has a place in the log")]
    public void A_member_change_has_a_place_in_the_log()
    {
        Set(log.Owner, User(2), Role.Member);
        var member = Assert.IsType<ChangeBody.Member>(log.Feed[^1].Body);
        Assert.Equal((User(2), Role.Member, 2L), (member.Subject, member.Role!.Value, log.Feed[^1].Seq));
        Assert.Null(log.Feed[^1].Origin);
    }

    [Fact]
    public void In_a_closed_organization_nobody_is_a_member()
    {
        Assert.Null(log.Execute(new OrganizationCommand.Close(log.Owner, log.Now)).Rejection);
        Assert.Null(OrganizationDecider.RoleOf(log.State, log.Owner));
        Assert.Equal(Codes.NotFound, Set(log.Owner, User(2), Role.Member));
    }

    private string? Set(UserId by, UserId member, Role? role) =>
        log.Execute(new OrganizationCommand.SetMember(by, log.Now, member, "Name", role, false)).Rejection?.Code;
}

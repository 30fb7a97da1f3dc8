using TaskGrid.Contracts;
using TaskGrid.Gateway.Grains;

namespace TaskGrid.Gateway.Callers;

/// <summary>Asks organizations what a user may do there. Never cached: a removal holds from the moment it is acknowledged.</summary>
internal sealed class Memberships(GrainCalls grains)
{
    public async Task<MembershipOutcome> OfAsync(UserId user, OrganizationId organization, CancellationToken cancellationToken)
    {
        var access = await grains.TryAsync(organization, (grain, _) => grain.AccessOf(user), cancellationToken);
        return access switch
        {
            null => new MembershipOutcome.Unknown(),
            { Role: { } role } => new MembershipOutcome.Found(
                new Membership(user, organization, role, access.Name ?? "", access.Head, access.History ?? "")),
            _ => new MembershipOutcome.None(),
        };
    }
}

/// <summary>What became of asking.</summary>
internal abstract record MembershipOutcome
{
    private MembershipOutcome() { }

    /// <summary>A member.</summary>
    public sealed record Found(Membership Membership) : MembershipOutcome;

    /// <summary>No member, or no such organization: nobody is told which.</summary>
    public sealed record None : MembershipOutcome;

    /// <summary>The organization did not answer.</summary>
    public sealed record Unknown : MembershipOutcome;
}

using TaskGrid.Contracts;

namespace TaskGrid.Gateway.Callers;

/// <summary>The caller in an organization, as checked for this request.</summary>
/// <param name="User">Who.</param>
/// <param name="Organization">Where.</param>
/// <param name="Role">As what.</param>
/// <param name="Name">The organization's name.</param>
/// <param name="Head">The log's last seq when it was checked.</param>
/// <param name="History">The log's identity.</param>
internal sealed record Membership(UserId User, OrganizationId Organization, Role Role, string Name, long Head, string History)
{
    /// <summary>The membership that the filter found.</summary>
    public static Membership Of(HttpContext context) =>
        context.Features.Get<Membership>() ?? throw new InvalidOperationException("The endpoint does not declare Access.Member.");
}

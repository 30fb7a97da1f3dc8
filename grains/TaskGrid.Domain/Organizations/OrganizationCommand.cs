using TaskGrid.Contracts;

namespace TaskGrid.Domain.Organizations;

/// <summary>What an organization is asked to decide beside pushes: a closed family.</summary>
/// <param name="By">Who.</param>
/// <param name="Now">The server's time.</param>
public abstract record OrganizationCommand(UserId By, DateTimeOffset Now)
{
    /// <summary>Found it.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="OwnerName">The name of its first owner that others see.</param>
    public sealed record Found(UserId By, DateTimeOffset Now, string Name, string OwnerName) : OrganizationCommand(By, Now);

    /// <summary>Rename it.</summary>
    /// <param name="Name">The new name.</param>
    public sealed record Rename(UserId By, DateTimeOffset Now, string Name) : OrganizationCommand(By, Now);

    /// <summary>Close it.</summary>
    public sealed record Close(UserId By, DateTimeOffset Now) : OrganizationCommand(By, Now);

    /// <summary>Add a member, set a role, or remove a member.</summary>
    /// <param name="Member">The user concerned.</param>
    /// <param name="Name">The name that others see.</param>
    /// <param name="Role">The role from now on; null removes.</param>
    /// <param name="MustBeMember">True for a change of role and a removal.</param>
    public sealed record SetMember(UserId By, DateTimeOffset Now, UserId Member, string Name, Role? Role, bool MustBeMember)
        : OrganizationCommand(By, Now);
}

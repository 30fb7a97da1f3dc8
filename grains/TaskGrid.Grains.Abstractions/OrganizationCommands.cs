using TaskGrid.Contracts;

namespace TaskGrid.Grains;

/// <summary>Founds an organization.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Owner">Its first owner.</param>
/// <param name="OwnerName">The name that others see.</param>
[GenerateSerializer, Immutable, Alias("FoundOrganization")]
public sealed record FoundOrganization([property: Id(0)] string Name, [property: Id(1)] UserId Owner, [property: Id(2)] string OwnerName);

/// <summary>Renames an organization.</summary>
/// <param name="By">Who.</param>
/// <param name="Name">The new name.</param>
[GenerateSerializer, Immutable, Alias("RenameOrganization")]
public sealed record RenameOrganization([property: Id(0)] UserId By, [property: Id(1)] string Name);

/// <summary>Closes an organization.</summary>
/// <param name="By">Who.</param>
[GenerateSerializer, Immutable, Alias("CloseOrganization")]
public sealed record CloseOrganization([property: Id(0)] UserId By);

/// <summary>Adds a member, changes a role, or removes a member.</summary>
/// <param name="By">Who.</param>
/// <param name="Member">The user concerned.</param>
/// <param name="Name">The name that others see.</param>
/// <param name="Role">The role from now on; null removes.</param>
/// <param name="MustBeMember">True for a change of role and a removal: an unknown member is <c>not_found</c>.</param>
[GenerateSerializer, Immutable, Alias("SetMember")]
public sealed record SetMember(
    [property: Id(0)] UserId By,
    [property: Id(1)] UserId Member,
    [property: Id(2)] string Name,
    [property: Id(3)] Role? Role,
    [property: Id(4)] bool MustBeMember);

/// <summary>What became of a command on an organization.</summary>
[GenerateSerializer, Immutable, Alias("OrganizationOutcome")]
public abstract record OrganizationOutcome
{
    private OrganizationOutcome() { }

    /// <summary>Done, durable.</summary>
    /// <param name="Name">The organization's name.</param>
    /// <param name="Role">The caller's role now; null if the caller left.</param>
    /// <param name="Head">The log's last seq.</param>
    [GenerateSerializer, Immutable, Alias("OrganizationOutcome.Done")]
    public sealed record Done([property: Id(0)] string Name, [property: Id(1)] Role? Role, [property: Id(2)] long Head) : OrganizationOutcome;

    /// <summary>Refused: nothing changed.</summary>
    /// <param name="Problem">404 not_found, 403 forbidden, 409 last_owner or exists, 422 invalid, 503 unavailable.</param>
    [GenerateSerializer, Immutable, Alias("OrganizationOutcome.Refused")]
    public sealed record Refused([property: Id(0)] Problem Problem) : OrganizationOutcome;
}

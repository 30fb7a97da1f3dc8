using TaskGrid.Contracts;

namespace TaskGrid.Grains;

/// <summary>
/// The authority over one organization: members, roles, the order of the log, exactly-once, the tree of tasks.
/// Its key is the organization's id in lower-case text (<see cref="GrainKeys"/>).
/// </summary>
public interface IOrganizationGrain : IGrainWithStringKey
{
    /// <summary>Takes changes in, all in one commit, or says why the push as a whole is refused. Access: member's own check inside, viewer's changes are rejected one by one.</summary>
    [Alias("push")]
    Task<PushOutcome> Push(PushCommand command, CancellationToken cancellationToken);

    /// <summary>What a user may do here; strongly consistent.</summary>
    [Alias("access")]
    Task<AccessOutcome> AccessOf(UserId user);

    /// <summary>Founds the organization with its first owner; again by the same user it answers the same.</summary>
    [Alias("found")]
    Task<OrganizationOutcome> Found(FoundOrganization command);

    /// <summary>Renames it. Access: admin.</summary>
    [Alias("rename")]
    Task<OrganizationOutcome> Rename(RenameOrganization command);

    /// <summary>Closes it: nobody is a member any more. Access: owner.</summary>
    [Alias("close")]
    Task<OrganizationOutcome> Close(CloseOrganization command);

    /// <summary>Adds a member, changes a role or removes a member; leaving is removing oneself. Access: admin, nobody above his own role.</summary>
    [Alias("member")]
    Task<OrganizationOutcome> SetMember(SetMember command);
}

/// <summary>How grains are addressed.</summary>
public static class GrainKeys
{
    /// <summary>The key of an organization's grain.</summary>
    public static string Of(OrganizationId organization) => organization.ToString();

    /// <summary>The key of a task's grain: a task is one only within its organization.</summary>
    public static string Of(OrganizationId organization, TaskId task) => $"{organization}/{task}";

    /// <summary>The organization of its grain's key.</summary>
    public static OrganizationId OrganizationOf(string key) => IdText.Parse<OrganizationId>(key);

    /// <summary>Organization and task of a task's grain's key.</summary>
    public static (OrganizationId Organization, TaskId Task) TaskOf(string key)
    {
        var slash = key.IndexOf('/');
        return (IdText.Parse<OrganizationId>(key[..slash]), IdText.Parse<TaskId>(key[(slash + 1)..]));
    }
}

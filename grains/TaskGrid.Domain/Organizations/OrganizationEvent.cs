using System.Collections.Immutable;
using TaskGrid.Contracts;

namespace TaskGrid.Domain.Organizations;

/// <summary>What happened to an organization: a closed family.</summary>
/// <param name="Meta">Seq, author, times. Founding, renaming and closing have no place in the log: their seq is the head's.</param>
public abstract record OrganizationEvent(EventMeta Meta)
{
    /// <summary>It was founded.</summary>
    /// <param name="Name">Its name.</param>
    public sealed record Founded(EventMeta Meta, string Name) : OrganizationEvent(Meta);

    /// <summary>It was renamed.</summary>
    /// <param name="Name">Its name.</param>
    public sealed record Renamed(EventMeta Meta, string Name) : OrganizationEvent(Meta);

    /// <summary>It was closed.</summary>
    public sealed record Closed(EventMeta Meta) : OrganizationEvent(Meta);

    /// <summary>A member came, got another role, or went.</summary>
    /// <param name="Member">The user concerned.</param>
    /// <param name="Name">The name that others see.</param>
    /// <param name="Role">The role; null if gone.</param>
    public sealed record MemberSet(EventMeta Meta, UserId Member, string Name, Role? Role) : OrganizationEvent(Meta);

    /// <summary>Properties of a project, label or view were written.</summary>
    /// <param name="Sent">As sent.</param>
    /// <param name="Lost">Properties where a later stamp stands.</param>
    public sealed record Defined(EventMeta Meta, ChangeBody.Define Sent, ImmutableArray<string> Lost) : OrganizationEvent(Meta);

    /// <summary>A number was used up without a change.</summary>
    public sealed record NumberVoided(EventMeta Meta) : OrganizationEvent(Meta);

    /// <summary>A task was deleted that the log has never seen.</summary>
    /// <param name="Task">Its id.</param>
    public sealed record UnknownDeleted(EventMeta Meta, TaskId Task) : OrganizationEvent(Meta);
}

using System.Collections.Immutable;
using System.Diagnostics;
using TaskGrid.Contracts;

namespace TaskGrid.Domain.Organizations;

/// <summary>Decides founding, naming, closing and memberships. Nobody grants or changes a role above his own; the last owner stays.</summary>
public static class OrganizationDecider
{
    private const int NameLength = 200;

    /// <summary>Decides a command on an organization.</summary>
    public static Decision<OrganizationEvent> Decide(OrganizationState state, OrganizationCommand command) => (state, command) switch
    {
        (OrganizationState.Absent, OrganizationCommand.Found found) => Found(found),
        (OrganizationState.Absent, _) => NotFound(),
        (OrganizationState.Present present, OrganizationCommand.Found found) => FoundAgain(present, found),
        (OrganizationState.Present present, _) when RoleOf(present, command.By) is null => NotFound(),
        (OrganizationState.Present present, OrganizationCommand.Rename rename) => Rename(present, rename),
        (OrganizationState.Present present, OrganizationCommand.Close close) => Close(present, close),
        (OrganizationState.Present present, OrganizationCommand.SetMember set) => SetMember(present, set),
        _ => throw new UnreachableException($"{command.GetType().Name} on {state.GetType().Name}"),
    };

    /// <summary>A user's role; null for one who is no member, and in a closed organization.</summary>
    public static Role? RoleOf(OrganizationState state, UserId user) =>
        state is OrganizationState.Present { Core: { Closed: false } core } && core.Members.TryGetValue(user, out var member) ? member.Role : null;

    private static Decision<OrganizationEvent> Found(OrganizationCommand.Found command) =>
        NameFault(command.Name) is { } fault
            ? Reject(Codes.Invalid, fault)
            : Accept(new OrganizationEvent.Founded(Meta(command, 0), command.Name.Trim()),
                new OrganizationEvent.MemberSet(Meta(command, 1), command.By, command.OwnerName, Role.Owner));

    /// <summary>The same founder again: the first answer was lost.</summary>
    private static Decision<OrganizationEvent> FoundAgain(OrganizationState.Present state, OrganizationCommand.Found command) =>
        RoleOf(state, command.By) == Role.Owner && state.Core.Name == command.Name.Trim()
            ? Accept()
            : Reject(Codes.Exists, "There is an organization with this id.");

    private static Decision<OrganizationEvent> Rename(OrganizationState.Present state, OrganizationCommand.Rename command)
    {
        if (RoleOf(state, command.By) < Role.Admin) return Forbidden("Only an admin may rename an organization.");
        if (NameFault(command.Name) is { } fault) return Reject(Codes.Invalid, fault);
        return command.Name.Trim() == state.Core.Name
            ? Accept()
            : Accept(new OrganizationEvent.Renamed(Meta(command, state.Head.Seq), command.Name.Trim()));
    }

    private static Decision<OrganizationEvent> Close(OrganizationState.Present state, OrganizationCommand.Close command) =>
        RoleOf(state, command.By) == Role.Owner
            ? Accept(new OrganizationEvent.Closed(Meta(command, state.Head.Seq)))
            : Forbidden("Only an owner may close an organization.");

    private static Decision<OrganizationEvent> SetMember(OrganizationState.Present state, OrganizationCommand.SetMember command)
    {
        var mine = RoleOf(state, command.By)!.Value;
        var theirs = state.Core.Members.GetValueOrDefault(command.Member);
        var leaves = command.Member == command.By && command.Role is null;
        if (!leaves && mine < Role.Admin) return Forbidden("Only an admin may change members.");
        if (theirs is null && command.MustBeMember) return Reject(Codes.NotFound, "There is no such member.");
        if (!leaves && (command.Role > mine || theirs?.Role > mine)) return Forbidden("Nobody changes a role above his own.");
        if (theirs is null && command.Role is null) return Accept();
        if (theirs is not null && theirs.Role == command.Role) return Accept();
        if (theirs?.Role == Role.Owner && command.Role != Role.Owner && state.Core.Members.Values.Count(m => m.Role == Role.Owner) == 1)
            return Reject(Codes.LastOwner, "The last owner cannot leave or lose the role.");
        var name = theirs?.Name ?? command.Name;
        return Accept(new OrganizationEvent.MemberSet(Meta(command, state.Head.Seq + 1), command.Member, name, command.Role));
    }

    private static string? NameFault(string name) =>
        string.IsNullOrWhiteSpace(name) || name.Length > NameLength || !CanonicalJson.IsClean(name)
            ? $"A name must have 1 to {NameLength} characters." : null;

    private static EventMeta Meta(OrganizationCommand command, long seq) =>
        new(seq, null, command.By, command.Now, Stamp.At(command.Now), Stamp.At(command.Now), null);

    private static Decision<OrganizationEvent> Accept(params ImmutableArray<OrganizationEvent> events) =>
        new Decision<OrganizationEvent>.Accepted(events);

    private static Decision<OrganizationEvent> Reject(string code, string detail) =>
        new Decision<OrganizationEvent>.Rejected(new Rejection(code, detail));

    private static Decision<OrganizationEvent> NotFound() => Reject(Codes.NotFound, PushAdmission.NotFound.Title);

    private static Decision<OrganizationEvent> Forbidden(string detail) => Reject(Codes.Forbidden, detail);
}

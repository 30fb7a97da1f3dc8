using System.Collections.Immutable;

namespace TaskGrid.Contracts;

/// <summary>A person's account as others may see it.</summary>
/// <param name="Id">The account.</param>
/// <param name="Name">The name that others see.</param>
/// <param name="Email">The address.</param>
public sealed record UserInfo(UserId Id, string Name, string Email);

/// <summary>Asks for an account.</summary>
/// <param name="Email">The address to sign in with.</param>
/// <param name="Password">At least 8 characters.</param>
/// <param name="Name">The name that others see.</param>
public sealed record RegisterRequest(string? Email, string? Password, string? Name);

/// <summary>Signs in.</summary>
/// <param name="Email">The address.</param>
/// <param name="Password">The password.</param>
public sealed record LoginRequest(string? Email, string? Password);

/// <summary>Rotates a refresh token. The same token with the same attempt within 60 s answers the same.</summary>
/// <param name="RefreshToken">The token; null where the browser's cookie holds it.</param>
/// <param name="Attempt">A UUID of this try.</param>
public sealed record RefreshRequest(string? RefreshToken, Guid? Attempt);

/// <summary>Signs out.</summary>
/// <param name="RefreshToken">The token; null where the browser's cookie holds it.</param>
public sealed record LogoutRequest(string? RefreshToken);

/// <summary>A signed-in session.</summary>
/// <param name="User">Who.</param>
/// <param name="AccessToken">For <c>Authorization: Bearer</c>; minutes long.</param>
/// <param name="RefreshToken">For the next session; null where the browser's cookie holds it.</param>
/// <param name="ExpiresAt">When the access token ends.</param>
public sealed record Session(UserInfo User, string AccessToken, string? RefreshToken, DateTimeOffset ExpiresAt);

/// <summary>An organization as a member sees it.</summary>
/// <param name="Id">The organization.</param>
/// <param name="Name">Its name.</param>
/// <param name="Role">The caller's role.</param>
public sealed record OrganizationInfo(OrganizationId Id, string Name, Role Role);

/// <summary>Who is asking, and where that one is a member.</summary>
/// <param name="User">Who.</param>
/// <param name="Organizations">Where.</param>
public sealed record Me(UserInfo User, ImmutableArray<OrganizationInfo> Organizations);

/// <summary>Asks for an organization.</summary>
/// <param name="Id">Its id, where the client chose one.</param>
/// <param name="Name">Its name.</param>
public sealed record CreateOrganizationRequest(OrganizationId? Id, string? Name);

/// <summary>Names an organization anew.</summary>
/// <param name="Name">Its name.</param>
public sealed record RenameOrganizationRequest(string? Name);

/// <summary>Adds a member.</summary>
/// <param name="Email">The address of an account.</param>
/// <param name="Role">viewer, member, admin or owner.</param>
public sealed record AddMemberRequest(string? Email, string? Role);

/// <summary>Changes a member's role.</summary>
/// <param name="Role">viewer, member, admin or owner.</param>
public sealed record ChangeRoleRequest(string? Role);

/// <summary>A member with the address.</summary>
/// <param name="User">The user.</param>
/// <param name="Name">The name that others see.</param>
/// <param name="Email">The address.</param>
/// <param name="Role">The role.</param>
public sealed record MemberInfo(UserId User, string Name, string Email, Role Role);

/// <summary>The members of an organization.</summary>
/// <param name="Members">All of them.</param>
public sealed record MemberList(ImmutableArray<MemberInfo> Members);

/// <summary>Asks for a ticket for the WebSocket.</summary>
/// <param name="Org">The organization.</param>
public sealed record TicketRequest(OrganizationId? Org);

/// <summary>A ticket for the WebSocket's hello: one use, 30 seconds.</summary>
/// <param name="Ticket">The ticket.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record LiveTicket(string Ticket, DateTimeOffset ExpiresAt);

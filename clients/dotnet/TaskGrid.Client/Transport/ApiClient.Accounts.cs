using TaskGrid.Contracts;

namespace TaskGrid.Client;

/// <content>Accounts, organizations and members.</content>
public sealed partial class ApiClient
{
    /// <summary>Makes an account and signs in.</summary>
    public Task<Reply<Session>> RegisterAsync(RegisterRequest request, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, "/api/auth/register", Json(request, ContractsJson.Default.RegisterRequest), null, ContractsJson.Default.Session, cancellationToken);

    /// <summary>Signs in.</summary>
    public Task<Reply<Session>> LoginAsync(LoginRequest request, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, "/api/auth/login", Json(request, ContractsJson.Default.LoginRequest), null, ContractsJson.Default.Session, cancellationToken);

    /// <summary>Renews a session.</summary>
    public Task<Reply<Session>> RefreshAsync(RefreshRequest request, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, "/api/auth/refresh", Json(request, ContractsJson.Default.RefreshRequest), null, ContractsJson.Default.Session, cancellationToken);

    /// <summary>Signs out.</summary>
    public Task<Reply<Session>> LogoutAsync(LogoutRequest request, string? token, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, "/api/auth/logout", Json(request, ContractsJson.Default.LogoutRequest), token, ContractsJson.Default.Session, cancellationToken);

    /// <summary>Who one is, and where one is a member.</summary>
    public Task<Reply<Me>> MeAsync(string token, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, "/api/me", null, token, ContractsJson.Default.Me, cancellationToken);

    /// <summary>Makes an organization.</summary>
    public Task<Reply<OrganizationInfo>> CreateOrganizationAsync(CreateOrganizationRequest request, string token, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, "/api/orgs", Json(request, ContractsJson.Default.CreateOrganizationRequest), token, ContractsJson.Default.OrganizationInfo, cancellationToken);

    /// <summary>The members of an organization, with their addresses.</summary>
    public Task<Reply<MemberList>> MembersAsync(OrganizationId organization, string token, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, $"/api/orgs/{organization}/members", null, token, ContractsJson.Default.MemberList, cancellationToken);

    /// <summary>Adds a member.</summary>
    public Task<Reply<MemberInfo>> AddMemberAsync(OrganizationId organization, AddMemberRequest request, string token, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"/api/orgs/{organization}/members", Json(request, ContractsJson.Default.AddMemberRequest), token,
            ContractsJson.Default.MemberInfo, cancellationToken);

    /// <summary>Changes a member's role.</summary>
    public Task<Reply<MemberInfo>> ChangeRoleAsync(OrganizationId organization, UserId user, ChangeRoleRequest request, string token, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Patch, $"/api/orgs/{organization}/members/{user}", Json(request, ContractsJson.Default.ChangeRoleRequest), token,
            ContractsJson.Default.MemberInfo, cancellationToken);

    /// <summary>Removes a member.</summary>
    public Task<Reply<MemberInfo>> RemoveMemberAsync(OrganizationId organization, UserId user, string token, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, $"/api/orgs/{organization}/members/{user}", null, token, ContractsJson.Default.MemberInfo, cancellationToken);

    /// <summary>Leaves an organization.</summary>
    public Task<Reply<MemberInfo>> LeaveAsync(OrganizationId organization, string token, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"/api/orgs/{organization}/leave", null, token, ContractsJson.Default.MemberInfo, cancellationToken);
}

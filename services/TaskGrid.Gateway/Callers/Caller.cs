using System.Security.Claims;
using TaskGrid.Contracts;

namespace TaskGrid.Gateway.Callers;

/// <summary>Who calls, by the access token.</summary>
internal static class Caller
{
    public const string IdClaim = "sub";
    public const string EmailClaim = "email";
    public const string NameClaim = "name";
    public const string ExpiryClaim = "exp";

    public static UserId Of(HttpContext context) => Of(context.User);

    public static UserId Of(ClaimsPrincipal principal) => IdText.Parse<UserId>(Claim(principal, IdClaim));

    public static string NameOf(HttpContext context) => Claim(context.User, NameClaim);

    public static DateTimeOffset ExpiryOf(ClaimsPrincipal principal) =>
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(Claim(principal, ExpiryClaim), System.Globalization.CultureInfo.InvariantCulture));

    private static string Claim(ClaimsPrincipal principal, string name) =>
        principal.FindFirst(name)?.Value ?? throw new InvalidOperationException($"The access token has no '{name}'.");
}

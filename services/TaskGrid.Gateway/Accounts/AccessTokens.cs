using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TaskGrid.Contracts;
using TaskGrid.Gateway.Callers;

namespace TaskGrid.Gateway.Accounts;

/// <summary>Signed tokens that any gateway can check without asking anybody. They live minutes, since nothing can take them back.</summary>
internal sealed class AccessTokens
{
    public const string Issuer = "taskgrid";

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false, MapInboundClaims = false };
    private readonly SigningCredentials credentials;
    private readonly TimeProvider clock;

    public AccessTokens(SigningKeys keys, TimeProvider clock)
    {
        this.clock = clock;
        credentials = new SigningCredentials(keys.AccessTokens, SecurityAlgorithms.HmacSha256);
        Validation = new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = Issuer,
            IssuerSigningKey = keys.AccessTokens,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            NameClaimType = Caller.NameClaim,
            LifetimeValidator = (notBefore, expires, _, _) => IsNow(notBefore, expires),
        };
    }

    /// <summary>What every check of a token holds it to.</summary>
    public TokenValidationParameters Validation { get; }

    /// <summary>A token for a user as of a time. The same user and time give the same token, so that a repeated refresh answers the same.</summary>
    public (string Token, DateTimeOffset Expires) Issue(UserInfo user, DateTimeOffset now)
    {
        var expires = DateTimeOffset.FromUnixTimeSeconds((now + Lifetime).ToUnixTimeSeconds());
        var token = handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = expires.UtcDateTime,
            SigningCredentials = credentials,
            Claims = new Dictionary<string, object>
            {
                [Caller.IdClaim] = user.Id.ToString(),
                [Caller.EmailClaim] = user.Email,
                [Caller.NameClaim] = user.Name,
            },
        });
        return (token, expires);
    }

    /// <summary>Who a token is of; null if it is not ours or no longer good.</summary>
    public async Task<ClaimsPrincipal?> CheckAsync(string token)
    {
        var result = await handler.ValidateTokenAsync(token, Validation);
        return result.IsValid ? new ClaimsPrincipal(result.ClaimsIdentity) : null;
    }

    private bool IsNow(DateTime? notBefore, DateTime? expires)
    {
        // A minute for the other gateways' clocks, on the side where it gives nobody more time.
        var now = clock.GetUtcNow().UtcDateTime;
        return expires > now && (notBefore is null || notBefore <= now.AddMinutes(1));
    }
}

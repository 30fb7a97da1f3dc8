using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using TaskGrid.Contracts;
using TaskGrid.EventStore.Marten.Accounts;

namespace TaskGrid.Gateway.Accounts;

/// <summary>
/// Refresh tokens: random, used once, known to the database by their hashes. A successor is derived from its token and the attempt, so
/// that a repeated attempt can be answered the same although nobody has kept the answer.
/// </summary>
internal sealed class RefreshTokens(IRefreshTokenStore store, SigningKeys keys, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(60);

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    public async Task<string> StartAsync(UserId user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await store.StartAsync(user, Hash(token), now, now + Lifetime, cancellationToken);
        return token;
    }

    public async Task<(RotationOutcome Outcome, string Successor)> RotateAsync(string token, Guid? attempt, CancellationToken cancellationToken)
    {
        var now = WireTime.Truncate(clock.GetUtcNow());
        var successor = Successor(token, attempt ?? Guid.NewGuid());
        var outcome = await store.RotateAsync(new Rotation(Hash(token), Hash(successor), attempt, now, now + Lifetime, Grace), cancellationToken);
        return (outcome, successor);
    }

    public Task RevokeAsync(string token, CancellationToken cancellationToken) => store.RevokeAsync(Hash(token), clock.GetUtcNow(), cancellationToken);

    public static ImmutableArray<byte> Hash(string token) => [.. SHA256.HashData(Encoding.UTF8.GetBytes(token))];

    private string Successor(string token, Guid attempt) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(keys.RefreshTokens, Encoding.UTF8.GetBytes($"{attempt:D}.{token}")));
}

using TaskGrid.Contracts;

namespace TaskGrid.Client;

/// <summary>A sign-in as it is kept on the device.</summary>
/// <param name="Server">The server's address.</param>
/// <param name="User">Who.</param>
/// <param name="AccessToken">Minutes long.</param>
/// <param name="RefreshToken">For the next access token; used once.</param>
/// <param name="ExpiresAt">When the access token ends.</param>
/// <param name="Attempt">A rotation that was begun and not yet answered: repeated with the same id, it answers the same.</param>
public sealed record SavedSession(Uri Server, UserInfo User, string AccessToken, string RefreshToken, DateTimeOffset ExpiresAt, Guid? Attempt = null);

using TaskGrid.Contracts;

namespace TaskGrid.Client;

/// <summary>Hands out access tokens and renews them, across processes, so that a lost answer signs nobody out.</summary>
public sealed class SessionKeeper(ISessionStore store, ApiClient api, TimeProvider time)
{
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(30);

    /// <summary>An access token that is good for now; refused with <see cref="Codes.Unauthorized"/> where one must sign in again.</summary>
    /// <param name="refused">A token that the server just refused, so that the same is not handed out again.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Reply<string>> TokenAsync(string? refused, CancellationToken cancellationToken)
    {
        if (Usable(refused) is { } token) return new Reply<string>.Answered(token);
        using var alone = await store.LockAsync(cancellationToken);
        // Another process may have renewed it while this one waited.
        if (Usable(refused) is { } renewed) return new Reply<string>.Answered(renewed);
        return store.Load() is { } session ? await RenewAsync(session, cancellationToken) : SignInNeeded();
    }

    private string? Usable(string? refused) =>
        store.Load() is { } session && session.AccessToken != refused && session.ExpiresAt - Early > time.GetUtcNow() ? session.AccessToken : null;

    private async Task<Reply<string>> RenewAsync(SavedSession session, CancellationToken cancellationToken)
    {
        var attempt = session.Attempt ?? Guid.NewGuid();
        // Kept before it is sent: if the answer is lost, the repeat carries the same id and is answered the same.
        store.Save(session with { Attempt = attempt });
        var reply = await api.RefreshAsync(new RefreshRequest(session.RefreshToken, attempt), cancellationToken);
        if (reply is Reply<Session>.Answered { Value: { RefreshToken: { } next } value })
        {
            store.Save(new SavedSession(session.Server, value.User, value.AccessToken, next, value.ExpiresAt));
            return new Reply<string>.Answered(value.AccessToken);
        }
        return reply is Reply<Session>.Refused { Problem.Status: 401 } ? SignInNeeded() : reply.As(value => value.AccessToken);
    }

    private static Reply<string> SignInNeeded() =>
        new Reply<string>.Refused(new Problem(401, Codes.Unauthorized, "You are not signed in."));
}

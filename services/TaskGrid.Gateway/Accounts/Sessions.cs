using TaskGrid.Contracts;
using TaskGrid.EventStore.Marten.Accounts;

namespace TaskGrid.Gateway.Accounts;

/// <summary>Begins, continues and ends sessions.</summary>
internal sealed partial class Sessions(
    IAccountStore accounts, Passwords passwords, AccessTokens accessTokens, RefreshTokens refreshTokens, TimeProvider clock, ILogger<Sessions> logger)
{
    /// <summary>A new account and its first session; null if the address has an account.</summary>
    public async Task<Session?> RegisterAsync(string email, string password, string name, CancellationToken cancellationToken)
    {
        var account = new Account(new UserId(Guid.CreateVersion7(clock.GetUtcNow())), email, name, passwords.Hash(password));
        if (!await accounts.AddAsync(account, cancellationToken)) return null;
        LogRegistered(logger, account.Id);
        return await StartAsync(account.Info, cancellationToken);
    }

    /// <summary>A session; null if address and password do not match.</summary>
    public async Task<Session?> SignInAsync(string email, string password, CancellationToken cancellationToken)
    {
        var account = await accounts.ByEmailAsync(email, cancellationToken);
        var (matches, rehashed) = passwords.Check(account, password);
        if (account is null || !matches)
        {
            LogRefused(logger, account?.Id);
            return null;
        }
        if (rehashed is not null) await accounts.SetPasswordHashAsync(account.Id, rehashed, cancellationToken);
        LogSignedIn(logger, account.Id);
        return await StartAsync(account.Info, cancellationToken);
    }

    /// <summary>The session's continuation; null if the token is no good.</summary>
    public async Task<Session?> RefreshAsync(string token, Guid? attempt, CancellationToken cancellationToken)
    {
        var (outcome, successor) = await refreshTokens.RotateAsync(token, attempt, cancellationToken);
        if (outcome is RotationOutcome.Reused reused) LogReused(logger, reused.User);
        if (outcome is not RotationOutcome.Rotated rotated) return null;
        var account = await accounts.ByIdAsync(rotated.User, cancellationToken);
        return account is null ? null : With(account.Info, successor, rotated.At);
    }

    public Task EndAsync(string token, CancellationToken cancellationToken) => refreshTokens.RevokeAsync(token, cancellationToken);

    private async Task<Session> StartAsync(UserInfo user, CancellationToken cancellationToken)
    {
        var now = WireTime.Truncate(clock.GetUtcNow());
        return With(user, await refreshTokens.StartAsync(user.Id, now, cancellationToken), now);
    }

    private Session With(UserInfo user, string refreshToken, DateTimeOffset now)
    {
        var (token, expires) = accessTokens.Issue(user, now);
        return new Session(user, token, refreshToken, expires);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Account {User} was registered.")]
    private static partial void LogRegistered(ILogger logger, UserId user);

    [LoggerMessage(Level = LogLevel.Information, Message = "Account {User} signed in.")]
    private static partial void LogSignedIn(ILogger logger, UserId user);

    [LoggerMessage(Level = LogLevel.Information, Message = "A sign-in was refused (account {User}).")]
    private static partial void LogRefused(ILogger logger, UserId? user);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A refresh token of account {User} was used twice; its family is revoked.")]
    private static partial void LogReused(ILogger logger, UserId user);
}

using Microsoft.AspNetCore.Identity;
using TaskGrid.EventStore.Marten.Accounts;

namespace TaskGrid.Gateway.Accounts;

/// <summary>Hashes and checks passwords (PBKDF2). An unknown account costs as much time as a wrong password.</summary>
internal sealed class Passwords
{
    private readonly PasswordHasher<Account> hasher = new();
    private readonly string nobody;

    public Passwords() => nobody = Hash(Guid.NewGuid().ToString());

    public string Hash(string password) => hasher.HashPassword(null!, password);

    /// <summary>Whether it matches, and the new hash where the stored one is of an older kind.</summary>
    public (bool Matches, string? Rehashed) Check(Account? account, string password)
    {
        var result = hasher.VerifyHashedPassword(null!, account?.PasswordHash ?? nobody, password);
        if (account is null || result == PasswordVerificationResult.Failed) return (false, null);
        return (true, result == PasswordVerificationResult.SuccessRehashNeeded ? Hash(password) : null);
    }
}

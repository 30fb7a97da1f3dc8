using System.Collections.Immutable;
using TaskGrid.Contracts;

namespace TaskGrid.EventStore.Marten.Accounts;

/// <summary>Accounts. Addresses are given trimmed and in lower case.</summary>
public interface IAccountStore
{
    /// <summary>Adds an account; false if the address has one.</summary>
    Task<bool> AddAsync(Account account, CancellationToken cancellationToken);

    /// <summary>The account with this address.</summary>
    Task<Account?> ByEmailAsync(string email, CancellationToken cancellationToken);

    /// <summary>The account with this id.</summary>
    Task<Account?> ByIdAsync(UserId id, CancellationToken cancellationToken);

    /// <summary>What others may see of these accounts; unknown ids are left out.</summary>
    Task<ImmutableDictionary<UserId, UserInfo>> InfoAsync(IEnumerable<UserId> ids, CancellationToken cancellationToken);

    /// <summary>Replaces the hash after the hasher's settings were raised.</summary>
    Task SetPasswordHashAsync(UserId id, string passwordHash, CancellationToken cancellationToken);
}

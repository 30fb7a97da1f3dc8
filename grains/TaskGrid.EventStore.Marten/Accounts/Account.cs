using TaskGrid.Contracts;

namespace TaskGrid.EventStore.Marten.Accounts;

/// <summary>A person's account as it is stored.</summary>
/// <param name="Id">The account.</param>
/// <param name="Email">Trimmed, lower case.</param>
/// <param name="Name">The name that others see.</param>
/// <param name="PasswordHash">As the hasher wrote it; never logged, never sent.</param>
public sealed record Account(UserId Id, string Email, string Name, string PasswordHash)
{
    /// <summary>What others may see.</summary>
    public UserInfo Info => new(Id, Name, Email);

    /// <inheritdoc/>
    public override string ToString() => $"Account {Id}";
}

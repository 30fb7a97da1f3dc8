using System.Collections.Immutable;
using Npgsql;
using TaskGrid.Contracts;

namespace TaskGrid.EventStore.Marten.Accounts;

/// <summary>Accounts in PostgreSQL.</summary>
public sealed class AccountStore(NpgsqlDataSource database) : IAccountStore
{
    private const string Columns = "id, email, name, password_hash";

    /// <inheritdoc/>
    public async Task<bool> AddAsync(Account account, CancellationToken cancellationToken)
    {
        await using var command = Command(
            "insert into tg_accounts (id, email, name, password_hash) values ($1, $2, $3, $4) on conflict (email) do nothing",
            account.Id.Value, account.Email, account.Name, account.PasswordHash);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <inheritdoc/>
    public Task<Account?> ByEmailAsync(string email, CancellationToken cancellationToken) =>
        OneAsync($"select {Columns} from tg_accounts where email = $1", email, cancellationToken);

    /// <inheritdoc/>
    public Task<Account?> ByIdAsync(UserId id, CancellationToken cancellationToken) =>
        OneAsync($"select {Columns} from tg_accounts where id = $1", id.Value, cancellationToken);

    /// <inheritdoc/>
    public async Task<ImmutableDictionary<UserId, UserInfo>> InfoAsync(IEnumerable<UserId> ids, CancellationToken cancellationToken)
    {
        await using var command = Command("select id, name, email from tg_accounts where id = any($1)", ids.Select(id => id.Value).ToArray());
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = ImmutableDictionary.CreateBuilder<UserId, UserInfo>();
        while (await rows.ReadAsync(cancellationToken))
        {
            var id = new UserId(rows.GetGuid(0));
            found[id] = new UserInfo(id, rows.GetString(1), rows.GetString(2));
        }
        return found.ToImmutable();
    }

    /// <inheritdoc/>
    public async Task SetPasswordHashAsync(UserId id, string passwordHash, CancellationToken cancellationToken)
    {
        await using var command = Command("update tg_accounts set password_hash = $2 where id = $1", id.Value, passwordHash);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<Account?> OneAsync(string sql, object key, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, key);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken)
            ? new Account(new UserId(rows.GetGuid(0)), rows.GetString(1), rows.GetString(2), rows.GetString(3))
            : null;
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}

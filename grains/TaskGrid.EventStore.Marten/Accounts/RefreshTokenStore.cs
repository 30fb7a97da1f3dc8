using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Npgsql;
using TaskGrid.Contracts;

namespace TaskGrid.EventStore.Marten.Accounts;

/// <summary>Refresh tokens in PostgreSQL.</summary>
public sealed class RefreshTokenStore(NpgsqlDataSource database) : IRefreshTokenStore
{
    /// <inheritdoc/>
    public async Task StartAsync(
        UserId user, ImmutableArray<byte> hash, DateTimeOffset now, DateTimeOffset expires, CancellationToken cancellationToken)
    {
        // A sign-in is when somebody waits anyway: the account's dead tokens go with it, and no clock has to.
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Command("delete from tg_refresh where account = $1 and expires < $2", user.Value, now));
        batch.BatchCommands.Add(Command(
            "insert into tg_refresh (hash, family, account, created, expires) values ($1, $2, $3, $4, $5)",
            Bytes(hash), Guid.CreateVersion7(now), user.Value, now, expires));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<RotationOutcome> RotateAsync(Rotation rotation, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var stored = await LockAsync(connection, rotation.Hash, cancellationToken);
        if (stored is null || stored.Revoked || stored.Expires <= rotation.Now) return new RotationOutcome.Refused();
        if (stored.Used is { } used)
        {
            if (IsRepeat(stored, rotation, used)) return new RotationOutcome.Rotated(stored.User, used);
            await RunAsync(connection, RevokeFamily(stored.Family, rotation.Now), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return new RotationOutcome.Reused(stored.User);
        }
        await RunAsync(connection, Command("update tg_refresh set used = $2, attempt = $3 where hash = $1",
            Bytes(rotation.Hash), rotation.Now, (object?)rotation.Attempt ?? DBNull.Value), cancellationToken);
        await RunAsync(connection, Command(
            "insert into tg_refresh (hash, family, account, created, expires) values ($1, $2, $3, $4, $5)",
            Bytes(rotation.Successor), stored.Family, stored.User.Value, rotation.Now, rotation.Expires), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new RotationOutcome.Rotated(stored.User, rotation.Now);
    }

    /// <inheritdoc/>
    public async Task RevokeAsync(ImmutableArray<byte> hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Command(
            "update tg_refresh set revoked = $2 where revoked is null and family = (select family from tg_refresh where hash = $1)", Bytes(hash), now));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static bool IsRepeat(StoredToken stored, Rotation rotation, DateTimeOffset used) =>
        rotation.Attempt is { } attempt && stored.Attempt == attempt && rotation.Now - used <= rotation.Grace;

    private static async Task<StoredToken?> LockAsync(NpgsqlConnection connection, ImmutableArray<byte> hash, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select account, family, expires, used, attempt, revoked is not null from tg_refresh where hash = $1 for update", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = Bytes(hash) });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        if (!await rows.ReadAsync(cancellationToken)) return null;
        return new StoredToken(
            new UserId(rows.GetGuid(0)), rows.GetGuid(1), rows.GetFieldValue<DateTimeOffset>(2),
            rows.IsDBNull(3) ? null : rows.GetFieldValue<DateTimeOffset>(3),
            rows.IsDBNull(4) ? null : rows.GetGuid(4), rows.GetBoolean(5));
    }

    private static NpgsqlBatchCommand RevokeFamily(Guid family, DateTimeOffset now) =>
        Command("update tg_refresh set revoked = $2 where family = $1 and revoked is null", family, now);

    private static async Task RunAsync(NpgsqlConnection connection, NpgsqlBatchCommand command, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(command);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(value is DBNull
            ? new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid }
            : new NpgsqlParameter { Value = value });
        return command;
    }

    private static byte[] Bytes(ImmutableArray<byte> hash) => ImmutableCollectionsMarshal.AsArray(hash)!;

    private sealed record StoredToken(UserId User, Guid Family, DateTimeOffset Expires, DateTimeOffset? Used, Guid? Attempt, bool Revoked);
}

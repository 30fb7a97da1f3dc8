using Npgsql;

namespace TaskGrid.EventStore.Marten.Accounts;

/// <summary>
/// The tables of accounts. Plain SQL that may run any number of times, also by several processes at once: accounts are no events and
/// no Marten documents, so Marten's migrations do not know them.
/// </summary>
public static class AccountSchema
{
    // Processes that start together take turns; the number only has to be the same in all of them.
    private const long Turn = 0x7467_6163_636f_756e;

    private const string Sql = """
        create table if not exists tg_accounts (
          id            uuid primary key,
          email         text not null unique,
          name          text not null,
          password_hash text not null,
          created       timestamptz not null default now());

        create table if not exists tg_refresh (
          hash     bytea primary key,
          family   uuid not null,
          account  uuid not null references tg_accounts (id) on delete cascade,
          created  timestamptz not null,
          expires  timestamptz not null,
          used     timestamptz,
          attempt  uuid,
          revoked  timestamptz);
        create index if not exists tg_refresh_family on tg_refresh (family);
        create index if not exists tg_refresh_account on tg_refresh (account, expires);

        create table if not exists tg_tickets (
          hash            bytea primary key,
          account         uuid not null,
          organization    uuid not null,
          expires         timestamptz not null,
          session_expires timestamptz not null);
        create index if not exists tg_tickets_expires on tg_tickets (expires);
        """;

    /// <summary>Makes what is missing.</summary>
    public static async Task ApplyAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var turn = new NpgsqlCommand("select pg_advisory_xact_lock($1)", connection, transaction) { Parameters = { new() { Value = Turn } } };
        await turn.ExecuteNonQueryAsync(cancellationToken);
        await using var tables = new NpgsqlCommand(Sql, connection, transaction);
        await tables.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}

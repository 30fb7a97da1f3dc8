using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Npgsql;
using TaskGrid.Contracts;

namespace TaskGrid.EventStore.Marten.Accounts;

/// <summary>Tickets in PostgreSQL.</summary>
public sealed class LiveTicketStore(NpgsqlDataSource database) : ILiveTicketStore
{
    /// <inheritdoc/>
    public async Task AddAsync(StoredTicket ticket, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("delete from tg_tickets where expires < $1") { Parameters = { new() { Value = now } } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            "insert into tg_tickets (hash, account, organization, expires, session_expires) values ($1, $2, $3, $4, $5)")
        {
            Parameters =
            {
                new() { Value = Bytes(ticket.Hash) }, new() { Value = ticket.User.Value }, new() { Value = ticket.Organization.Value },
                new() { Value = ticket.Expires }, new() { Value = ticket.SessionExpires },
            },
        });
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<StoredTicket?> TakeAsync(ImmutableArray<byte> hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "delete from tg_tickets where hash = $1 returning account, organization, expires, session_expires");
        command.Parameters.Add(new NpgsqlParameter { Value = Bytes(hash) });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        if (!await rows.ReadAsync(cancellationToken)) return null;
        var ticket = new StoredTicket(
            hash, new UserId(rows.GetGuid(0)), new OrganizationId(rows.GetGuid(1)),
            rows.GetFieldValue<DateTimeOffset>(2), rows.GetFieldValue<DateTimeOffset>(3));
        return ticket.Expires > now ? ticket : null;
    }

    private static byte[] Bytes(ImmutableArray<byte> hash) => ImmutableCollectionsMarshal.AsArray(hash)!;
}

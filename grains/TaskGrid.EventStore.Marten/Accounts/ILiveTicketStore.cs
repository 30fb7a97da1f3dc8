using System.Collections.Immutable;
using TaskGrid.Contracts;

namespace TaskGrid.EventStore.Marten.Accounts;

/// <summary>One-use tickets for live connections. They are stored because the gateway that is asked need not be the one that is connected to.</summary>
public interface ILiveTicketStore
{
    /// <summary>Stores a ticket.</summary>
    Task AddAsync(StoredTicket ticket, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Takes a ticket: of all callers with one ticket exactly one gets it, and none after its time.</summary>
    Task<StoredTicket?> TakeAsync(ImmutableArray<byte> hash, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>A ticket.</summary>
/// <param name="Hash">Of its text.</param>
/// <param name="User">Who may connect.</param>
/// <param name="Organization">To what.</param>
/// <param name="Expires">When the ticket ends.</param>
/// <param name="SessionExpires">When the access token ends that it was asked for with: the connection then needs a fresh one.</param>
public sealed record StoredTicket(
    ImmutableArray<byte> Hash, UserId User, OrganizationId Organization, DateTimeOffset Expires, DateTimeOffset SessionExpires);

using System.Buffers.Text;
using System.Security.Cryptography;
using TaskGrid.Contracts;
using TaskGrid.EventStore.Marten.Accounts;
using TaskGrid.Gateway.Accounts;

namespace TaskGrid.Gateway.Live;

/// <summary>One-use tickets, for whoever must not hand its access token to the program that opens the connection.</summary>
internal sealed class LiveTickets(ILiveTicketStore store, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    public async Task<LiveTicket> IssueAsync(UserId user, OrganizationId organization, DateTimeOffset sessionExpires, CancellationToken cancellationToken)
    {
        var ticket = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = clock.GetUtcNow();
        await store.AddAsync(new StoredTicket(RefreshTokens.Hash(ticket), user, organization, now + Lifetime, sessionExpires), now, cancellationToken);
        return new LiveTicket(ticket, WireTime.Truncate(now + Lifetime));
    }

    public Task<StoredTicket?> TakeAsync(string ticket, CancellationToken cancellationToken) =>
        store.TakeAsync(RefreshTokens.Hash(ticket), clock.GetUtcNow(), cancellationToken);
}

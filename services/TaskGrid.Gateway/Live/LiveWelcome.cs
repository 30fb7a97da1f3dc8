using TaskGrid.Contracts;
using TaskGrid.EventStore.Marten.Queries;
using TaskGrid.Gateway.Accounts;
using TaskGrid.Gateway.Callers;
using TaskGrid.Gateway.Sync;

namespace TaskGrid.Gateway.Live;

/// <summary>Decides on a hello.</summary>
internal sealed class LiveWelcome(AccessTokens accessTokens, LiveTickets tickets, Memberships memberships, IOrganizationQueries queries)
{
    public async Task<LiveWelcomeOutcome> DecideAsync(LiveMessage.Hello hello, CancellationToken cancellationToken)
    {
        if (await CallerAsync(hello, cancellationToken) is not { } caller) return new LiveWelcomeOutcome.Refused(LiveClose.SignIn);
        var found = await memberships.OfAsync(caller.User, hello.Organization, cancellationToken);
        if (found is MembershipOutcome.Unknown) return new LiveWelcomeOutcome.Refused(LiveClose.GoingAway);
        if (found is not MembershipOutcome.Found { Membership: var membership }) return new LiveWelcomeOutcome.Refused(LiveClose.Revoked);
        if (await Replicas.IsOfAnotherAsync(queries, membership, hello.Replica, cancellationToken))
            return new LiveWelcomeOutcome.Refused(LiveClose.Revoked with { Reason = Codes.ReplicaTaken });
        if (hello.Since > membership.Head || (hello.History is { } history && history != membership.History))
            return new LiveWelcomeOutcome.Refused(LiveClose.Resync);
        return new LiveWelcomeOutcome.Welcome(new LiveSession(caller.User, hello.Organization, hello.Replica, caller.Expires), membership, hello.Since);
    }

    private async Task<(UserId User, DateTimeOffset Expires)?> CallerAsync(LiveMessage.Hello hello, CancellationToken cancellationToken)
    {
        if (hello.Ticket is { } text)
        {
            var ticket = await tickets.TakeAsync(text, cancellationToken);
            return ticket is null || ticket.Organization != hello.Organization ? null : (ticket.User, ticket.SessionExpires);
        }
        var principal = await accessTokens.CheckAsync(hello.AccessToken!);
        return principal is null ? null : (Caller.Of(principal), Caller.ExpiryOf(principal));
    }
}

/// <summary>What became of a hello.</summary>
internal abstract record LiveWelcomeOutcome
{
    private LiveWelcomeOutcome() { }

    /// <summary>Come in.</summary>
    public sealed record Welcome(LiveSession Session, Membership Membership, long Since) : LiveWelcomeOutcome;

    /// <summary>Not so.</summary>
    public sealed record Refused(LiveClose Close) : LiveWelcomeOutcome;
}

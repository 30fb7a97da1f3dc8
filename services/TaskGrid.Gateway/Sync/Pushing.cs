using System.Diagnostics;
using TaskGrid.Contracts;
using TaskGrid.Gateway.Callers;
using TaskGrid.Gateway.Grains;
using TaskGrid.Gateway.Problems;
using TaskGrid.Grains;
using TaskGrid.ServiceDefaults;

namespace TaskGrid.Gateway.Sync;

/// <summary>Takes a push that was read to its organization: the same for HTTP and for live connections.</summary>
internal sealed class Pushing(GrainCalls grains, Memberships memberships)
{
    private static readonly ActivitySource Traces = new(Telemetry.Source);

    public async Task<PushOutcome> PushAsync(UserId user, PushRequest push, CancellationToken cancellationToken)
    {
        using var activity = Traces.StartActivity("push");
        activity?.SetTag("taskgrid.organization", push.Organization.ToString()).SetTag("taskgrid.changes", push.Changes.Length);
        if (push.Since is { } since && await RefuseAsync(user, push.Organization, since, cancellationToken) is { } problem) return new PushOutcome.Refused(problem);
        var command = new PushCommand(user, push.Replica, push.History, push.Changes);
        return await grains.TryAsync(push.Organization, (grain, token) => grain.Push(command, token), cancellationToken)
            ?? new PushOutcome.Refused(Refusals.Unavailable());
    }

    // A pull from above the head is a resync, and a refused push must not have counted: so this is found out before.
    private async Task<Problem?> RefuseAsync(UserId user, OrganizationId organization, long since, CancellationToken cancellationToken) =>
        await memberships.OfAsync(user, organization, cancellationToken) switch
        {
            MembershipOutcome.Found { Membership.Head: var head } => since > head ? Refusals.Resync() : null,
            MembershipOutcome.None => Refusals.NotFound(),
            _ => Refusals.Unavailable(),
        };
}

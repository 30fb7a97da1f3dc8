using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>Brings a replica and the server together once, and says what happened.</summary>
internal static class Syncing
{
    private const int Tries = 3;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan OthersMayTake = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    public static async Task<SyncOutcome> RunAsync(Invocation run, Online online, IProgress<SyncEvent> watch, CancellationToken cancellationToken)
    {
        using var lead = run.Workspace.Store.TryLead();
        if (lead is null) return await OtherAsync(run, cancellationToken);
        var exchange = new SyncExchange(run.Workspace.Store, online.Transport, run.Workspace.Time, watch);
        var backoff = new Backoff(Random.Shared);
        var tries = 0;
        while (true)
        {
            var outcome = await exchange.RunAsync(waitSeconds: 0, cancellationToken);
            if (outcome is SyncOutcome.More)
            {
                tries = 0;
                continue;
            }
            if (outcome is not SyncOutcome.NotNow notNow) return outcome;
            var wait = backoff.Next(notNow.RetryAfter);
            if (++tries >= Tries || wait > LongestWait) return outcome;
            await Task.Delay(wait, run.Workspace.Time, cancellationToken);
        }
    }

    /// <summary>Addresses are not in the log; where one is missing, the list of members has it.</summary>
    public static async Task LearnAddressesAsync(Invocation run, Online online, CancellationToken cancellationToken)
    {
        if (run.Workspace.Store.Read(reading => reading.Members().All(member => member.Email is not null))) return;
        var reply = await online.Transport.SignedAsync(token => online.Api.MembersAsync(run.Workspace.Organization, token, cancellationToken), cancellationToken);
        if (reply is not Reply<MemberList>.Answered { Value.Members: var members }) return;
        run.Workspace.Store.Write(writing =>
        {
            foreach (var member in members) writing.PutEmail(member.User, member.Email);
            return true;
        });
    }

    /// <summary>Another process (a watch, say) syncs this store already; it is done when that one has sent everything.</summary>
    private static async Task<SyncOutcome> OtherAsync(Invocation run, CancellationToken cancellationToken)
    {
        var until = run.Workspace.Time.GetUtcNow() + OthersMayTake;
        while (run.Workspace.Time.GetUtcNow() < until)
        {
            if (run.Workspace.Store.Read(reading => reading.Unanswered()) == 0) return new SyncOutcome.UpToDate();
            await Task.Delay(Between, run.Workspace.Time, cancellationToken);
        }
        return new SyncOutcome.NotNow("another taskgrid syncs this data folder and does not get on");
    }
}

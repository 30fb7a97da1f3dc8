using System.Diagnostics;
using System.Threading.Channels;
using TaskGrid.Contracts;
using TaskGrid.EventStore.Marten.Queries;
using TaskGrid.Gateway.Callers;
using TaskGrid.ServiceDefaults;

namespace TaskGrid.Gateway.Live;

/// <summary>
/// An organization that somebody at this gateway listens to. Rings of the bus and of the head watch come in here in any order, late,
/// repeated or not at all; what goes out to the connections is the log, each change once, made into frames once for all of them.
/// </summary>
internal sealed partial class LiveOrganization : IAsyncDisposable
{
    private const int PageChanges = 500;

    private static readonly ActivitySource Traces = new(Telemetry.Source);

    // A later ring says all that an earlier one does, so the earlier may go.
    private readonly Channel<LiveRing> rings = Channel.CreateBounded<LiveRing>(
        new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private readonly HashSet<LiveConnection> connections = [];
    private readonly HashSet<LiveWaiter> waiters = [];
    private readonly OrganizationId id;
    private readonly IOrganizationQueries queries;
    private readonly Memberships memberships;
    private readonly IAsyncDisposable line;
    private readonly Action<LiveFrame.Other> showElsewhere;
    private readonly ILogger logger;
    private readonly Task fanOut;
    private long head;

    public LiveOrganization(
        OrganizationId id, long head, IOrganizationQueries queries, Memberships memberships, Func<LiveOrganization, IAsyncDisposable> listen,
        Action<LiveFrame.Other> showElsewhere, ILogger logger)
    {
        (this.id, this.head, this.queries, this.memberships, this.showElsewhere, this.logger) = (id, head, queries, memberships, showElsewhere, logger);
        line = listen(this);
        // Between the head that the caller saw and the line, rings may have gone by.
        Ring(LiveRing.Look);
        fanOut = Task.Run(() => FanOutAsync(stopping.Token));
    }

    /// <summary>Where the last frame reached.</summary>
    public long Head => Volatile.Read(ref head);

    public bool IsIdle
    {
        get
        {
            lock (gate) return connections.Count == 0 && waiters.Count == 0;
        }
    }

    public void Ring(LiveRing ring) => rings.Writer.TryWrite(ring);

    public void Join(LiveConnection connection)
    {
        lock (gate) connections.Add(connection);
    }

    public void Leave(LiveConnection connection)
    {
        lock (gate) connections.Remove(connection);
    }

    /// <summary>A task that ends when the log is above <paramref name="since"/>.</summary>
    public LiveWaiter Wait(long since)
    {
        var waiter = new LiveWaiter(since, this);
        lock (gate)
        {
            if (head > since) waiter.Wake();
            else waiters.Add(waiter);
        }
        return waiter;
    }

    public void Leave(LiveWaiter waiter)
    {
        lock (gate) waiters.Remove(waiter);
    }

    /// <summary>Presence of a connection here: for its neighbours and for those at other gateways.</summary>
    public void Show(LiveFrame.Other presence, LiveConnection from)
    {
        ShowHere(presence, from);
        showElsewhere(presence);
    }

    public void ShowHere(LiveFrame.Other presence, LiveConnection? except)
    {
        foreach (var connection in Connections()) if (connection != except) connection.OfferIfRoom(presence);
    }

    public void CloseAll(LiveClose close)
    {
        foreach (var connection in Connections()) connection.Close(close);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await line.DisposeAsync();
        await fanOut.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    private LiveConnection[] Connections()
    {
        lock (gate) return [.. connections];
    }

    private async Task FanOutAsync(CancellationToken cancellationToken)
    {
        await foreach (var ring in rings.Reader.ReadAllAsync(cancellationToken))
        {
            try
            {
                await AnswerAsync(ring, cancellationToken);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                // The database is away for a moment, say. The head watch rings again in a second.
                LogFault(logger, id, fault);
            }
        }
    }

    private async Task AnswerAsync(LiveRing ring, CancellationToken cancellationToken)
    {
        if (ring.IsCheck) await CheckAccessAsync(cancellationToken);
        if (ring.To <= head) return;
        using var activity = Traces.StartActivity("fan-out", ActivityKind.Consumer, ring.Cause);
        activity?.SetTag("taskgrid.organization", id.ToString());
        if (ring.From == head && ring.Changes is { } changes)
        {
            await PassOnAsync(LiveFrame.FromBus(ring.From, ring.To, changes), cancellationToken);
            return;
        }
        for (PullPage? page = null; page is null || page.To < page.Head;)
        {
            page = await queries.PullAsync(id, null, head, PageChanges, cancellationToken);
            if (page is null) return;
            foreach (var frame in LiveFrame.Split(page.From, page.Changes)) await PassOnAsync(frame, cancellationToken);
        }
    }

    private async Task PassOnAsync(LiveFrame.Changes frame, CancellationToken cancellationToken)
    {
        // Before and not after: who was removed gets nothing that came later.
        if (frame.HasMembers) await CheckAccessAsync(cancellationToken);
        LiveConnection[] readers;
        lock (gate)
        {
            Volatile.Write(ref head, frame.To);
            readers = [.. connections];
            foreach (var waiter in waiters) waiter.WakeIf(frame.To);
        }
        foreach (var reader in readers) reader.Offer(frame);
    }

    private async Task CheckAccessAsync(CancellationToken cancellationToken)
    {
        foreach (var ofUser in Connections().GroupBy(connection => connection.User))
        {
            if (await memberships.OfAsync(ofUser.Key, id, cancellationToken) is not MembershipOutcome.None) continue;
            foreach (var connection in ofUser) connection.Close(LiveClose.Revoked);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Changes of organization {Organization} could not be passed on; trying again.")]
    private static partial void LogFault(ILogger logger, OrganizationId organization, Exception fault);
}

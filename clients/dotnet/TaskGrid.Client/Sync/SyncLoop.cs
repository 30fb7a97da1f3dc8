namespace TaskGrid.Client;

/// <summary>
/// Keeps a store and its server together for as long as it runs: sends local writes as they come, learns of others' live, or by long
/// polling where no live connection can be held, and waits out what does not work.
/// </summary>
public sealed class SyncLoop(IReplicaStore store, ITransport transport, WakeSignal wake, TimeProvider time, Random random, IProgress<SyncEvent>? watch = null)
{
    private const int PollSeconds = 30;
    private static readonly TimeSpan AskToLead = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(30);
    private readonly SyncExchange exchange = new(store, transport, time, watch);
    private readonly LocalWrites local = new(store, wake, time);
    private readonly Backoff backoff = new(random);
    private readonly Backoff liveBackoff = new(random);
    private long liveEndedAt;
    private TimeSpan liveAgainAfter;

    /// <summary>Runs until cancelled, or until only a person can help; answers with what that is.</summary>
    public async Task<SyncOutcome> RunAsync(CancellationToken cancellationToken)
    {
        using var lead = await LeadAsync(cancellationToken);
        while (true)
        {
            var outcome = await TurnAsync(cancellationToken);
            switch (outcome)
            {
                case SyncOutcome.More or SyncOutcome.UpToDate:
                    break;
                case SyncOutcome.NotNow notNow:
                    var wait = backoff.Next(notNow.RetryAfter);
                    watch?.Report(new SyncEvent.Retrying(notNow.Detail, wait));
                    await Task.Delay(wait, time, cancellationToken);
                    break;
                default:
                    return outcome;
            }
        }
    }

    /// <summary>One exchange, and a rest where there is nothing more to do. A device without room waits for it as one without a network does.</summary>
    private async Task<SyncOutcome> TurnAsync(CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await exchange.RunAsync(waitSeconds: 0, cancellationToken);
            if (outcome is SyncOutcome.More or SyncOutcome.UpToDate) backoff.Reset();
            if (outcome is SyncOutcome.UpToDate) await IdleAsync(cancellationToken);
            return outcome;
        }
        catch (StorageFullException full)
        {
            return new SyncOutcome.NotNow(full.Message);
        }
    }

    private async Task<IDisposable> LeadAsync(CancellationToken cancellationToken)
    {
        IDisposable? lead;
        while ((lead = store.TryLead()) is null) await Task.Delay(AskToLead, time, cancellationToken);
        return lead;
    }

    /// <summary>Waits for a local write or for news; a pull or push follows either way.</summary>
    private async Task IdleAsync(CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(liveEndedAt) >= liveAgainAfter && await OpenLiveAsync(cancellationToken) is { } live)
        {
            var opened = time.GetTimestamp();
            await using (live) await FollowAsync(live, cancellationToken);
            // One that is thrown out over and over asks more and more seldom; polling brings the news as well.
            if (time.GetElapsedTime(opened) >= Steady) liveBackoff.Reset();
            AwaitLive();
            return;
        }
        await EitherAsync(token => exchange.RunAsync(PollSeconds, token), cancellationToken);
    }

    private async Task<ILiveConnection?> OpenLiveAsync(CancellationToken cancellationToken)
    {
        var mark = store.Read(reading => reading.Mark);
        var reply = await transport.OpenLiveAsync(new LiveHello(mark.Organization, mark.Replica, mark.Base, mark.History), cancellationToken);
        if (reply is Reply<ILiveConnection>.Answered { Value: var live }) return live;
        AwaitLive();
        return null;
    }

    /// <summary>Takes frames in until the connection ends or something does not fit; local writes are sent in between.</summary>
    private async Task FollowAsync(ILiveConnection live, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writes = local.WaitAsync(done.Token);
        var frame = live.NextAsync(done.Token);
        try
        {
            while (true)
            {
                await Task.WhenAny(frame, writes);
                if (frame.IsCompleted)
                {
                    if (!TakeFrame(await frame)) return;
                    frame = live.NextAsync(done.Token);
                }
                if (!writes.IsCompleted) continue;
                await writes;
                // Its outcome shows again in the next exchange of the loop; here only a good one keeps the connection.
                if (await exchange.RunAsync(waitSeconds: 0, cancellationToken) is not (SyncOutcome.More or SyncOutcome.UpToDate)) return;
                writes = local.WaitAsync(done.Token);
            }
        }
        finally
        {
            await done.CancelAsync();
            await Task.WhenAll(Quiet(writes), Quiet(frame));
        }
    }

    /// <summary>False where the connection is of no more use.</summary>
    private bool TakeFrame(LiveFrame frame)
    {
        switch (frame)
        {
            case LiveFrame.Welcome:
                watch?.Report(new SyncEvent.Live(Up: true));
                return true;
            case LiveFrame.Changes changes:
                return exchange.TakeLive(changes);
            case LiveFrame.Closed:
                watch?.Report(new SyncEvent.Live(Up: false));
                return false;
            default:
                return true;
        }
    }

    /// <summary>By elapsed time: a clock that is set back must not keep the device from live news until then.</summary>
    private void AwaitLive() => (liveEndedAt, liveAgainAfter) = (time.GetTimestamp(), liveBackoff.Next(null));

    /// <summary>Ends the poll as soon as there is something to send. A pull that is cut off changes nothing.</summary>
    private async Task EitherAsync(Func<CancellationToken, Task> poll, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var polling = poll(done.Token);
        var writes = local.WaitAsync(done.Token);
        await Task.WhenAny(polling, writes);
        await done.CancelAsync();
        await Task.WhenAll(Quiet(polling), Quiet(writes));
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Waits for a task that was told to end; that it was cut off is expected, anything else is a fault.</summary>
    private static async Task Quiet(Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            // It was told to.
        }
    }
}

using System.Diagnostics;
using TaskGrid.Contracts;
using TaskGrid.Gateway.Accounts;
using TaskGrid.Gateway.Callers;
using TaskGrid.Gateway.Sync;
using TaskGrid.Grains;

namespace TaskGrid.Gateway.Live;

/// <summary>One client, welcomed. It reads and sends until either side has a reason to end it.</summary>
internal sealed class LiveConnection : IDisposable
{
    private readonly TaskCompletionSource<LiveClose> closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource working = new();
    private readonly LiveSession session;
    private readonly LiveSocket socket;
    private readonly LiveOutbox outbox;
    private readonly LiveServices services;
    private readonly LiveOrganization room;
    private readonly FrameBudget frames;
    private readonly FrameBudget presences;
    private readonly ITimer expiry;

    public LiveConnection(LiveSession session, LiveSocket socket, LiveOutbox outbox, LiveOrganization room, LiveServices services)
    {
        (this.session, this.socket, this.outbox, this.room, this.services) = (session, socket, outbox, room, services);
        frames = new FrameBudget(services.Limits.FramesPerSecond, services.Clock);
        presences = new FrameBudget(services.Limits.PresencePerSecond, services.Clock);
        expiry = services.Clock.CreateTimer(_ => Close(LiveClose.SignIn), null, Until(session.Expires), Timeout.InfiniteTimeSpan);
    }

    public UserId User => session.User;

    public void Offer(LiveFrame.Changes frame) => outbox.Offer(frame);

    public void OfferIfRoom(LiveFrame.Other frame) => outbox.OfferIfRoom(frame);

    /// <summary>Asks for the end; the first reason counts.</summary>
    public void Close(LiveClose close) => closing.TrySetResult(close);

    /// <summary>Runs to the end and returns its reason.</summary>
    public async Task<LiveClose> RunAsync(LiveFrame.Other welcome)
    {
        var sending = outbox.SendAsync(welcome, working.Token);
        var reading = ReadAsync();
        await Task.WhenAny(sending, reading, closing.Task);
        Close(sending.IsFaulted || reading.IsFaulted ? LiveClose.Fault : sending.IsCompleted ? LiveClose.SlowDown : LiveClose.Done);
        await working.CancelAsync();
        await Settled(sending);
        var close = await closing.Task;
        await socket.SayGoodbyeAsync(close);
        await socket.EndAsync(reading);
        await Settled(reading);
        if ((sending.Exception ?? reading.Exception)?.InnerException is { } fault) services.LogFault(session.Organization, fault);
        return close;
    }

    public void Dispose()
    {
        expiry.Dispose();
        working.Dispose();
    }

    private async Task ReadAsync()
    {
        while (true)
        {
            var input = await socket.ReceiveAsync();
            if (input is LiveInput.Ended) return;
            if (closing.Task.IsCompleted) continue;
            var close = input switch
            {
                LiveInput.Unfit unfit => unfit.Close,
                LiveInput.Frame => frames.TrySpend() ? null : LiveClose.SlowDown,
                _ => throw new UnreachableException(input.GetType().Name),
            };
            if (close is null) close = await TakeAsync(LiveMessageReader.Read(((LiveInput.Frame)input).Bytes));
            if (close is not null) Close(close);
        }
    }

    private async Task<LiveClose?> TakeAsync(LiveMessage message)
    {
        try
        {
            return message switch
            {
                LiveMessage.PushChanges push => await PushAsync(push),
                LiveMessage.BadPush bad => await AnswerAsync(LiveFrame.Refused(bad.Problem)),
                LiveMessage.Renewal renewal => await RenewAsync(renewal),
                LiveMessage.Presence presence => Show(presence),
                LiveMessage.Ping => await AnswerAsync(LiveFrame.Pong),
                LiveMessage.Hello => LiveClose.Bad("hello comes once"),
                LiveMessage.Unfit unfit => unfit.Close,
                _ => throw new UnreachableException(message.GetType().Name),
            };
        }
        catch (OperationCanceledException) when (working.IsCancellationRequested)
        {
            return LiveClose.Done;
        }
    }

    private async Task<LiveClose?> PushAsync(LiveMessage.PushChanges push)
    {
        var request = new PushRequest(session.Organization, session.Replica, null, null, push.Changes);
        var outcome = await services.Pushing.PushAsync(session.User, request, working.Token);
        return outcome switch
        {
            PushOutcome.Taken taken => await AnswerAsync(LiveFrame.Results(taken)),
            PushOutcome.Refused { Problem.Code: Codes.NotFound } => LiveClose.Revoked,
            PushOutcome.Refused refused => await AnswerAsync(LiveFrame.Refused(refused.Problem)),
            _ => throw new UnreachableException(outcome.GetType().Name),
        };
    }

    private async Task<LiveClose?> RenewAsync(LiveMessage.Renewal renewal)
    {
        var principal = await services.AccessTokens.CheckAsync(renewal.Token);
        if (principal is null || Caller.Of(principal) != session.User) return LiveClose.SignIn;
        expiry.Change(Until(Caller.ExpiryOf(principal)), Timeout.InfiniteTimeSpan);
        return null;
    }

    private LiveClose? Show(LiveMessage.Presence presence)
    {
        if (presences.TrySpend()) room.Show(LiveFrame.Presence(session.User, session.Replica, presence), this);
        return null;
    }

    private async Task<LiveClose?> AnswerAsync(LiveFrame.Other frame)
    {
        await outbox.AddAsync(frame, working.Token);
        return null;
    }

    private TimeSpan Until(DateTimeOffset time)
    {
        var left = time - services.Clock.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static async Task Settled(Task task) => await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}

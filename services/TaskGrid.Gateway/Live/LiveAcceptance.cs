using System.Net.WebSockets;
using TaskGrid.EventStore.Marten.Queries;

namespace TaskGrid.Gateway.Live;

/// <summary>A connection from its first frame to its last.</summary>
internal sealed class LiveAcceptance(
    LiveWelcome welcome, LiveHub hub, IOrganizationQueries queries, LiveServices services, IHostApplicationLifetime lifetime)
{
    public async Task RunAsync(WebSocket webSocket)
    {
        var socket = new LiveSocket(webSocket, services.Limits.SendTimeout, services.Clock);
        var receiving = socket.ReceiveAsync();
        var outcome = await HelloAsync(receiving);
        if (outcome is LiveWelcomeOutcome.Welcome accepted)
        {
            await ServeAsync(socket, accepted);
            return;
        }
        await socket.SayGoodbyeAsync(((LiveWelcomeOutcome.Refused)outcome).Close);
        await socket.EndAsync(DrainAsync(socket, receiving));
    }

    private async Task<LiveWelcomeOutcome> HelloAsync(Task<LiveInput> receiving)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
        await Task.WhenAny(receiving, Task.Delay(services.Limits.HelloTimeout, services.Clock, end.Token));
        if (!receiving.IsCompleted)
            return new LiveWelcomeOutcome.Refused(lifetime.ApplicationStopping.IsCancellationRequested ? LiveClose.GoingAway : LiveClose.Bad("no hello in time"));
        await end.CancelAsync();
        return await receiving switch
        {
            LiveInput.Frame frame => LiveMessageReader.Read(frame.Bytes) switch
            {
                LiveMessage.Hello hello => await welcome.DecideAsync(hello, lifetime.ApplicationStopping),
                LiveMessage.Unfit unfit => new LiveWelcomeOutcome.Refused(unfit.Close),
                _ => new LiveWelcomeOutcome.Refused(LiveClose.Bad("the first frame is hello")),
            },
            LiveInput.Unfit unfit => new LiveWelcomeOutcome.Refused(unfit.Close),
            _ => new LiveWelcomeOutcome.Refused(LiveClose.Done),
        };
    }

    private async Task ServeAsync(LiveSocket socket, LiveWelcomeOutcome.Welcome accepted)
    {
        var (session, membership, since) = accepted;
        using var lease = hub.Listen(session.Organization, membership.Head);
        var outbox = new LiveOutbox(socket, queries, session.Organization, since, services.Limits.SendQueue);
        using var connection = new LiveConnection(session, socket, outbox, lease.Organization, services);
        await using var stopping = lifetime.ApplicationStopping.Register(() => connection.Close(LiveClose.GoingAway));
        lease.Organization.Join(connection);
        try
        {
            await connection.RunAsync(LiveFrame.Welcome(membership.Head, membership.History, services.Clock.GetUtcNow()));
        }
        finally
        {
            lease.Organization.Leave(connection);
        }
    }

    private static async Task DrainAsync(LiveSocket socket, Task<LiveInput> receiving)
    {
        while (await receiving is not LiveInput.Ended) receiving = socket.ReceiveAsync();
    }
}

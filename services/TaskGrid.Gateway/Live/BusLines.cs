using System.Text;
using MassTransit;
using TaskGrid.Contracts;
using TaskGrid.ServiceDefaults;

namespace TaskGrid.Gateway.Live;

/// <summary>
/// The bus, as far as live connections use it: for each organization that is listened to a temporary queue that gets only what is said
/// of that one. Nothing here waits for the broker; it joins in when it can.
/// </summary>
internal sealed partial class BusLines(IReceiveEndpointConnector connector, IBus bus, ILogger<BusLines> logger)
{
    private const int MostUnderWay = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Guid gateway = Guid.NewGuid();
    private readonly SemaphoreSlim underWay = new(MostUnderWay);

    /// <summary>Rings an organization whenever the bus tells of it, until disposed.</summary>
    public IAsyncDisposable Listen(OrganizationId id, LiveOrganization organization)
    {
        var handle = connector.ConnectReceiveEndpoint(new TemporaryEndpointDefinition("live"), null, (_, endpoint) =>
        {
            endpoint.BindTo<OrganizationAdvanced>(id.Value);
            endpoint.BindTo<PresenceShown>(id.Value);
            endpoint.PublishFaults = false;
            endpoint.DiscardFaultedMessages();
            endpoint.DiscardSkippedMessages();
            endpoint.Handler<OrganizationAdvanced>(context =>
            {
                if (context.Message.Organization == id.Value) organization.Ring(LiveRing.Of(context.Message));
                return Task.CompletedTask;
            });
            endpoint.Handler<PresenceShown>(context =>
            {
                if (context.Message.Organization == id.Value && context.Message.Gateway != gateway) organization.ShowHere(Frame(context.Message), null);
                return Task.CompletedTask;
            });
        });
        // What was rung before the queue stood went nowhere.
        handle.Ready.ContinueWith(_ => organization.Ring(LiveRing.Look), TaskContinuationOptions.OnlyOnRanToCompletion);
        return new Line(handle);
    }

    /// <summary>Shows presence at the other gateways, if that is possible at once.</summary>
    public void Show(OrganizationId organization, LiveFrame.Other presence)
    {
        if (underWay.Wait(0)) _ = PublishAsync(new PresenceShown(organization.Value, gateway, presence.ToString()));
    }

    /// <summary>Has every gateway look whether everybody may still listen: a closed organization does not show in its log.</summary>
    public void TellClosed(OrganizationId organization, long head)
    {
        if (underWay.Wait(0)) _ = PublishAsync(new OrganizationAdvanced(organization.Value, head, head, null));
    }

    private async Task PublishAsync<T>(T message) where T : class
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await bus.Publish(message, context => context.Durable = false, patience.Token);
        }
        catch (Exception fault)
        {
            // One try is enough: by the next presence its user is somewhere else, and access is looked at now and then anyway.
            LogNotSent(logger, fault.GetType().Name);
        }
        finally
        {
            underWay.Release();
        }
    }

    private static LiveFrame.Other Frame(PresenceShown presence) => new(Encoding.UTF8.GetBytes(presence.Frame));

    private sealed class Line(HostReceiveEndpointHandle handle) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            using var patience = new CancellationTokenSource(Patience);
            try
            {
                await handle.StopAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                // The broker is away; its temporary queues end with the connection.
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Other gateways were not told ({Fault}).")]
    private static partial void LogNotSent(ILogger logger, string fault);
}

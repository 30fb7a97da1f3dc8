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
    public IAsyncDisposable Listen(OrganizationId id, LiveOrganization organization) =>
        new Line(connector.ConnectReceiveEndpoint(new TemporaryEndpointDefinition("live"), null, (_, endpoint) =>
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
        }));

    /// <summary>Shows presence at the other gateways, if that is possible at once.</summary>
    public void Show(OrganizationId organization, LiveFrame.Other presence)
    {
        if (underWay.Wait(0)) _ = ShowAsync(new PresenceShown(organization.Value, gateway, presence.ToString()));
    }

    private async Task ShowAsync(PresenceShown presence)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await bus.Publish(presence, context => context.Durable = false, patience.Token);
        }
        catch (Exception fault)
        {
            // Presence is worth one try: by the next one its user is somewhere else.
            LogNotShown(logger, fault.GetType().Name);
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

    [LoggerMessage(Level = LogLevel.Debug, Message = "Presence was not shown elsewhere ({Fault}).")]
    private static partial void LogNotShown(ILogger logger, string fault);
}

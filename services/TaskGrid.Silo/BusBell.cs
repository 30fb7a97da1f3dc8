using System.Diagnostics;
using System.Threading.Channels;
using MassTransit;
using TaskGrid.Contracts;
using TaskGrid.Grains.Ports;
using TaskGrid.ServiceDefaults;

namespace TaskGrid.Silo;

/// <summary>
/// Rings by the bus, behind a short queue, so that no commit ever waits for a broker. While the broker is gone the queue runs over and
/// the oldest rings are lost: gateways look at the heads by themselves every second.
/// </summary>
internal sealed partial class BusBell(IBus bus, ILogger<BusBell> logger) : BackgroundService, IChangeBell
{
    private static readonly ActivitySource Traces = new(Telemetry.Source);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Channel<(OrganizationAdvanced Ring, ActivityContext Cause)> queue = Channel.CreateBounded<(OrganizationAdvanced, ActivityContext)>(
        new BoundedChannelOptions(1024) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private bool lost;

    public void Ring(OrganizationAdvanced advanced) => queue.Writer.TryWrite((advanced, Activity.Current?.Context ?? default));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var (ring, cause) in queue.Reader.ReadAllAsync(stoppingToken)) await PublishAsync(ring, cause, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping; the rings left behind are found by the head watch of the gateways.
        }
    }

    private async Task PublishAsync(OrganizationAdvanced ring, ActivityContext cause, CancellationToken stoppingToken)
    {
        // The ring belongs to the trace of the push that caused it, which this queue has cut off.
        using var activity = Traces.StartActivity("ring", ActivityKind.Producer, cause);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        patience.CancelAfter(Patience);
        try
        {
            await bus.Publish(ring, Fleeting, patience.Token);
            if (lost) LogBusBack(logger);
            lost = false;
        }
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            // Whatever the transport throws, the log stands and gateways will see it.
            if (!lost) LogBusLost(logger, fault.GetType().Name);
            lost = true;
        }
    }

    private static void Fleeting(PublishContext<OrganizationAdvanced> context)
    {
        context.Durable = false;
        context.TimeToLive = TimeSpan.FromSeconds(10);
    }
}

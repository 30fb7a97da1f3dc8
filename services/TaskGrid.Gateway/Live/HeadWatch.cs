using System.Collections.Immutable;
using TaskGrid.EventStore.Marten.Queries;

namespace TaskGrid.Gateway.Live;

/// <summary>
/// The net under the bus: looks at the heads of all organizations that are listened to, once a second, in one query. With the bus down
/// changes still arrive within two seconds. Now and then it also has access looked at, whatever the log says.
/// </summary>
internal sealed partial class HeadWatch(LiveHub hub, IOrganizationQueries queries, GatewayLimits limits, TimeProvider clock, ILogger<HeadWatch> logger)
    : BackgroundService
{
    private const int TicksBetweenChecks = 30;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(60);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ticks = new PeriodicTimer(limits.HeadWatch, clock);
        for (var tick = 1; await ticks.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false); tick++)
        {
            try
            {
                await LookAsync(tick % TicksBetweenChecks == 0, stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFault(logger, fault.GetType().Name);
            }
        }
    }

    private async Task LookAsync(bool check, CancellationToken cancellationToken)
    {
        await hub.LetGoAsync(Idle);
        var live = hub.Organizations();
        if (live.Count == 0) return;
        var heads = await queries.HeadsAsync([.. live.Keys], cancellationToken);
        foreach (var (id, organization) in live)
        {
            if (heads.TryGetValue(id, out var head) && head > organization.Head) organization.Ring(LiveRing.At(head));
            if (check || !heads.ContainsKey(id)) organization.Ring(LiveRing.Check);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The heads could not be looked at ({Fault}); trying again.")]
    private static partial void LogFault(ILogger logger, string fault);
}

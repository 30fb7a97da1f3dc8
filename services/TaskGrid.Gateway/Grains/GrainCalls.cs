using Orleans.Runtime;
using TaskGrid.Contracts;
using TaskGrid.Grains;

namespace TaskGrid.Gateway.Grains;

/// <summary>
/// Calls organizations, and again where a silo went away under a call. Every call may be repeated: pushes are exactly-once by their
/// numbers, commands set values. Past the deadline the answer is null, and the caller is told to come back.
/// </summary>
internal sealed partial class GrainCalls(IGrainFactory grains, GatewayLimits limits, TimeProvider clock, ILogger<GrainCalls> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    public async Task<T?> TryAsync<T>(
        OrganizationId organization, Func<IOrganizationGrain, CancellationToken, Task<T>> call, CancellationToken cancellationToken) where T : class
    {
        using var deadline = new CancellationTokenSource(limits.GrainDeadline, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var grain = grains.GetGrain<IOrganizationGrain>(GrainKeys.Of(organization));
        for (var pause = FirstPause; ; pause = Longer(pause))
        {
            try
            {
                return await call(grain, both.Token).WaitAsync(both.Token);
            }
            catch (Exception fault) when (IsPassing(fault) && !both.IsCancellationRequested)
            {
                LogAgain(logger, organization, fault.GetType().Name);
            }
            catch (Exception fault) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested && (IsPassing(fault) || fault is OperationCanceledException))
            {
                LogGaveUp(logger, organization, fault.GetType().Name);
                return null;
            }
            if (!await WaitAsync(pause, both.Token, cancellationToken)) return null;
        }
    }

    private async Task<bool> WaitAsync(TimeSpan pause, CancellationToken both, CancellationToken caller)
    {
        try
        {
            await Task.Delay(pause, clock, both);
            return true;
        }
        catch (OperationCanceledException) when (!caller.IsCancellationRequested)
        {
            return false;
        }
    }

    // With jitter: the callers of a silo that died all wait for the same successor.
    private static TimeSpan Longer(TimeSpan pause) =>
        TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, (long)(pause.Ticks * (1.5 + Random.Shared.NextDouble()))));

    private static bool IsPassing(Exception fault) => fault is OrleansException or TimeoutException;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Organization {Organization} did not answer ({Fault}); trying again.")]
    private static partial void LogAgain(ILogger logger, OrganizationId organization, string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Organization {Organization} did not answer in time ({Fault}).")]
    private static partial void LogGaveUp(ILogger logger, OrganizationId organization, string fault);
}

using Orleans.Runtime;
using TaskGrid.Contracts;
using TaskGrid.Grains;

namespace TaskGrid.Gateway.Grains;

/// <summary>
/// Calls organizations, and again where a silo went away under a call. Every call may be repeated, also beside an earlier one that has
/// not been answered: pushes are exactly-once by their numbers, commands set values. A call that was on its way through a silo that died
/// is not always refused but sometimes just lost, so silence is a reason to ask again too. Past the deadline the answer is null, and the
/// caller is told to come back.
/// </summary>
internal sealed partial class GrainCalls(IGrainFactory grains, GatewayLimits limits, TimeProvider clock, ILogger<GrainCalls> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(1);

    public async Task<T?> TryAsync<T>(
        OrganizationId organization, Func<IOrganizationGrain, CancellationToken, Task<T>> call, CancellationToken cancellationToken) where T : class
    {
        using var deadline = new CancellationTokenSource(limits.GrainDeadline, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await AskUntilAnsweredAsync(organization, call, both.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            LogGaveUp(logger, organization);
            return null;
        }
        finally
        {
            await both.CancelAsync();
        }
    }

    private async Task<T> AskUntilAnsweredAsync<T>(
        OrganizationId organization, Func<IOrganizationGrain, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var grain = grains.GetGrain<IOrganizationGrain>(GrainKeys.Of(organization));
        var asked = new List<Task<T>>();
        var (pause, patience) = (FirstPause, FirstPatience);
        while (true)
        {
            asked.Add(call(grain, cancellationToken));
            var heard = await HearAsync(asked, patience, cancellationToken);
            if (heard is null)
            {
                LogSilence(logger, organization);
                patience *= 1.25;
                continue;
            }
            asked.Remove(heard);
            if (heard.IsCompletedSuccessfully || !IsPassing(heard)) return await heard;
            LogAgain(logger, organization, heard.Exception!.InnerException!.GetType().Name);
            await Task.Delay(pause, clock, cancellationToken);
            pause = Longer(pause);
        }
    }

    /// <summary>The first that ends; null if none does in time.</summary>
    private async Task<Task<T>?> HearAsync<T>(List<Task<T>> asked, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = Task.Delay(patience, clock, over.Token);
        var first = await Task.WhenAny([.. asked, waiting]);
        await over.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return first as Task<T>;
    }

    // With jitter: the callers of a silo that died all wait for the same successor.
    private static TimeSpan Longer(TimeSpan pause) =>
        TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, (long)(pause.Ticks * (1.5 + Random.Shared.NextDouble()))));

    private static bool IsPassing(Task failed) => failed.Exception?.InnerException is OrleansException or TimeoutException;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Organization {Organization} did not answer ({Fault}); trying again.")]
    private static partial void LogAgain(ILogger logger, OrganizationId organization, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Organization {Organization} is silent; asking once more.")]
    private static partial void LogSilence(ILogger logger, OrganizationId organization);

    [LoggerMessage(Level = LogLevel.Error, Message = "Organization {Organization} did not answer in time.")]
    private static partial void LogGaveUp(ILogger logger, OrganizationId organization);
}

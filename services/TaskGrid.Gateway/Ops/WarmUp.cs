using Microsoft.Extensions.Diagnostics.HealthChecks;
using TaskGrid.Contracts;
using TaskGrid.Gateway.Accounts;
using TaskGrid.Gateway.Callers;

namespace TaskGrid.Gateway.Ops;

/// <summary>
/// Goes the way of a request once before the first real one: reaches a silo, which reaches the database. Until that has worked this
/// process is not ready. It asks about an organization that cannot exist.
/// </summary>
internal sealed partial class WarmUp(Memberships memberships, Passwords passwords, IHostApplicationLifetime lifetime, ILogger<WarmUp> logger)
    : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private volatile bool isWarm;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(isWarm ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("not yet reached a silo"));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartedAsync(stoppingToken);
        passwords.Check(null, "warm-up");
        while (!await TryAsync(stoppingToken)) await Task.Delay(Pause, stoppingToken);
        isWarm = true;
        LogReady(logger);
    }

    private async Task<bool> TryAsync(CancellationToken stoppingToken)
    {
        try
        {
            return await memberships.OfAsync(new UserId(Guid.Empty), new OrganizationId(Guid.Empty), stoppingToken) is MembershipOutcome.None;
        }
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            LogNotYet(logger, fault.GetType().Name);
            return false;
        }
    }

    private async Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Ready: a silo answered.")]
    private static partial void LogReady(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No silo answered yet ({Fault}); trying again.")]
    private static partial void LogNotYet(ILogger logger, string fault);
}

using TaskGrid.Contracts;
using TaskGrid.Gateway.Accounts;
using TaskGrid.Gateway.Sync;

namespace TaskGrid.Gateway.Live;

/// <summary>What connections need of the gateway.</summary>
internal sealed partial class LiveServices(
    Pushing pushing, AccessTokens accessTokens, GatewayLimits limits, TimeProvider clock, ILogger<LiveServices> logger)
{
    public Pushing Pushing => pushing;

    public AccessTokens AccessTokens => accessTokens;

    public GatewayLimits Limits => limits;

    public TimeProvider Clock => clock;

    public void LogFault(OrganizationId organization, Exception fault) => LogConnectionFault(logger, organization, fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "A live connection of organization {Organization} failed.")]
    private static partial void LogConnectionFault(ILogger logger, OrganizationId organization, Exception fault);
}

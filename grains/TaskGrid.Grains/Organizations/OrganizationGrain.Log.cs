using Microsoft.Extensions.Logging;
using TaskGrid.Contracts;

namespace TaskGrid.Grains.Organizations;

public sealed partial class OrganizationGrain
{
    [LoggerMessage(1, LogLevel.Warning, "Organization {Organization}: a batch of {Pushes} pushes failed at attempt {Attempt}")]
    private partial void LogBatchFailed(OrganizationId organization, int pushes, int attempt, Exception fault);

    [LoggerMessage(2, LogLevel.Warning, "Organization {Organization}: a command failed at attempt {Attempt}")]
    private partial void LogCommandFailed(OrganizationId organization, int attempt, Exception fault);

    [LoggerMessage(3, LogLevel.Warning, "Organization {Organization}: somebody else wrote version {Version}; deciding again")]
    private partial void LogRaceLost(OrganizationId organization, long version);
}

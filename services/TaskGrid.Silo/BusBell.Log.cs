namespace TaskGrid.Silo;

internal sealed partial class BusBell
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The bus does not take rings ({Fault}); gateways look at the heads instead.")]
    private static partial void LogBusLost(ILogger logger, string fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "The bus takes rings again.")]
    private static partial void LogBusBack(ILogger logger);
}

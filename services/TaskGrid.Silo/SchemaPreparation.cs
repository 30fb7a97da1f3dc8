using Npgsql;
using TaskGrid.EventStore.Marten.Schemas;
using TaskGrid.ServiceDefaults;

namespace TaskGrid.Silo;

/// <summary>
/// Brings the database's tables up to this version (and missing snapshots back from their events) before anything else starts: the silo's membership is one of them. A database that is
/// still starting is waited for.
/// </summary>
internal sealed partial class SchemaPreparation(NpgsqlDataSource database, TaskGridSettings settings, ILogger<SchemaPreparation> logger)
    : IHostedLifecycleService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (!await TryAsync(patience.Token)) await Task.Delay(Pause, patience.Token);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await EventStoreSchema.ApplyAsync(database, cancellationToken) is > 0 and var started) LogRestored(logger, started);
            if (settings.IsClustered) await OrleansSchema.ApplyAsync(database, cancellationToken);
            return true;
        }
        catch (NpgsqlException fault) when (fault.IsTransient)
        {
            LogWaiting(logger, fault.SqlState ?? fault.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database stands elsewhere than before, as a restored copy does: {Started} logs got a new history, and every client takes a snapshot.")]
    private static partial void LogRestored(ILogger logger, int started);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database does not answer yet ({State}); trying again.")]
    private static partial void LogWaiting(ILogger logger, string state);
}

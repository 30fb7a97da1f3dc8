using System.Data;
using Npgsql;

namespace TaskGrid.EventStore.Marten.Queries;

/// <summary>A transaction. To read, its statements see one state of the log: a commit between two of them is not seen by either.</summary>
internal sealed class LogSession : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;

    private LogSession(NpgsqlConnection connection, NpgsqlTransaction transaction) => (this.connection, this.transaction) = (connection, transaction);

    public static Task<LogSession> OpenAsync(NpgsqlDataSource database, CancellationToken cancellationToken) =>
        OpenAsync(database, IsolationLevel.RepeatableRead, cancellationToken);

    /// <summary>For a rebuild: it waits for the head's row, and must then see what was committed meanwhile.</summary>
    public static Task<LogSession> OpenForWriteAsync(NpgsqlDataSource database, CancellationToken cancellationToken) =>
        OpenAsync(database, IsolationLevel.ReadCommitted, cancellationToken);

    private static async Task<LogSession> OpenAsync(NpgsqlDataSource database, IsolationLevel isolation, CancellationToken cancellationToken)
    {
        var connection = await database.OpenConnectionAsync(cancellationToken);
        try
        {
            return new LogSession(connection, await connection.BeginTransactionAsync(isolation, cancellationToken));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public Task<NpgsqlDataReader> ReadAsync(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        var command = new NpgsqlCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(new() { Value = parameter });
        return ReadAsync(command, cancellationToken);
    }

    public Task<NpgsqlDataReader> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        command.Connection = connection;
        command.Transaction = transaction;
        return command.ExecuteReaderAsync(cancellationToken);
    }

    public async Task<T?> FirstAsync<T>(string sql, Func<NpgsqlDataReader, T> row, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var reader = await ReadAsync(sql, cancellationToken, parameters);
        return await reader.ReadAsync(cancellationToken) ? row(reader) : default;
    }

    public async Task ExecuteAsync(NpgsqlBatchCommand command, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { command } };
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    public Task CommitAsync(CancellationToken cancellationToken) => transaction.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}

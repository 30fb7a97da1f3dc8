using System.Data;
using Npgsql;

namespace TaskGrid.EventStore.Marten.Queries;

/// <summary>Statements that see one state of the log: a commit between two of them is not seen by either.</summary>
internal sealed class ReadSession : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;

    private ReadSession(NpgsqlConnection connection, NpgsqlTransaction transaction) => (this.connection, this.transaction) = (connection, transaction);

    public static async Task<ReadSession> OpenAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var connection = await database.OpenConnectionAsync(cancellationToken);
        try
        {
            return new ReadSession(connection, await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken));
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

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}

using Npgsql;

namespace TaskGrid.EventStore.Marten.Schemas;

/// <summary>A turn at changing the schema: one process at a time, each script once.</summary>
internal sealed class Migration : IAsyncDisposable
{
    private const long Lock = 0x7461_736b_6772_6964; // "taskgrid"

    private readonly NpgsqlConnection connection;

    private Migration(NpgsqlConnection connection) => this.connection = connection;

    public static async Task<Migration> BeginAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var connection = await database.OpenConnectionAsync(cancellationToken);
        var migration = new Migration(connection);
        try
        {
            await migration.ExecuteAsync($"select pg_advisory_lock({Lock})", cancellationToken);
            await migration.ExecuteAsync(
                $"""
                set client_min_messages = warning;
                create schema if not exists {MartenStore.Schema};
                create table if not exists {MartenStore.Schema}.migrations (script text primary key, applied timestamptz not null default now());
                """, cancellationToken);
            return migration;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs an embedded script in a transaction of its own, unless it ran before.</summary>
    public async Task RunAsync(string script, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var claim = new NpgsqlCommand(
            $"insert into {MartenStore.Schema}.migrations (script) values ($1) on conflict do nothing", connection, transaction)
        {
            Parameters = { new() { Value = script } },
        };
        if (await claim.ExecuteNonQueryAsync(cancellationToken) == 1) await ExecuteAsync(Text(script), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Runs a statement that replaces what a former version made.</summary>
    public Task ReplaceAsync(string sql, CancellationToken cancellationToken) => ExecuteAsync(sql, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        // The pool keeps sessions as they are, so the lock must be given back here.
        if (connection.FullState.HasFlag(System.Data.ConnectionState.Open))
            await ExecuteAsync($"select pg_advisory_unlock({Lock}); reset client_min_messages", CancellationToken.None);
        await connection.DisposeAsync();
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static string Text(string script)
    {
        using var stream = typeof(Migration).Assembly.GetManifestResourceStream($"TaskGrid.Schemas.{script}")
            ?? throw new FileNotFoundException($"no embedded script {script}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

using System.Diagnostics;
using Npgsql;
using TaskGrid.Contracts;

namespace TaskGrid.Benchmarks;

/// <summary>
/// The floor of a push: the rows that it wrote (events, feed, snapshots, receipts), read back and written again bare, with the same bytes,
/// into tables of the same columns and indexes, one transaction a client, multi-row INSERTs, all clients at once.
/// </summary>
internal sealed class PushFloor(NpgsqlDataSource database, OrganizationId organization, IReadOnlyDictionary<string, TableColumns> columns)
{
    private static readonly string[] Tables = ["mt_events", "feed", "tasks", "receipts"];

    public static async Task<PushFloor> OpenAsync(string connectionString, OrganizationId organization)
    {
        var database = NpgsqlDataSource.Create(connectionString + ";Max Auto Prepare=50;Maximum Pool Size=40");
        await Execute(database, "create schema floor");
        var columns = new Dictionary<string, TableColumns>();
        foreach (var table in Tables)
        {
            await Execute(database, $"create table floor.{table} (like tg.{table} including defaults including generated including indexes)");
            columns[table] = await TableColumns.ReadAsync(database, table);
        }
        return new PushFloor(database, organization, columns);
    }

    public async Task<TimeSpan> RunAsync(IReadOnlyList<ReplicaId> replicas)
    {
        foreach (var table in Tables) await Execute(database, $"truncate floor.{table}");
        var rows = await Task.WhenAll(replicas.Select(Rows));
        var connections = await Task.WhenAll(replicas.Select(_ => database.OpenConnectionAsync().AsTask()));
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(rows.Select((r, i) => Write(connections[i], r)));
        var elapsed = watch.Elapsed;
        foreach (var connection in connections) await connection.DisposeAsync();
        return elapsed;
    }

    private async Task<IReadOnlyDictionary<string, string?[][]>> Rows(ReplicaId replica)
    {
        const string mine = "select f.stream, f.version, f.task from tg.feed f where f.organization = $1 and f.replica = $2";
        var filters = new Dictionary<string, string>
        {
            ["mt_events"] = $"t.tenant_id = $1::text and (t.stream_id, t.version) in (select m.stream, m.version from ({mine}) m)",
            ["feed"] = "t.organization = $1 and t.replica = $2",
            ["tasks"] = $"t.organization = $1 and t.id in (select m.task from ({mine}) m)",
            ["receipts"] = "t.organization = $1 and t.replica = $2",
        };
        var rows = new Dictionary<string, string?[][]>();
        foreach (var table in Tables) rows[table] = await columns[table].RowsAsync(database, table, filters[table], organization.Value, replica.Value);
        return rows;
    }

    private async Task Write(NpgsqlConnection connection, IReadOnlyDictionary<string, string?[][]> rows)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var table in Tables) await columns[table].InsertAsync(connection, $"floor.{table}", rows[table]);
        await transaction.CommitAsync();
    }

    private static async Task Execute(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}

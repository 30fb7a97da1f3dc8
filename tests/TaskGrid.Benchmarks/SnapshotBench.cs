using System.Diagnostics;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Benchmarks;

/// <summary>First sync: a new replica of the .NET client takes an organization over, until all of it is readable in its store.</summary>
internal static class SnapshotBench
{
    public static async Task<int> RunAsync(BenchOptions options)
    {
        var rounds = options.Number("rounds", 5);
        await using var bench = await BenchServer.StartAsync();
        var owner = await BenchClient.FoundAsync(bench.Server.Url);
        var reference = new ReferenceOrganization(options.Number("tasks", 10_000));
        await owner.SeedAsync(reference);
        var folder = Directory.CreateTempSubdirectory("tg-bench-");
        try
        {
            var (ours, floor) = (new List<double>(), new List<double>());
            for (var round = 0; round <= rounds; round++)
            {
                var mine = await FreshReplica.TakeAsync(bench.Server.Url, owner, Path.Combine(folder.FullName, $"ours-{round}.db"), reference.Tasks.Count);
                var bare = await Bare(bench.Server.Database, owner.Organization, Path.Combine(folder.FullName, $"floor-{round}.db"), reference.Tasks.Count);
                if (round == 0) continue; // warm-up
                ours.Add(mine.TotalMilliseconds);
                floor.Add(bare.TotalMilliseconds);
            }
            Console.WriteLine($"snapshot: {reference.Tasks.Count} tasks into a new SQLite store, {rounds} rounds, counted and digest checked");
            Figures.Print("first sync", "ms", ours, floor);
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The same lines read from the same rows and put into one table of SQLite, in one transaction.</summary>
    private static async Task<TimeSpan> Bare(string database, OrganizationId organization, string path, int expected)
    {
        var watch = Stopwatch.StartNew();
        await using var source = NpgsqlDataSource.Create(database);
        await using var query = source.CreateCommand("select id::text, line::text from tg.tasks where organization = $1");
        query.Parameters.AddWithValue(organization.Value);
        using var sqlite = new SqliteConnection($"Data Source={path};Pooling=False");
        sqlite.Open();
        using (var create = sqlite.CreateCommand())
        {
            create.CommandText = "pragma journal_mode=wal; create table tasks (id text primary key, line text) without rowid";
            create.ExecuteNonQuery();
        }
        using var transaction = sqlite.BeginTransaction();
        using var insert = sqlite.CreateCommand();
        insert.CommandText = "insert into tasks values ($id, $line)";
        var (id, line) = (insert.Parameters.Add("$id", SqliteType.Text), insert.Parameters.Add("$line", SqliteType.Text));
        var count = 0;
        await using var reader = await query.ExecuteReaderAsync();
        for (; await reader.ReadAsync(); count++)
        {
            (id.Value, line.Value) = (reader.GetString(0), reader.GetString(1));
            insert.ExecuteNonQuery();
        }
        transaction.Commit();
        return count == expected ? watch.Elapsed : throw new InvalidOperationException($"{count} of {expected} tasks");
    }
}

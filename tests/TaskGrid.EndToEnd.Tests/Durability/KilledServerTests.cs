using Npgsql;
using TaskGrid.Contracts;
using TaskGrid.TestKit;

namespace TaskGrid.EndToEnd.Tests.Durability;

[Trait("tier", "gate")]
public sealed class KilledServerTests
{
    [Fact(DisplayName = "[PU1] [PU4] After kill -9 during pushes every acknowledged change is there once")]
    public async Task After_kill_9_during_pushes_every_acknowledged_change_is_there_once()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var server = await TaskGridServer.StartAsync(cancellationToken: cancelled);
        var (http, organization) = await Writer.FoundAsync(server.Url);
        var writers = Enumerable.Range(0, 4).Select(_ => new Writer(http, organization)).ToList();
        using var enough = new CancellationTokenSource();
        var writing = writers.Select(writer => WriteAsync(writer, enough.Token, cancelled)).ToList();

        for (var kill = 0; kill < 3; kill++)
        {
            var before = writers.Sum(writer => Count(writer));
            await Until(() => writers.Sum(Count) > before + 200, cancelled);
            await server.KillAsync();
            await server.StartAgainAsync(cancelled);
        }
        await enough.CancelAsync();
        await Task.WhenAll(writing);

        var log = await Writer.LogAsync(http, organization);
        Assert.Equal(Enumerable.Range(1, log.Count).Select(seq => (long)seq), log.Select(change => change.Seq));
        foreach (var writer in writers)
        {
            var mine = log.Where(change => change.Origin?.Replica == writer.Replica).ToDictionary(change => change.Origin!.Value.N, change => change.Seq);
            Assert.Equal(writer.Acknowledged.OrderBy(pair => pair.Key), mine.OrderBy(pair => pair.Key));
        }
    }

    [Fact(DisplayName = "[LG2] With every snapshot row deleted a restart serves the same bytes from events alone")]
    public async Task With_every_snapshot_row_deleted_a_restart_serves_the_same_bytes_from_events_alone()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var server = await TaskGridServer.StartAsync(cancellationToken: cancelled);
        var (http, organization) = await Writer.FoundAsync(server.Url);
        var writer = new Writer(http, organization);
        await writer.SendAsync(writer.Next(300).Body, cancelled);
        var before = await SnapshotAsync(http, organization);
        Assert.Equal(302, before.Length);

        await server.StopAsync(cancelled);
        await using (var connection = new NpgsqlConnection(server.Database))
        {
            await connection.OpenAsync(cancelled);
            await using var delete = new NpgsqlCommand("delete from tg.tasks; delete from tg.conflicts; delete from tg.organizations; delete from tg.members", connection);
            Assert.True(await delete.ExecuteNonQueryAsync(cancelled) > 300);
        }
        await server.StartAgainAsync(cancelled);

        Assert.Equal(before, await SnapshotAsync(http, organization));
        await writer.SendAsync(writer.Next(1).Body, cancelled);
        Assert.Equal(302, writer.Acknowledged[301]);
    }

    private static async Task WriteAsync(Writer writer, CancellationToken enough, CancellationToken cancelled)
    {
        while (!enough.IsCancellationRequested) await writer.SendAsync(writer.Next(5).Body, cancelled);
    }

    private static int Count(Writer writer)
    {
        lock (writer.Acknowledged) return writer.Acknowledged.Count;
    }

    private static async Task<string[]> SnapshotAsync(HttpClient http, OrganizationId organization) =>
        (await http.GetStringAsync($"api/sync/snapshot?org={organization}&replica={Guid.Empty}")).TrimEnd('\n').Split('\n');

    private static async Task Until(Func<bool> condition, CancellationToken cancelled)
    {
        while (!condition()) await Task.Delay(20, cancelled);
    }
}

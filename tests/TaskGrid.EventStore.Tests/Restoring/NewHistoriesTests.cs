using Npgsql;
using TaskGrid.Contracts;
using TaskGrid.EventStore.Marten;
using TaskGrid.EventStore.Marten.Restoring;
using TaskGrid.EventStore.Marten.Schemas;
using TaskGrid.EventStore.Tests.Facts;
using TaskGrid.Grains.Ports;
using TaskGrid.TestKit;

namespace TaskGrid.EventStore.Tests.Restoring;

public sealed class NewHistoriesTests(ADatabase database) : IClassFixture<ADatabase>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(DisplayName = "[LG3] A start on the same database leaves the histories as they are")]
    public async Task The_same_database()
    {
        var log = await FoundedAsync();

        Assert.Equal(0, await EventStoreSchema.ApplyAsync(database.Source, Token));

        Assert.Equal(log.Head, await database.Reader.LoadHeadAsync(log.Organization, Token));
    }

    [Fact(DisplayName = "[LG3] A database that was copied gets new histories at its first start, once")]
    public async Task A_copied_database()
    {
        var original = await PostgresServer.NewDatabaseAsync(Token);
        await using (var source = EventStoreDatabase.Open(original)) await EventStoreSchema.ApplyAsync(source, Token);
        var head = await OneLogAsync(original);
        NpgsqlConnection.ClearAllPools();
        var copy = await CopyOfAsync(original);
        await using var copied = EventStoreDatabase.Open(copy);

        var first = await EventStoreSchema.ApplyAsync(copied, Token);
        var second = await EventStoreSchema.ApplyAsync(copied, Token);

        Assert.Equal((1, 0), (first, second));
        var (seq, version, history) = await HeadAsync(copied);
        Assert.Equal((head.Seq, head.Version + 1), (seq, version));
        Assert.NotEqual(head.History, history);
        Assert.Null(await NewHistories.StartAsync(copied, again: false, Token));
    }

    [Fact(DisplayName = "[LG3] A database that was recovered along another timeline gets new histories at its first start")]
    public async Task Another_timeline()
    {
        await using var postgres = await PostgresServer.StartAsync(cancellationToken: Token);
        var connection = await postgres.CreateDatabaseAsync(Token);
        await using (var source = EventStoreDatabase.Open(connection)) await EventStoreSchema.ApplyAsync(source, Token);
        await OneLogAsync(connection);
        NpgsqlConnection.ClearAllPools();
        await postgres.StopAsync(Token);
        await File.WriteAllTextAsync(Path.Combine(postgres.DataFolder, "standby.signal"), "", Token);
        await postgres.StartAgainAsync(Token);
        await using var recovered = EventStoreDatabase.Open(connection);
        await using (var promote = recovered.CreateCommand("select pg_promote()")) Assert.Equal(true, await promote.ExecuteScalarAsync(Token));

        Assert.Equal(1, await EventStoreSchema.ApplyAsync(recovered, Token));
    }

    [Fact(DisplayName = "[LG3] A log that never said where it stands has not moved as far as anybody knows")]
    public async Task Nothing_known()
    {
        var log = await FoundedAsync();
        await using (var forget = database.Source.CreateCommand("delete from tg.whereabouts")) await forget.ExecuteNonQueryAsync(Token);

        Assert.Equal(0, await EventStoreSchema.ApplyAsync(database.Source, Token));

        Assert.Equal(log.Head, await database.Reader.LoadHeadAsync(log.Organization, Token));
    }

    [Fact(DisplayName = "[LG3] On an operator's word histories start once for each run of the database server, or again if he says so")]
    public async Task On_an_operators_word()
    {
        var log = await FoundedAsync();
        var first = await NewHistories.StartAsync(database.Source, again: true, Token);
        var started = (await database.Reader.LoadHeadAsync(log.Organization, Token))!;

        Assert.Null(await NewHistories.StartAsync(database.Source, again: false, Token));

        Assert.Equal(started, await database.Reader.LoadHeadAsync(log.Organization, Token));
        Assert.Equal(first, await NewHistories.StartAsync(database.Source, again: true, Token));
        Assert.NotEqual(started.History, (await database.Reader.LoadHeadAsync(log.Organization, Token))!.History);
    }

    [Fact(DisplayName = "[LG3] Who decided before the new history loses its commit")]
    public async Task A_commit_decided_before()
    {
        var log = await FoundedAsync();
        var commit = log.Creates("before");

        await NewHistories.StartAsync(database.Source, again: true, Token);

        Assert.True(Assert.IsType<CommitOutcome.Lost>(await database.Committer.CommitAsync(commit, Token)).HeadMoved);
    }

    [Fact(DisplayName = "[LG3] Where PostgreSQL may not be asked, nothing is taken for a copy, and an operator's word holds each time")]
    public async Task Where_it_may_not_be_asked()
    {
        var connection = await PostgresServer.NewDatabaseAsync(Token);
        await using var owner = EventStoreDatabase.Open(connection);
        await EventStoreSchema.ApplyAsync(owner, Token);
        await OneLogAsync(connection);
        var role = $"r{Guid.NewGuid():N}";
        await ExecuteAsync(owner, $"""
            create role {role} login; revoke execute on function pg_control_system() from public;
            grant usage on schema tg to {role}; grant all on tg.heads, tg.whereabouts to {role}; update tg.whereabouts set place = 'elsewhere'
            """);
        await using (var limited = EventStoreDatabase.Open(new NpgsqlConnectionStringBuilder(connection) { Username = role }.ConnectionString))
        {
            Assert.Equal(0, await NewHistories.StartIfMovedAsync(limited, Token));
            Assert.Equal(1, await NewHistories.StartAsync(limited, again: false, Token));
            Assert.Equal(1, await NewHistories.StartAsync(limited, again: false, Token));
        }
        await ExecuteAsync(owner, $"drop owned by {role}; drop role {role}");
    }

    private async Task<ALog> FoundedAsync()
    {
        var log = ALog.OfNobody();
        var commit = log.Founds();
        Assert.IsType<CommitOutcome.Committed>(await database.Committer.CommitAsync(commit, Token));
        return log.After(commit);
    }

    private static async Task<(long Seq, long Version, string History)> OneLogAsync(string connection)
    {
        await using var source = EventStoreDatabase.Open(connection);
        using var store = MartenStore.Open(source);
        var commit = ALog.OfNobody().Founds();
        Assert.IsType<CommitOutcome.Committed>(await new Marten.Commits.MartenEventCommitter(store, source).CommitAsync(commit, Token));
        return (commit.Next.Seq, commit.Next.Version, commit.Next.History);
    }

    private static async Task<(long Seq, long Version, string History)> HeadAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("select seq, version, history from tg.heads");
        await using var reader = await command.ExecuteReaderAsync(Token);
        Assert.True(await reader.ReadAsync(Token));
        return (reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2));
    }

    private static async Task<string> CopyOfAsync(string original)
    {
        var settings = new NpgsqlConnectionStringBuilder(original);
        var copy = $"{settings.Database}c";
        await using var postgres = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(original) { Database = "postgres" }.ConnectionString);
        await ExecuteAsync(postgres, $"create database {copy} template {settings.Database}");
        return new NpgsqlConnectionStringBuilder(original) { Database = copy }.ConnectionString;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }
}

using TaskGrid.Contracts;
using TaskGrid.Domain.Organizations;
using TaskGrid.EventStore.Marten;
using TaskGrid.EventStore.Marten.Commits;
using TaskGrid.EventStore.Marten.Rebuilding;
using TaskGrid.EventStore.Tests.Facts;
using TaskGrid.Grains.Ports;

namespace TaskGrid.EventStore.Tests.Faults;

/// <summary>Commits over connections that die. Whatever a writer was told, the receipts say what became of its changes.</summary>
public sealed class CutConnectionTests(ADatabase database) : IClassFixture<ADatabase>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Cut.AmidStatements, false)]
    [InlineData(Cut.BeforeCommit, false)]
    [InlineData(Cut.AfterCommit, true)]
    public async Task A_commit_cut_off_is_a_fault_and_is_there_whole_or_not_at_all(Cut cut, bool isThere)
    {
        var log = ALog.OfNobody();
        var founds = log.Founds();
        Assert.IsType<CommitOutcome.Committed>(await database.Committer.CommitAsync(founds, Token));
        log = log.After(founds);
        await using var proxy = new CuttingProxy(database.ConnectionString);
        await using var writer = new AWriter(proxy);
        proxy.Next = cut;
        var commit = log.Creates("a", "b");

        await Assert.ThrowsAnyAsync<Exception>(() => writer.Committer.CommitAsync(commit, Token));

        Assert.Equal(1, proxy.Cuts);
        await SettledAsync();
        var receipts = await database.Reader.LoadReceiptsAsync(log.Organization, log.Replica, 1, 2, Token);
        Assert.Equal(isThere ? 2 : 0, receipts.Length);
        Assert.Equal(isThere ? 2 : 0, (await database.Reader.LoadTasksAsync(log.Organization, [.. commit.Tasks.Select(t => t.Line.Id)], Token)).Length);
        Assert.Equal(isThere ? commit.Next : log.Head, ((OrganizationState.Present)await database.Reader.LoadOrganizationAsync(log.Organization, Token)).Head);
        Assert.Empty(await LogCheck.BrokenAsync(database.Source, log.Organization, Token));
        // Sent again as it was, it is refused or taken in: never both.
        var again = await database.Committer.CommitAsync(commit, Token);
        Assert.Equal(isThere, again is CommitOutcome.Lost { HeadMoved: true });
    }

    [Fact]
    public async Task Eight_writers_on_dying_connections_leave_every_change_exactly_once()
    {
        const int writers = 8, rounds = 8;
        var founded = ALog.OfNobody();
        Assert.IsType<CommitOutcome.Committed>(await database.Committer.CommitAsync(founded.Founds(), Token));

        var cuts = await Task.WhenAll(Enumerable.Range(0, writers).Select(i => WriteAsync(founded, rounds, seed: i)));

        Assert.True(cuts.Sum() >= writers, $"only {cuts.Sum()} connections were cut");
        var state = (OrganizationState.Present)await database.Reader.LoadOrganizationAsync(founded.Organization, Token);
        Assert.Equal(1 + (writers * rounds), state.Head.Seq);
        Assert.Equal(writers, state.Replicas.Count);
        Assert.All(state.Replicas.Values, mark => Assert.Equal(rounds, mark.LastN));
        Assert.Equal(writers * rounds, state.Tree.Count);
        Assert.Empty(await LogCheck.BrokenAsync(database.Source, founded.Organization, Token));
    }

    /// <summary>As a grain and its client do: on a loss or a fault reload, look whether a receipt is there, else try again.</summary>
    private async Task<int> WriteAsync(ALog founded, int rounds, int seed)
    {
        var random = new Random(seed);
        await using var proxy = new CuttingProxy(database.ConnectionString);
        await using var writer = new AWriter(proxy);
        var replica = new ReplicaId(Guid.CreateVersion7());
        for (var n = 1; n <= rounds;)
        {
            var state = (OrganizationState.Present)await database.Reader.LoadOrganizationAsync(founded.Organization, Token);
            if ((await database.Reader.LoadReceiptsAsync(founded.Organization, replica, n, n, Token)).Length == 1)
            {
                n++;
                continue;
            }
            var log = founded with { Replica = replica, Head = state.Head, LastN = n - 1 };
            if (random.Next(3) == 0) proxy.Next = (Cut)random.Next(1, 4);
            try
            {
                if (await writer.Committer.CommitAsync(log.Creates($"{seed}/{n}"), Token) is CommitOutcome.Committed) n++;
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // Nobody knows what became of it; the next round asks the receipts.
                await SettledAsync();
            }
        }
        return proxy.Cuts;
    }

    // PostgreSQL may still be at the transaction whose client has gone. Its locks end with it: who gets the head's row knows.
    private async Task SettledAsync()
    {
        await using var command = database.Source.CreateCommand("begin; lock table tg.heads in access exclusive mode; commit");
        await command.ExecuteNonQueryAsync(Token);
    }

    private sealed class AWriter : IAsyncDisposable
    {
        private readonly Npgsql.NpgsqlDataSource source;
        private readonly global::Marten.DocumentStore store;

        public AWriter(CuttingProxy proxy)
        {
            source = new Npgsql.NpgsqlDataSourceBuilder(proxy.ConnectionString).Build();
            store = MartenStore.Open(source);
            Committer = new MartenEventCommitter(store, source);
        }

        public MartenEventCommitter Committer { get; }

        public async ValueTask DisposeAsync()
        {
            store.Dispose();
            await source.DisposeAsync();
        }
    }
}

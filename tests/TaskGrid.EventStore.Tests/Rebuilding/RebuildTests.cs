using TaskGrid.Contracts;
using TaskGrid.EventStore.Marten.Queries;
using TaskGrid.EventStore.Marten.Reading;
using TaskGrid.EventStore.Marten.Rebuilding;
using TaskGrid.EventStore.Marten.Schemas;

namespace TaskGrid.EventStore.Tests.Rebuilding;

public sealed class RebuildTests(ALivelyOrganization life) : IClassFixture<ALivelyOrganization>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(DisplayName = "[LG2] Everything stored follows from the events")]
    public async Task Everything_stored_follows_from_the_events()
    {
        Assert.True(life.Answers.GetValueOrDefault(ChangeStatus.Accepted) > 50 && life.Answers.GetValueOrDefault(ChangeStatus.Merged) > 20,
            string.Join(", ", life.Answers));
        Assert.NotEqual(0, life.Reached);

        Assert.Empty(life.Differences);
        Assert.Empty(await LogCheck.BrokenAsync(life.Source, life.Organization, Token));
    }

    [Fact(DisplayName = "[PU4] Every push sent again is answered with the same, from the log, whatever happened since")]
    public void Every_push_sent_again_is_answered_with_the_same()
    {
        Assert.Equal(0, life.AnsweredOtherwise);
        Assert.NotEqual(0, life.Answers.GetValueOrDefault(ChangeStatus.Rejected));
    }

    [Fact(DisplayName = "[ST4] A register that was written often is stored with few steps, and is whole in the log")]
    public async Task A_register_that_was_written_often()
    {
        var reader = new MartenStateReader(life.Source);

        var stored = Assert.Single(await reader.LoadTasksAsync(life.Organization, [life.Hot], Token)).Merge.Registers[Fields.Priority];
        var whole = await reader.LoadRegisterAsync(life.Organization, life.Hot, Fields.Priority, Token);

        Assert.NotNull(stored.Since);
        Assert.InRange(stored.Former.Length + stored.Lost.Length, 16, 17);
        Assert.InRange(whole.Former.Length + whole.Lost.Length, 59, 200);
        Assert.Equal(whole, stored.Completed(whole));
    }

    [Fact(DisplayName = "[LG2] With every snapshot gone the next start serves the same bytes")]
    public async Task With_every_snapshot_gone_the_next_start_serves_the_same_bytes()
    {
        var before = await SnapshotAsync();
        var page = await PullAsync();
        foreach (var table in (string[])["tasks", "organizations", "members", "conflicts"]) Assert.NotEqual(0, await RunAsync($"delete from tg.{table}"));

        await EventStoreSchema.ApplyAsync(life.Source, Token);

        Assert.Equal(before, await SnapshotAsync());
        Assert.Equal(page.Changes, (await PullAsync()).Changes);
        Assert.Equal(page.Digest, (await PullAsync()).Digest);
        Assert.Empty((await LogVerification.VerifyAsync(life.Source, life.Organization, Token)).Differences);
        Assert.Empty(await LogCheck.BrokenAsync(life.Source, life.Organization, Token));
    }

    [Theory]
    [InlineData("update tg.tasks set line = jsonb_set(line, '{title}', '\"forged\"') where id = (select min(id::text)::uuid from tg.tasks)", "line differs")]
    [InlineData("update tg.tasks set merge = replace(merge::text, '\"version\":', '\"version\": ')::json where id = (select min(id::text)::uuid from tg.tasks)", "merge state differs")]
    [InlineData("update tg.tasks set deleted = not deleted where id = (select min(id::text)::uuid from tg.tasks)", "deleted is")]
    [InlineData("update tg.tasks set words = 'forged' where id = (select min(id::text)::uuid from tg.tasks)", "words differ")]
    [InlineData("delete from tg.tasks where id = (select min(id::text)::uuid from tg.tasks)", "is not stored")]
    [InlineData("update tg.feed set change = replace(change::text, 'op', 'OP')::json where seq = 5", "seq 5: canonical change differs")]
    [InlineData("delete from tg.feed where seq = 7", "seq 7: is not in the feed")]
    [InlineData("update tg.conflicts set open = not open", "open is")]
    [InlineData("update tg.heads set digest = digest + 1", "head: digest differs")]
    [InlineData("update tg.heads set seq = seq + 1", "head: seq is")]
    [InlineData("update tg.organizations set core = replace(core::text, 'Acme', 'Bcme')::json", "organization: state differs")]
    [InlineData("delete from tg.members", "organization: members differ")]
    public async Task What_was_tampered_with_is_named_and_a_rebuild_mends_it(string tampering, string difference)
    {
        Assert.NotEqual(0, await RunAsync(tampering));

        var found = (await LogVerification.VerifyAsync(life.Source, life.Organization, Token)).Differences;
        await SnapshotRebuild.WriteAsync(life.Source, life.Organization, Token);

        Assert.Contains(found, text => text.Contains(difference, StringComparison.Ordinal));
        Assert.Empty((await LogVerification.VerifyAsync(life.Source, life.Organization, Token)).Differences);
    }

    [Theory]
    [InlineData("delete from tg.feed where seq = 7", "the feed has no gaps")]
    [InlineData("update tg.heads set seq = seq + 1", "the feed has no gaps")]
    [InlineData("update tg.tasks set version = version + 1 where id = (select min(id::text)::uuid from tg.tasks)", "every stream is as long")]
    [InlineData("update tg.tasks set digest_term = digest_term + 1 where id = (select min(id::text)::uuid from tg.tasks)", "the digest is the sum")]
    [InlineData("update tg.feed set version = 999 where seq = 7", "every place in the feed")]
    public async Task A_broken_invariant_is_named(string tampering, string invariant)
    {
        Assert.NotEqual(0, await RunAsync(tampering));

        var broken = await LogCheck.BrokenAsync(life.Source, life.Organization, Token);
        await SnapshotRebuild.WriteAsync(life.Source, life.Organization, Token);

        Assert.Contains(broken, text => text.StartsWith(invariant, StringComparison.Ordinal));
        Assert.Empty(await LogCheck.BrokenAsync(life.Source, life.Organization, Token));
    }

    [Fact]
    public async Task A_lost_receipt_is_named()
    {
        await RunAsync("create table kept as select * from tg.receipts where n = 1 and seq is not null limit 1");
        Assert.Equal(1, await RunAsync("delete from tg.receipts r using kept where r.replica = kept.replica and r.n = kept.n"));

        var broken = await LogCheck.BrokenAsync(life.Source, life.Organization, Token);
        await RunAsync("insert into tg.receipts select * from kept; drop table kept");

        Assert.StartsWith("every change of a replica", Assert.Single(broken), StringComparison.Ordinal);
        Assert.Empty(await LogCheck.BrokenAsync(life.Source, life.Organization, Token));
    }

    private async Task<int> RunAsync(string sql)
    {
        await using var command = life.Source.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync(Token);
    }

    private async Task<byte[]> SnapshotAsync()
    {
        using var output = new MemoryStream();
        await new OrganizationQueries(life.Source, TimeProvider.System).WriteSnapshotAsync(life.Organization, null, output, Token);
        return output.ToArray();
    }

    private async Task<PullPage> PullAsync() =>
        (await new OrganizationQueries(life.Source, TimeProvider.System).PullAsync(life.Organization, null, 0, 5000, Token))!;
}

using TaskGrid.Contracts;

namespace TaskGrid.Cli.Tests;

public sealed class StatusTests : IDisposable
{
    private readonly Garden garden = new();
    private readonly Person ben;

    public StatusTests() => ben = garden.Ben();

    public void Dispose() => ben.Dispose();

    [Fact]
    public async Task It_says_where_this_device_stands()
    {
        ben.Write(writing => writing.Put(writing.Mark with { SyncedAt = garden.Time.Now.AddMinutes(-90).ToUnixTimeMilliseconds() }));
        await ben.RunAsync("comment", Garden.Task(ben, "Roof"), "Reed it is");

        var said = await ben.RunAsync("status");

        Assert.Equal($"""
            Ben <ben@example.com> in Garden on {ben.Server}
            11 tasks, up to change 47; last synced today 08:30 (1 hour ago)
            Not sent yet: 1 change. Run: taskgrid sync
            3 conflicts to look at. See: taskgrid conflicts list

            """, said.Output);
    }

    [Theory]
    [InlineData(-10_920_000, "This computer's clock is 3 h 2 min ahead of the server's. Changes are stamped by the server's time, so nothing is lost by it.")]
    [InlineData(45_000, "This computer's clock is 45 s behind the server's. Changes are stamped by the server's time, so nothing is lost by it.")]
    [InlineData(-315_576_000_000, "This computer's clock is 10 years ahead of the server's. Changes are stamped by the server's time, so nothing is lost by it.")]
    [InlineData(2_000, null)]
    [InlineData(0, null)]
    public async Task A_clock_that_is_off_by_more_than_two_seconds_is_said_to_be(long offset, string? words)
    {
        ben.Write(writing => writing.Put(writing.Mark with { ClockOffset = offset }));

        var said = await ben.RunAsync("status");

        if (words is null) Assert.DoesNotContain("clock", said.Output, StringComparison.Ordinal);
        else Assert.Contains(words, said.Output, StringComparison.Ordinal);
        Assert.Equal(-offset, (await ben.JsonAsync("status")).GetProperty("clockAheadMilliseconds").GetInt64());
    }

    [Fact]
    public async Task Times_of_others_are_told_by_the_servers_clock_however_wrong_this_one_is()
    {
        garden.Time.Now = garden.Time.Now.AddYears(-10);
        ben.Write(writing => writing.Put(writing.Mark with { ClockOffset = (long)(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero) - garden.Time.Now).TotalMilliseconds }));

        var said = await ben.RunAsync("conflicts", "list");

        Assert.Contains("“Cellar”: Ana deleted it while you worked on it\t1 hour ago", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_lost_access_reads_what_happened_what_is_kept_and_how_to_take_it_along()
    {
        await ben.RunAsync("comment", Garden.Task(ben, "Roof"), "Reed it is");
        ben.Write(writing =>
        {
            writing.ClearConfirmed();
            writing.Put(writing.Mark with { Quarantined = true });
        });
        const string words = "You are no longer a member of Garden; its tasks were removed from this device. What you did and did not send is kept: 1 change. "
            + "To see it: taskgrid rejected list --unsent. To take it along: taskgrid rejected export <file> --unsent. Should you be added again, taskgrid sync goes on where it stopped.";

        Assert.Contains($"Not sent yet: 1 change.\n{words}\n", (await ben.RunAsync("status")).Output, StringComparison.Ordinal);
        Assert.Equal(("", words + "\n"), await ben.RunAsync("list") is var list ? (list.Output, list.Errors) : default);
        Assert.Contains("you commented: “Reed it is”\tnot sent yet", (await ben.RunAsync("rejected", "list", "--unsent")).Output, StringComparison.Ordinal);
        Assert.True((await ben.JsonAsync("status")).GetProperty("accessLost").GetBoolean());
    }
}

using TaskGrid.TestKit;

namespace TaskGrid.Simulation.Tests;

/// <summary>Seeds from 1 up, so that a failure is met again; <c>tests/simulate --seeds 1 --start S</c> plays one alone.</summary>
public sealed class CampaignTests
{
    // Up to the first seed of which a finding is known and not mended: docs/simulation.md, "Open findings".
    private const int MostAtOnce = 5_500;

    [Fact]
    public void Fifty_seeds_break_no_promise() => Played(50, TimeSpan.FromHours(1));

    [Fact]
    [Trait("tier", "gate")]
    public void As_many_seeds_as_fit_in_two_minutes_break_no_promise()
    {
        var counts = Played(MostAtOnce, TimeSpan.FromMinutes(2));
        // A machine that has other things to do plays fewer, but not next to none.
        Assert.True(counts[Count.Seeds] >= 200, $"only {counts[Count.Seeds]} seeds in two minutes");
        Assert.Empty(Minima.Missed(counts));
    }

    [Fact]
    [Trait("tier", "full")]
    public async Task Ten_thousand_seeds_break_no_promise_and_their_figures_are_on_the_page()
    {
        var page = Path.Combine(Repository.Root, "docs/simulation.md");
        var plan = new ProcessPlan(Path.Combine(Repository.Root, "tests/simulate"), "--seeds", "10000", "--record", page);
        var (exitCode, standard, all) = await ProcessHost.RunAsync(plan, TimeSpan.FromHours(2), TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(standard);
        Assert.True(exitCode == 0, all);
        Assert.EndsWith("10000 seeds, 0 findings", standard.TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("10,000 seeds from 1, 0 findings", await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static Counts Played(int seeds, TimeSpan patience)
    {
        var campaign = new Campaign(1, seeds, patience);
        campaign.Run(enough: 5);
        TestContext.Current.TestOutputHelper?.WriteLine($"seeds 1 to {campaign.Played}");
        Assert.True(campaign.Findings.Count == 0, string.Join('\n', campaign.Findings.Select(found =>
            $"seed {found.Seed}: {found.Finding.Check}: {found.Finding.What}\n  again: tests/simulate --seeds 1 --start {found.Seed}")));
        return campaign.Counts;
    }
}

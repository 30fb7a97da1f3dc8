using TaskGrid.TestKit;

namespace TaskGrid.Simulation.Tests;

public sealed class RunRecordTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_figures_of_a_run_take_the_place_of_those_of_the_one_before()
    {
        var page = folder.File("page.md");
        File.WriteAllText(page, "before\n<!-- run -->\nold figures\n<!-- end of run -->\nafter\n");
        var campaign = new Campaign(3, 1, TimeSpan.FromHours(1));
        campaign.Run(enough: 1);
        RunRecord.Write(page, new SimulateOptions(1, 3, TimeSpan.FromHours(1)) { Commit = "abc123" }, campaign, TimeSpan.FromSeconds(2));
        var text = File.ReadAllText(page);
        Assert.DoesNotContain("old figures", text, StringComparison.Ordinal);
        Assert.Contains("commit abc123: **1 seeds from 3, ", text, StringComparison.Ordinal);
        Assert.Contains("| concurrent pairs | ", text, StringComparison.Ordinal);
        Assert.StartsWith("before", text, StringComparison.Ordinal);
        Assert.EndsWith("after\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_without_a_place_for_them_is_left_alone()
    {
        var page = folder.File("page.md");
        File.WriteAllText(page, "no place");
        var campaign = new Campaign(1, 1, TimeSpan.Zero);
        Assert.Throws<InvalidDataException>(() => RunRecord.Write(page, new SimulateOptions(1, 1, TimeSpan.Zero), campaign, TimeSpan.Zero));
        Assert.Equal("no place", File.ReadAllText(page));
    }
}

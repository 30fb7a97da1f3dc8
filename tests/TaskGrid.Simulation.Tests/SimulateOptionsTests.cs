namespace TaskGrid.Simulation.Tests;

public sealed class SimulateOptionsTests
{
    [Fact]
    public void Options_are_read_in_any_order()
    {
        Assert.True(SimulateOptions.TryParse(["--start", "7", "--fault", "raised-base", "--seeds", "30", "--seconds", "5"], out var options, out var problem), problem);
        Assert.Equal((30, 7, TimeSpan.FromSeconds(5), "raised-base"), (options.Seeds, options.Start, options.Patience, options.Fault));
    }

    [Theory]
    [InlineData("--seeds wants", "--seeds")]
    [InlineData("--seeds wants", "--seeds", "many")]
    [InlineData("--seeds wants", "--seeds", "0")]
    [InlineData("--start wants", "--start", "-1")]
    [InlineData("--seconds wants", "--seconds", "1.5")]
    [InlineData("no option 'sedes'", "sedes", "3")]
    [InlineData("no fault 'none'", "--fault", "none")]
    [InlineData("--fault wants", "--fault")]
    [InlineData("--log goes with", "--seeds", "2", "--log", "x")]
    [InlineData("--record goes without", "--fault", "all", "--record", "/dev/null")]
    [InlineData("no page", "--record", "/nowhere/page.md")]
    [InlineData("seeds end at", "--seeds", "2000000000", "--start", "2000000000")]
    public void What_cannot_be_is_refused_in_words(string problem, params string[] args)
    {
        Assert.False(SimulateOptions.TryParse(args, out _, out var said));
        Assert.Contains(problem, said, StringComparison.Ordinal);
    }
}

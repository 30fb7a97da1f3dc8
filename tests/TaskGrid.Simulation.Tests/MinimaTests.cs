namespace TaskGrid.Simulation.Tests;

public sealed class MinimaTests
{
    [Fact]
    public void A_run_that_did_too_little_of_something_proves_nothing()
    {
        var counts = new Counts();
        counts.Add(Count.Seeds, 200);
        var missed = Minima.Missed(counts);
        Assert.Contains(missed, missing => missing.StartsWith(nameof(Count.ServerRestored), StringComparison.Ordinal));
        Assert.Contains(missed, missing => missing.StartsWith(nameof(Count.ConcurrentPairs), StringComparison.Ordinal));
    }

    [Fact]
    public void Everything_that_is_counted_has_a_minimum() =>
        Assert.DoesNotContain(Counts.Simulated, count => count != Count.Seeds && Minima.Of(count) == 0);

    [Fact]
    public void A_few_seeds_may_leave_something_out()
    {
        var counts = new Counts();
        counts.Add(Count.Seeds, 50);
        Assert.Empty(Minima.Missed(counts));
    }
}

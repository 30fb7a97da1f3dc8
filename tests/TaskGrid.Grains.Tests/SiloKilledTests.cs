using TaskGrid.Contracts;
using static TaskGrid.Grains.Tests.TwoSilos;

namespace TaskGrid.Grains.Tests;

public sealed class SiloKilledTests
{
    [Fact(DisplayName = "[PU1] What was acknowledged outlives a killed silo, and pushes go on at the other")]
    public async Task What_was_acknowledged_outlives_a_killed_silo_and_pushes_go_on_at_the_other()
    {
        await using var silos = new TwoSilos();
        await silos.InitializeAsync();
        var (id, grain, owner) = await silos.Founded();
        var acknowledged = 0;
        using var stop = new CancellationTokenSource();
        var pushing = Enumerable.Range(0, 4).Select(_ => PushUntilStopped()).ToArray();

        await Until(() => Volatile.Read(ref acknowledged) > 50);
        await silos.Cluster.KillSiloAsync(silos.Cluster.Silos[1], TestContext.Current.CancellationToken);
        var before = Volatile.Read(ref acknowledged);
        await Until(() => Volatile.Read(ref acknowledged) > before + 50);
        await stop.CancelAsync();
        await Task.WhenAll(pushing);

        var feed = silos.Store.Inner.FeedOf(id);
        Assert.Equal(Enumerable.Range(1, feed.Count).Select(seq => (long)seq), feed.Select(e => e.Seq));
        Assert.True(feed.Count - 1 >= acknowledged, "an acknowledged change is missing");
        Assert.Equal(feed.Count, feed.Select(e => e.Change.Origin).Distinct().Count());

        async Task PushUntilStopped()
        {
            var replica = new ReplicaId(Guid.CreateVersion7());
            for (var n = 1; !stop.IsCancellationRequested; n++)
            {
                var push = Push(owner, replica, Create(n, new TaskId(Guid.CreateVersion7()), "x"));
                while (!await Took(push)) { }
                Interlocked.Increment(ref acknowledged);
            }
        }

        async Task<bool> Took(PushCommand push)
        {
            try
            {
                return await grain.Push(push, CancellationToken.None) is PushOutcome.Taken;
            }
            catch (Exception fault) when (fault is OrleansException or TimeoutException)
            {
                return false;
            }
        }
    }

    private static async Task Until(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition()) await Task.Delay(20, limit.Token);
    }
}

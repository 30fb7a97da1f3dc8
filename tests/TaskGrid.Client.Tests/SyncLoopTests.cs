namespace TaskGrid.Client.Tests;

/// <summary>The loop on a device whose clock its owner moves.</summary>
public sealed class SyncLoopTests
{
    [Fact]
    public async Task A_live_connection_is_tried_for_again_although_the_clock_was_set_back_meanwhile()
    {
        using var world = new World();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var device = world.DeviceOf(world.Ana);
        var clock = new MovedClock();
        var (tries, again) = (0, new TaskCompletionSource());
        device.Transport.OpeningLive = () =>
        {
            if (++tries > 1) again.TrySetResult();
        };
        var watch = new Watch(happened =>
        {
            if (tries == 1 && happened is SyncEvent.Pulled) clock.By = -TimeSpan.FromDays(365);
        });
        var loop = Task.Run(() => new SyncLoop(device.Store, device.Transport, new WakeSignal(), clock, new Random(1), watch).RunAsync(ending.Token), ending.Token);

        await again.Task.WaitAsync(TimeSpan.FromSeconds(30), ending.Token);

        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop);
    }

    private sealed class MovedClock : TimeProvider
    {
        public TimeSpan By { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + By;
    }

    private sealed class Watch(Action<SyncEvent> report) : IProgress<SyncEvent>
    {
        public void Report(SyncEvent value) => report(value);
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using TaskGrid.Gateway.Tests.Facts;
using TaskGrid.ServiceDefaults;

namespace TaskGrid.Gateway.Tests.Live;

public sealed class TraceTests(RunningServer server)
{
    [Fact]
    public async Task A_push_and_its_fan_out_are_one_trace()
    {
        var pushed = new ConcurrentDictionary<ActivityTraceId, bool>();
        var traced = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var ana = await Person.RegisteredAsync(server);
        var store = new Store(ana, await ana.FoundsAsync());
        using var live = await LiveClient.WelcomedAsync(store, since: 1);
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = activity =>
            {
                if (activity.OperationName == "push") pushed.TryAdd(activity.TraceId, true);
            },
            ActivityStopped = activity =>
            {
                var isOurs = (string?)activity.GetTagItem("taskgrid.organization") == store.Organization;
                if (isOurs && activity.OperationName == "fan-out" && pushed.ContainsKey(activity.TraceId)) traced.TrySetResult();
            },
        };
        ActivitySource.AddActivityListener(listener);

        // The watch of the heads may see a change before its ring comes, and then there is no cause to name: not often in a row.
        for (var n = 1; n <= 20 && !traced.Task.IsCompleted; n++)
        {
            await store.PushAsync(Store.Create(n, Guid.NewGuid().ToString()));
            await live.NextAsync("changes");
        }

        await traced.Task.WaitAsync(TimeSpan.FromSeconds(10), Person.Token);
    }
}

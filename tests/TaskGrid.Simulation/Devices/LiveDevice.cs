using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation;

/// <summary>
/// A device whose engine runs beside its user: live, by long polls where no connection can be held, and by itself again after whatever
/// broke.
/// </summary>
internal sealed class LiveDevice : Device
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly Random waits;
    private RunningProcess? process;
    private TaskCompletionSource happened = NewEvent();
    private int settled;

    public LiveDevice(
        int number, Person person, IDisk store, ITransport server, TimeProvider world, Weather weather, Func<ReplicaId> freshId, Counts counts, Random waits)
        : base(number, person, store, server, world, weather, freshId, counts) => this.waits = waits;

    /// <summary>Starts the engine where it does not run: one that lost access ended, and its user opens the program again.</summary>
    public override Task SyncAsync()
    {
        if (process is null) Begin();
        return Task.CompletedTask;
    }

    /// <summary>
    /// Twice it is only waited for; then it goes on exchange by exchange, for a live connection carries no digest to compare.
    /// </summary>
    public override async Task SettleAsync(long head)
    {
        if (++settled > 2)
        {
            await base.SyncAsync();
            return;
        }
        await SyncAsync();
        await CatchUpAsync(head);
        if (settled < 2) return;
        End();
        await base.SyncAsync();
    }

    public override void Restart()
    {
        base.Restart();
        if (process is null) return;
        End();
        Begin();
    }

    public override void Dispose()
    {
        End();
        base.Dispose();
    }

    protected override void Notice(SyncEvent value)
    {
        base.Notice(value);
        if (value is SyncEvent.Live { Up: true }) Counts.Add(Count.LiveOpened);
        Wakened();
    }

    private void Begin()
    {
        process = new RunningProcess(Store);
        _ = RunAsync(process);
    }

    private void End()
    {
        process?.Die();
        process = null;
    }

    private async Task RunAsync(RunningProcess running)
    {
        await Task.Yield();
        try
        {
            var ended = await new SyncLoop(running, Network, Wake, Clock, waits, Watching()).RunAsync(running.Dying);
            if (ended is SyncOutcome.AccessLost) Counts.Add(Count.AccessLost);
            else Stalled ??= $"its engine ended by itself: {ended}";
            if (process == running) End();
        }
        catch (Exception fault) when (process != running && fault is (OperationCanceledException or ProcessDiedException))
        {
            // It was dead already: this is how what it had begun ends.
        }
        catch (Exception fault) when (fault is ProcessDiedException or IOException)
        {
            Counts.Add(fault is IOException ? Count.DiskFull : Count.DeviceCrashed);
            Restart();
        }
        catch (Exception fault)
        {
            Stalled ??= $"its engine failed: {fault}";
            End();
        }
        finally
        {
            Wakened();
        }
    }

    /// <summary>Waits until the engine, by itself, has sent all that there is and stands at least where the others do.</summary>
    private async Task CatchUpAsync(long head)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            while (process is not null && !Stands(head)) await happened.Task.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            Stalled ??= $"{Store.Read(reading => reading.Unanswered())} changes unsent, at {Mark.Base} of {head} after {Patience}";
        }
    }

    private bool Stands(long head) => Store.Read(reading => reading.Mark.Base >= head && reading.Unanswered() == 0);

    private void Wakened()
    {
        var before = happened;
        happened = NewEvent();
        before.TrySetResult();
    }

    private static TaskCompletionSource NewEvent() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

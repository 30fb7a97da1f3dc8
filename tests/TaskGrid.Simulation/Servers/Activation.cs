using Microsoft.Extensions.Logging.Abstractions;
using TaskGrid.Contracts;
using TaskGrid.Grains;
using TaskGrid.Grains.Organizations;
using TaskGrid.Grains.Ports;
using TaskGrid.Grains.Tasks;

namespace TaskGrid.Simulation;

/// <summary>
/// One process of the server: the organization's grain and its tasks' grains, the very classes that run in a silo. Two of them at once are
/// what a confused cluster has; the log's fence must keep them apart.
/// </summary>
internal sealed class Activation
{
    private readonly List<Action> whenDying = [];
    private bool died;
    private readonly Dictionary<TaskId, ITaskGrain> tasks = [];
    private readonly OrganizationGrain grain;

    public Activation(OrganizationId organization, UnsafeLog log, IChangeBell bell, TimeProvider time)
    {
        grain = new OrganizationGrain(log, log, bell, time, NullLogger<OrganizationGrain>.Instance);
        grain.Become(organization, task =>
        {
            if (tasks.TryGetValue(task, out var known)) return known;
            var made = new TaskGrain(log);
            made.Become(organization, task);
            return tasks[task] = made;
        });
    }

    /// <summary>The process dies. What it was at goes on in its connections' last moments, but nobody hears of it.</summary>
    public void Die()
    {
        died = true;
        foreach (var waiting in whenDying) waiting();
        whenDying.Clear();
    }

    /// <summary>Calls the grain; null where the process died before it answered.</summary>
    public Task<T?> CallAsync<T>(Func<IOrganizationGrain, Task<T>> call) where T : class
    {
        // Not Task.WhenAny, which completes on the thread pool: the order would not repeat.
        var answer = new TaskCompletionSource<T?>();
        if (died) answer.SetResult(null);
        else _ = AnswerAsync(call(grain), answer);
        return answer.Task;
    }

    private async Task AnswerAsync<T>(Task<T> called, TaskCompletionSource<T?> answer) where T : class
    {
        whenDying.Add(() => answer.TrySetResult(null));
        try
        {
            answer.TrySetResult(await called);
        }
        catch (Exception fault)
        {
            answer.TrySetException(fault);
        }
    }
}

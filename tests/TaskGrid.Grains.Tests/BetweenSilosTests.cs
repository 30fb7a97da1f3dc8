using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using TaskGrid.Contracts;
using TaskGrid.Domain;
using TaskGrid.Domain.Tasks;
using TaskGrid.Grains.Tasks;
using TaskGrid.Sync;

namespace TaskGrid.Grains.Tests;

/// <summary>A task may live on another silo than its organization: what it answers has to travel.</summary>
public sealed class BetweenSilosTests
{
    [Fact]
    public void An_answer_of_a_task_whose_texts_are_being_edited_travels()
    {
        var task = new TaskId(Guid.CreateVersion7());
        var author = new Author(new UserId(Guid.CreateVersion7()), new ReplicaId(Guid.CreateVersion7()), Role.Member);
        TaskState state = TaskState.Absent.Instance;
        List<Decision<TaskEvent>> decisions = [];
        foreach (var (body, n) in new ChangeBody[] { new ChangeBody.Create(task, TaskValues.Titled("fence")), new ChangeBody.Text(task, Fields.Title, TextEdit.InsertAt(0, "The ")) }.Select((body, i) => (body, i + 1)))
        {
            var change = new Change(n, Stamp.At(DateTimeOffset.UnixEpoch), new CausalClock(1), body);
            decisions.Add(TaskDecider.Decide(state, new TaskCommand.Apply(new OrganizationId(Guid.CreateVersion7()), task, change, author, n + 1, DateTimeOffset.UnixEpoch, null)));
            state = TaskEvolver.Evolve(state, ((Decision<TaskEvent>.Accepted)decisions[^1]).Events);
        }
        var present = (TaskState.Present)state;
        Assert.NotEmpty(present.TextOf(Fields.Title).Branches);

        var travelled = Travelled(new TaskDecided([.. decisions], present, 0, 0, TaskDigest.Term(present.Line)));

        Assert.Equal(JsonSerializer.Serialize(present.Line, ContractsJson.Default.TaskLine), JsonSerializer.Serialize(travelled.After!.Line, ContractsJson.Default.TaskLine));
        Assert.Equal(JsonSerializer.Serialize(present.Merge), JsonSerializer.Serialize(travelled.After.Merge));
        Assert.Equal(decisions.Count, travelled.Decisions.Length);
    }

    private static TaskDecided Travelled(TaskDecided answer)
    {
        using var services = new ServiceCollection().AddSerializer().AddTaskGridGrains().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        return serializer.Deserialize<TaskDecided>(serializer.SerializeToArray(answer))!;
    }
}

using System.Text.Json;
using CsCheck;
using TaskGrid.Contracts;
using TaskGrid.Domain.Organizations;
using TaskGrid.Domain.Tasks;
using TaskGrid.Sync;
using static TaskGrid.Domain.Tests.ReferenceLog;

namespace TaskGrid.Domain.Tests;

/// <summary>Random changes of three devices that see one another late: what must hold after every push.</summary>
public class RandomLogTests
{
    private const int Tasks = 6;
    private static readonly string[] Statuses = ["todo", "doing", "done"];

    private sealed record Step(int Device, int Op, int Task, int Other, int Skew, bool Sync);

    private static readonly Gen<Step[]> Steps = Gen.Select(
        Gen.Int[0, 2], Gen.Int[0, 10], Gen.Int[1, Tasks], Gen.Int[0, Tasks], Gen.Int[-100, 100], Gen.Bool,
        (device, op, task, other, skew, sync) => new Step(device, op, task, other, skew, sync)).Array[1, 60];

    [Fact]
    public void Whatever_happens_the_log_its_fold_its_tree_and_its_replay_agree() => Steps.Sample(Check, iter: 5000);

    private static void Check(Step[] steps)
    {
        var log = new ReferenceLog();
        log.Execute(new OrganizationCommand.SetMember(log.Owner, log.Now, User(2), "Bob", Role.Member, false));
        Device[] devices = [new(log, log.Owner, 1), new(log, log.Owner, 2), new(log, User(2), 3)];
        foreach (var step in steps)
        {
            var device = devices[step.Device];
            log.Now += TimeSpan.FromSeconds(7);
            device.Skew = TimeSpan.FromSeconds(step.Skew);
            device.Does(Body(log, step));
            if (step.Sync) Assert.All(device.Sync(), r => Assert.True(r.Status != ChangeStatus.Rejected || r.Code is Codes.Exists or Codes.Unknown or Codes.Invalid or Codes.Dependent));
        }
        foreach (var device in devices) device.Sync();
        Agree(log);
    }

    private static void Agree(ReferenceLog log)
    {
        Assert.Equal(Enumerable.Range(1, log.Feed.Count).Select(i => (long)i), log.Feed.Select(c => c.Seq));
        var folded = new Dictionary<TaskId, TaskLine?>();
        foreach (var change in log.Feed.Select(Travelled))
            foreach (var task in TaskFold.Touches(change))
                folded[task] = TaskFold.Apply(folded.GetValueOrDefault(task), change, task);
        foreach (var (task, state) in log.Tasks.Where(t => t.Value is TaskState.Present))
        {
            var present = (TaskState.Present)state;
            Assert.Equal(Json(present.Line), Json(folded[task]!));
            Assert.Equal(TreeNode.Of(present), log.State.Tree[task]);
            var replayed = (TaskState.Present)TaskEvolver.Evolve(TaskState.Absent.Instance, log.Streams[task.ToString()]);
            Assert.Equal(Json(present.Line), Json(replayed.Line));
            Assert.Equal(JsonSerializer.Serialize(present.Merge), JsonSerializer.Serialize(replayed.Merge));
            Assert.False(present.Line[Fields.Parent] is { } parent && log[IdText.Parse<TaskId>(parent.AsText()!)].Line.Deleted && !present.Line.Deleted,
                "a standing task under a deleted parent");
            Assert.False(log.State.Tree[task]!.ParentTask is { } under && log.State.Tree.IsUnder(under, task), "a loop");
        }
    }

    /// <summary>As a client gets it: through its JSON.</summary>
    private static CanonicalChange Travelled(CanonicalChange change) => JsonSerializer.Deserialize(
        JsonSerializer.Serialize(change, ContractsJson.Default.CanonicalChange), ContractsJson.Default.CanonicalChange)!;

    private static string Json(TaskLine line) => JsonSerializer.Serialize(line, ContractsJson.Default.TaskLine);

    private static ChangeBody Body(ReferenceLog log, Step step)
    {
        var task = Task(step.Task);
        var other = step.Other == 0 ? null : FieldValue.Of(Task(step.Other).ToString());
        return step.Op switch
        {
            0 or 1 => new ChangeBody.Create(task, other is null || step.Other == step.Task
                ? TaskValues.Titled("x")
                : TaskValues.Titled("x") with { Registers = TaskValues.Titled("x").Registers.Add(Fields.Parent, other) }),
            2 => new ChangeBody.Set(task, Fields.Status, FieldValue.Of(Statuses[step.Other % 3])),
            3 => new ChangeBody.Set(task, Fields.Parent, step.Other == step.Task ? null : other),
            4 => new ChangeBody.Delete(task),
            5 => new ChangeBody.Restore(task),
            6 => new ChangeBody.Add(task, Fields.Labels, Statuses[step.Other % 3]),
            7 => new ChangeBody.Remove(task, Fields.Labels, Statuses[step.Other % 3]),
            8 => new ChangeBody.Set(task, Fields.Assignee, FieldValue.Of(User(1 + step.Other % 3).ToString())),
            9 => new ChangeBody.Text(task, Fields.Title, TextEdit.InsertAt(0, $"{step.Skew} ")),
            _ => Resolve(log, step),
        };
    }

    private static ChangeBody Resolve(ReferenceLog log, Step step)
    {
        var notes = log.Feed.Select(c => c.Conflict).OfType<ConflictNote>().ToList();
        if (notes.Count == 0) return new ChangeBody.Void();
        var note = notes[step.Task % notes.Count];
        return new ChangeBody.Resolve(note.Id, note.Versions[step.Other % note.Versions.Length].Seq, null);
    }
}

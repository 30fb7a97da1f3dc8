using CsCheck;
using TaskGrid.Contracts;
using TaskGrid.Domain.Organizations;
using static TaskGrid.Domain.Tests.ReferenceLog;

namespace TaskGrid.Domain.Tests;

/// <summary>Random changes of three devices that see one another late: what must hold after every push.</summary>
public class RandomLogTests
{
    private const int Tasks = 6;
    private static readonly string[] Statuses = ["todo", "doing", "done"];

    private sealed record Step(int Device, int Op, int Task, int Other, int Skew, bool Sync);

    private static readonly Gen<Step[]> Steps = Gen.Select(
        Gen.Int[0, 2], Gen.Int[0, 11], Gen.Int[1, Tasks], Gen.Int[0, Tasks], Gen.Int[-100, 100], Gen.Bool,
        (device, op, task, other, skew, sync) => new Step(device, op, task, other, skew, sync)).Array[1, 60];

    [Fact(DisplayName = "[LG2] Whatever happens, the log, its fold, its tree and its replay agree")]
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
        LogAgreement.Check(log);
    }

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
            10 => new ChangeBody.Text(task, Fields.Title, TextEdit.DeleteAt(0, 1 + step.Other)),
            _ => Resolve(log, step),
        };
    }

    private static ChangeBody Resolve(ReferenceLog log, Step step)
    {
        var notes = log.Feed.SelectMany(c => c.AllConflicts).ToList();
        if (notes.Count == 0) return new ChangeBody.Void();
        var note = notes[step.Task % notes.Count];
        return new ChangeBody.Resolve(note.Id, note.Versions[step.Other % note.Versions.Length].Seq, null);
    }
}

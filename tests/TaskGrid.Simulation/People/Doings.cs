using System.Collections.Immutable;
using TaskGrid.Client;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Simulation;

/// <summary>What people do on their devices: everything that the protocol has an op for, on what they are shown.</summary>
internal sealed class Doings(Random random, Marks marks, Journal journal, IReadOnlyList<Person> people, Func<Guid> freshGuid, Counts counts)
{
    private static readonly string[] Statuses = ["todo", "doing", "done"];
    private static readonly string[] Registers = [Fields.Status, Fields.Assignee, Fields.DueDate, Fields.Order, "custom.effort", Fields.Priority];
    private readonly TextTyping typing = new(random, marks, journal);
    private readonly Dictionary<int, ChangeBody> newest = [];

    /// <summary>One change on a device, out of what it shows.</summary>
    public void DoOne(Device device)
    {
        var tasks = device.Store.Read(ReplicaView.Tasks);
        Write(device, GoOn(device, tasks) ?? Choose(device, tasks));
    }

    /// <summary>Somebody who has a refused change takes it up again.</summary>
    public void RetryOne(IEnumerable<Device> devices)
    {
        var refused = devices.Select(device => (Device: device, Changes: device.Store.Read(reading => reading.Rejected()))).Where(list => list.Changes.Count > 0).ToList();
        if (refused.Count == 0) return;
        var (device, changes) = refused[random.Next(refused.Count)];
        counts.Add(Count.Retried);
        Guarded(device, () => device.Replica.Retry(changes[0]));
        if (device.Store.Read(reading => reading.Rejected()).All(left => left.Id != changes[0].Id)) journal.NoteTakenUp(changes[0].Origin);
    }

    /// <summary>Makes a change and notes it, if the disk and the role allow it.</summary>
    public void Write(Device device, (ChangeBody Body, string? Mark) wanted)
    {
        var mark = device.Mark;
        var outcome = Guarded(device, () => device.Replica.Write(wanted.Body));
        if (outcome is WriteOutcome.Refused) counts.Add(Count.RefusedLocally);
        // A process that dies just after the write has made the change all the same.
        Origin? made = outcome is WriteOutcome.Written written ? written.Origins[0]
            : outcome is null && device.Mark.NextN > mark.NextN ? new Origin(mark.Replica, mark.NextN) : null;
        if (made is not { } origin) return;
        newest[device.Number] = wanted.Body;
        counts.Add(origin.N < mark.NextN ? Count.Composed : Count.ChangesMade);
        journal.Note(new Deed(device.Number, origin, wanted.Body, mark.Base, mark.History, wanted.Mark));
    }

    private WriteOutcome? Guarded(Device device, Func<WriteOutcome> write)
    {
        try
        {
            return write();
        }
        catch (ProcessDiedException)
        {
            counts.Add(Count.DeviceCrashed);
            device.Restart();
            return null;
        }
        catch (IOException)
        {
            counts.Add(Count.DiskFull);
            return null;
        }
    }

    /// <summary>People go on where they are: they type on, and think better of a value. That makes what is composed, and own writes after own writes.</summary>
    private (ChangeBody, string?)? GoOn(Device device, IReadOnlyList<ShownTask> tasks)
    {
        if (random.Next(3) > 0 || newest.GetValueOrDefault(device.Number) is not ChangeBody.OnTask last) return null;
        if (tasks.FirstOrDefault(shown => shown.Line.Id == last.Task) is not { Line: { Deleted: false } task }) return null;
        return last switch
        {
            ChangeBody.Text text => Text(task, text.Field),
            ChangeBody.Set set when Registers.Contains(set.Field) => Set(task, set.Field),
            _ => null,
        };
    }

    private (ChangeBody, string?) Choose(Device device, IReadOnlyList<ShownTask> tasks)
    {
        var shown = tasks.Where(task => !task.Line.Deleted).ToList();
        if (shown.Count < 2 || random.Next(14) == 0) return Create(shown);
        // A tombstone now and then: one that was just deleted elsewhere, or is to come back.
        var task = (random.Next(10) == 0 ? tasks[random.Next(tasks.Count)] : shown[random.Next(Math.Min(shown.Count, 5))]).Line;
        return random.Next(24) switch
        {
            < 7 => Text(task, random.Next(3) == 0 ? Fields.Description : Fields.Title),
            < 12 => Set(task, Registers[random.Next(Registers.Length)]),
            < 14 => Label(task),
            < 16 => Move(task, shown),
            < 18 => Comment(task),
            18 => (new ChangeBody.Delete(task.Id), null),
            19 => (task.Deleted ? new ChangeBody.Restore(task.Id) : new ChangeBody.Set(task.Id, Fields.Assignee, Somebody()), null),
            20 => Attachment(task),
            21 => Define(device),
            _ => Resolve(device) ?? Text(task, Fields.Title),
        };
    }

    private (ChangeBody, string?) Create(List<ShownTask> shown)
    {
        var values = TaskValues.Titled(typing.Begin(out var mark));
        if (random.Next(3) == 0 && shown.Count > 0) values = values with { Registers = values.Registers.Add(Fields.Parent, FieldValue.Of(shown[random.Next(shown.Count)].Line.Id.ToString())) };
        if (random.Next(3) == 0) values = values with { Labels = ["l0"], Watchers = ["w0", "w1"] };
        if (random.Next(3) == 0) values = values with { Registers = values.Registers.Add(Fields.Status, FieldValue.Of(Statuses[0])) };
        return (new ChangeBody.Create(TaskId.From(freshGuid()), values), mark);
    }

    private (ChangeBody, string?) Text(TaskLine task, string field)
    {
        var (edit, mark) = typing.Edit(task.TextOf(field));
        return (new ChangeBody.Text(task.Id, field, edit), mark);
    }

    private (ChangeBody, string?) Set(TaskLine task, string field)
    {
        var mark = marks.Word("v");
        var own = (Value: FieldValue.Of(mark), Mark: mark);
        var (value, known) = field switch
        {
            Fields.Status => random.Next(2) == 0 ? (FieldValue.Of(Statuses[random.Next(3)]), null) : own,
            Fields.Assignee => (random.Next(4) == 0 ? null : Somebody(), null),
            Fields.DueDate => (FieldValue.Of($"2026-12-{random.Next(1, 29):00}"), null),
            Fields.Order => (FieldValue.Of(OrderKey.Between(task[Fields.Order]?.AsText(), null)), null),
            _ => ((FieldValue?, string?))own,
        };
        return (new ChangeBody.Set(task.Id, field, value), known);
    }

    private (ChangeBody, string?) Label(TaskLine task)
    {
        var field = random.Next(4) == 0 ? Fields.Watchers : Fields.Labels;
        var value = $"{field[0]}{random.Next(4)}";
        return (random.Next(2) == 0 ? new ChangeBody.Add(task.Id, field, value) : new ChangeBody.Remove(task.Id, field, value), null);
    }

    private (ChangeBody, string?) Move(TaskLine task, List<ShownTask> shown)
    {
        var under = random.Next(4) == 0 ? null : FieldValue.Of(shown[random.Next(shown.Count)].Line.Id.ToString());
        return (new ChangeBody.Set(task.Id, Fields.Parent, under), null);
    }

    private (ChangeBody, string?) Comment(TaskLine task)
    {
        var mark = marks.Word("c");
        var known = task.Comments.IsEmpty ? null : task.Comments[random.Next(task.Comments.Length)];
        return random.Next(5) switch
        {
            0 when known is not null => (new ChangeBody.EditComment(task.Id, known.Id, mark), mark),
            1 when known is not null => (new ChangeBody.DeleteComment(task.Id, known.Id), null),
            2 when known is not null => (new ChangeBody.Comment(task.Id, CommentId.From(freshGuid()), mark, known.Id), mark),
            _ => (new ChangeBody.Comment(task.Id, CommentId.From(freshGuid()), mark, null), mark),
        };
    }

    private (ChangeBody, string?) Attachment(TaskLine task)
    {
        if (!task.Attachments.IsEmpty && random.Next(3) == 0) return (new ChangeBody.Detach(task.Id, task.Attachments[0].Id), null);
        var mark = marks.Word("sealed");
        return (new ChangeBody.Attach(task.Id, AttachmentId.From(freshGuid()), 4711, new string('a', 64), 1, mark), mark);
    }

    private (ChangeBody, string?) Define(Device device)
    {
        var known = device.Store.Read(ReplicaView.Definitions);
        var mark = marks.Word("d");
        var (kind, id) = known.Count > 0 && random.Next(2) == 0 ? (known[0].Kind, known[0].Id) : ("project", DefinitionId.From(freshGuid()));
        var values = Ordinal.Empty<FieldValue?>().Add("name", FieldValue.Of(mark)).Add("color", FieldValue.Of(Statuses[random.Next(3)]));
        // Of a definition that lost, the log does not repeat the value: it is known by its number.
        return (new ChangeBody.Define(kind, id, values), null);
    }

    private (ChangeBody, string?)? Resolve(Device device)
    {
        if (device.Store.Read(reading => reading.Conflicts(openOnly: random.Next(2) == 0)) is not { Count: > 0 } notes) return null;
        counts.Add(Count.Resolves);
        var note = notes[random.Next(notes.Count)];
        var text = note.Kind == ConflictKinds.TextOverlap;
        if (!text && random.Next(5) == 0 && note.Kind == ConflictKinds.Register && note.Field == Fields.Status)
            return (new ChangeBody.Resolve(note.Id, null, FieldValue.Of(Statuses[random.Next(3)])), null);
        return (new ChangeBody.Resolve(note.Id, note.Versions[random.Next(note.Versions.Length)].Seq, null), null);
    }

    private FieldValue Somebody() => FieldValue.Of(people[random.Next(people.Count)].Id.ToString());
}

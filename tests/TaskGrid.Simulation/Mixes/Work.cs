using System.Collections.Immutable;
using System.Globalization;
using TaskGrid.Client;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Simulation;

/// <summary>One change of somebody at work, made out of what the device shows.</summary>
internal sealed class Work(Mix mix, Random random, TaskChoice choice, IReadOnlyList<Colleague> team, Func<Guid> freshGuid, Func<DateTimeOffset> now)
{
    private static readonly string[] Statuses = ["todo", "doing", "done"];
    private static readonly string[] Priorities = ["low", "medium", "high", "urgent"];
    private readonly Prose prose = new(random);

    /// <summary>A task as it is when the week begins.</summary>
    public ChangeBody NewTask(IReadOnlyList<string> projects)
    {
        var project = projects[random.Next(projects.Count)];
        var registers = Ordinal.Empty<FieldValue>().Add(Fields.Project, FieldValue.Of(project)).Add(Fields.Status, FieldValue.Of(Pick(Statuses)))
            .Add(Fields.Priority, FieldValue.Of(Pick(Priorities)));
        if (random.Next(10) < 7) registers = registers.Add(Fields.Assignee, Id(OneOf(project)));
        return new ChangeBody.Create(TaskId.From(freshGuid()),
            new TaskValues(prose.Title(), prose.Description(), registers, [.. Enumerable.Range(0, random.Next(3)).Select(_ => Label()).Distinct().Order(Utf8Order.Instance)], []));
    }

    /// <summary>What this person changes next on this task; null where there is nothing to change.</summary>
    public ChangeBody? Next(Colleague who, Device device, TaskLine task) => Drawn() switch
    {
        Act.Status => Set(task, Fields.Status, FieldValue.Of(Status(task))),
        Act.Comment => Comment(task),
        Act.Order => Drag(task, device),
        Act.Description => Description(task),
        Act.Title => Text(task, Fields.Title, prose.Retitled(task.Title)),
        Act.Label => Toggle(task, Fields.Labels, Label(), task.Labels),
        Act.Watcher => Toggle(task, Fields.Watchers, who.Person.Id.ToString(), task.Watchers),
        Act.Create => NewTask(who.Projects),
        Act.Priority => Set(task, Fields.Priority, FieldValue.Of(Pick(Priorities))),
        Act.DueDate => Set(task, Fields.DueDate, FieldValue.Of(now().AddDays(random.Next(1, 11)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))),
        Act.Assignee => Set(task, Fields.Assignee, Assignee(who, task)),
        Act.Effort => Set(task, "custom.effort", FieldValue.Of(Pick(["1", "2", "3", "5", "8", "13"]))),
        Act.EditComment => task.Comments.LastOrDefault(comment => comment.User == who.Person.Id && !comment.Deleted) is { } own
            ? new ChangeBody.EditComment(task.Id, own.Id, prose.Sentence()) : Comment(task),
        Act.Parent => Set(task, Fields.Parent, random.Next(4) > 0 && choice.Beside(task, device) is { } parent ? FieldValue.Of(parent.Id.ToString()) : null),
        Act.Project => Set(task, Fields.Project, FieldValue.Of(team[random.Next(team.Count)].Projects[0])),
        Act.Delete => Delete(who, device, task),
        var other => throw new ArgumentOutOfRangeException(nameof(task), other, "nobody does this"),
    };

    /// <summary>One more edit of a description.</summary>
    public ChangeBody Description(TaskLine task) => Text(task, Fields.Description, prose.Edited(task.Description, mix.Rewrites));

    /// <summary>Decides an open conflict that this person is a side of; null where there is none.</summary>
    public ChangeBody? Resolve(Colleague who, Device device)
    {
        var open = device.Store.Read(reading => reading.Conflicts(openOnly: true));
        if (open.FirstOrDefault(note => note.Versions.Any(version => version.User == who.Person.Id)) is not { } note || random.NextDouble() >= mix.Resolves) return null;
        // Whoever looks at a text that two have edited keeps what stands: to take one side's old text would undo all that came since.
        if (note.Kind == ConflictKinds.TextOverlap)
            return device.Store.Read(reading => ReplicaView.Task(reading, note.Task)) is { } line
                ? new ChangeBody.Resolve(note.Id, null, FieldValue.Of(line.TextOf(note.Field!))) : null;
        return new ChangeBody.Resolve(note.Id, note.Versions[random.Next(note.Versions.Length)].Seq, null);
    }

    private Act Drawn()
    {
        var roll = random.Next(mix.Acts.Sum(act => act.PerMille));
        foreach (var (act, perMille) in mix.Acts)
            if ((roll -= perMille) < 0) return act;
        throw new InvalidOperationException("the shares do not add up");
    }

    private ChangeBody Delete(Colleague who, Device device, TaskLine task)
    {
        if (random.NextDouble() >= mix.DeletesOfOwnFresh) return new ChangeBody.Delete(task.Id);
        return choice.FreshOf(who, device, now()) is { } fresh ? new ChangeBody.Delete(fresh.Id) : Comment(task);
    }

    private ChangeBody Comment(TaskLine task) => new ChangeBody.Comment(task.Id, CommentId.From(freshGuid()), prose.Sentence(), null);

    private ChangeBody? Drag(TaskLine task, Device device)
    {
        var keys = Enumerable.Range(0, 2).Select(_ => choice.Beside(task, device)?[Fields.Order]?.AsText()).Order(StringComparer.Ordinal).ToList();
        var key = OrderKey.Between(keys[0], keys[1] == keys[0] ? null : keys[1]);
        return Set(task, Fields.Order, FieldValue.Of(OrderKey.NeedsRekey(key) ? OrderKey.Between(null, null) : key));
    }

    private string Status(TaskLine task)
    {
        var at = Array.IndexOf(Statuses, task[Fields.Status]?.AsText());
        return Statuses[(at + 1 + (random.Next(4) == 0 ? random.Next(2) : 0)) % Statuses.Length];
    }

    private FieldValue? Assignee(Colleague who, TaskLine task) => random.Next(10) switch
    {
        < 4 => Id(who),
        < 8 => Id(OneOf(task[Fields.Project]?.AsText())),
        _ => null,
    };

    private Colleague OneOf(string? project)
    {
        var its = team.Where(colleague => colleague.Projects.Contains(project!)).ToList();
        return its.Count == 0 ? team[random.Next(team.Count)] : its[random.Next(its.Count)];
    }

    private ChangeBody Toggle(TaskLine task, string field, string value, ImmutableArray<string> held) =>
        held.Contains(value) ? new ChangeBody.Remove(task.Id, field, value) : new ChangeBody.Add(task.Id, field, value);

    private static ChangeBody Text(TaskLine task, string field, string text) => new ChangeBody.Text(task.Id, field, WordDifference.Between(task.TextOf(field), text));

    private static ChangeBody? Set(TaskLine task, string field, FieldValue? value) => task[field] == value ? null : new ChangeBody.Set(task.Id, field, value);

    private static FieldValue Id(Colleague who) => FieldValue.Of(who.Person.Id.ToString());

    private string Label() => $"label {random.Next(10)}";

    private string Pick(string[] from) => from[random.Next(from.Length)];
}

using System.Globalization;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>What somebody did to a task: the rest of a sentence that begins with the name.</summary>
internal sealed class Deeds(Cast cast, FieldWords fields)
{
    /// <summary>A change, with the task before and after it where that is known.</summary>
    public IEnumerable<Ink> Of(ChangeBody body, TaskLine? before, TaskLine? after) => body switch
    {
        ChangeBody.Text text => Edited(text, before, after),
        _ => [Plain(body, before)],
    };

    private string Plain(ChangeBody body, TaskLine? before) => body switch
    {
        ChangeBody.Create create => Created(create.Values),
        ChangeBody.Set set => Set(set, before),
        ChangeBody.Add add => Added(add.Field, add.Value),
        ChangeBody.Remove remove => Removed(remove.Field, remove.Value),
        ChangeBody.Comment comment => $"{Answering(before, comment.Parent)}: {FieldWords.Quoted(comment.Body)}",
        ChangeBody.EditComment edit => $"wrote a comment anew: {FieldWords.Quoted(edit.Body)}",
        ChangeBody.DeleteComment delete => CommentOf(before, delete.Id) is { Body.Length: > 0 } gone ? $"deleted a comment: {FieldWords.Quoted(gone.Body)}" : "deleted a comment",
        ChangeBody.Attach attach => string.Create(CultureInfo.InvariantCulture, $"attached a file of {attach.Size:#,##0} bytes"),
        ChangeBody.Detach => "took an attached file away",
        ChangeBody.Delete => "deleted it",
        ChangeBody.Restore => "restored it",
        ChangeBody.Define define => $"changed the {define.Kind} {(define.Values.GetValueOrDefault("name")?.AsText() is { } name ? FieldWords.Quoted(name) : define.Id.ToString()[^6..])}",
        ChangeBody.Resolve => "decided a conflict",
        _ => body.Op,
    };

    private string Created(TaskValues values)
    {
        var given = values.Registers.Where(register => register.Key != Fields.Order).Select(register => Given(register.Key, register.Value));
        return string.Join(", ", [$"added it as {FieldWords.Quoted(values.Title)}", .. given, .. values.Labels.Select(label => $"label {label}")]);
    }

    private string Given(string field, FieldValue value)
    {
        var text = fields.Value(field, value);
        return field switch
        {
            Fields.Assignee => $"for {text}",
            Fields.DueDate => $"due {text}",
            Fields.Project => $"in the project {text}",
            Fields.Parent => text,
            _ => $"{FieldWords.Name(field)} {text}",
        };
    }

    private string Set(ChangeBody.Set set, TaskLine? before)
    {
        var (was, now) = (before?[set.Field], fields.Value(set.Field, set.Value));
        var from = was is null || Equals(was, set.Value) ? "" : $" from {fields.Value(set.Field, was)}";
        return (set.Field, set.Value) switch
        {
            (Fields.Assignee, null) => was is null ? "left it to nobody" : $"took it from {fields.Value(set.Field, was)}",
            (Fields.Assignee, _) => from.Length == 0 ? $"gave it to {now}" : $"reassigned it{from} to {now}",
            (Fields.DueDate, { }) when from.Length > 0 => $"moved the due date{from} to {now}",
            (Fields.Parent, null) => "moved it to the top level",
            (Fields.Parent, _) => $"moved it {now}",
            (Fields.Project, null) => $"took it out of its project{(was is null ? "" : $" ({fields.Value(set.Field, was)})")}",
            (Fields.Project, _) => $"moved it{from} to the project {now}",
            (Fields.Order, _) => "moved it in the list",
            (_, null) => $"cleared the {FieldWords.Name(set.Field)}{(was is null ? "" : $", which was {fields.Value(set.Field, was)}")}",
            _ => $"{(from.Length > 0 ? "changed" : "set")} the {FieldWords.Name(set.Field)}{from} to {now}",
        };
    }

    private string Added(string field, string value) => field == Fields.Labels ? $"added the label {value}"
        : IdText.TryParse<UserId>(value, out var user) && cast.IsReader(user) ? "made you a watcher" : $"made {fields.Value(Fields.Assignee, FieldValue.Of(value))} a watcher";

    private string Removed(string field, string value) => field == Fields.Labels ? $"took the label {value} away" : $"took {fields.Value(Fields.Assignee, FieldValue.Of(value))} off the watchers";

    private string Answering(TaskLine? line, CommentId? parent) =>
        parent is { } id && CommentOf(line, id) is { } answered ? $"answered {cast.Name(answered.User)}" : "commented";

    private static CommentLine? CommentOf(TaskLine? line, CommentId id) => line?.Comments.FirstOrDefault(comment => comment.Id == id);

    private static IEnumerable<Ink> Edited(ChangeBody.Text text, TaskLine? before, TaskLine? after)
    {
        if (before is null || after is null) return [$"edited the {text.Field}{Typed(text.Edit)}"];
        var (was, now) = (before.TextOf(text.Field), after.TextOf(text.Field));
        if (was == now) return [$"edited the {text.Field}, which left it as it was"];
        if (text.Field == Fields.Title) return [$"renamed it from {FieldWords.Quoted(was)} to {FieldWords.Quoted(now)}"];
        if (was.Length == 0) return [$"wrote the {text.Field}: {FieldWords.Quoted(now)}"];
        return now.Length == 0 ? [$"emptied the {text.Field}"] : [$"changed the {text.Field}: ", .. TextChange.Places(was, now)];
    }

    /// <summary>An edit of a text that is not known: what it put in, and how much it took out.</summary>
    private static string Typed(TextEdit edit)
    {
        var typed = string.Concat(edit.Components.Select(component => component.Text));
        string[] parts = [.. typed.Length > 0 ? [$"typed {FieldWords.Quoted(typed)}"] : Array.Empty<string>(), .. edit.Deleted > 0 ? [$"took {Moments.Many(edit.Deleted, "character")} away"] : Array.Empty<string>()];
        return parts.Length == 0 ? "" : $": {string.Join(", ", parts)}";
    }
}

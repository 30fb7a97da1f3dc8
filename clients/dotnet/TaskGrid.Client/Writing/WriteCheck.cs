using System.Text;
using System.Text.Json;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Client;

/// <summary>
/// Says what the server would refuse, before it is written: the form by the same reader that the server uses, the rest against what is
/// shown. It cannot know everything (a role may have changed); what it lets through wrongly comes back as rejected.
/// </summary>
internal sealed class WriteCheck(IReplicaReading reading)
{
    private static readonly Change Blank = new(1, default, new CausalClock(0), new ChangeBody.Void());
    private readonly Lazy<Role?> role = new(() => RoleOf(reading));

    public (string Code, string Detail)? Fault(ChangeBody body)
    {
        if (role.Value == Role.Viewer) return (Codes.Forbidden, "You can only read this organization. Ask an admin to make you a member.");
        if (FormFault(body) is { } form) return (Codes.Invalid, form);
        return body switch
        {
            ChangeBody.Create create => Shown(create.Task) is null ? null : (Codes.Exists, "The task exists already."),
            ChangeBody.Delete => null,
            ChangeBody.Resolve resolve => reading.Conflict(resolve.Conflict) is null ? (Codes.Unknown, "There is no such conflict.") : null,
            ChangeBody.OnTask on => Shown(on.Task) is { } line ? OnTaskFault(line, on) : (Codes.Unknown, "There is no such task."),
            _ => null,
        };
    }

    private (string, string)? OnTaskFault(TaskLine line, ChangeBody.OnTask body) => body switch
    {
        ChangeBody.Text text => TextFault(line, text),
        ChangeBody.Comment { Parent: { } parent } => Comment(line, parent) is null ? (Codes.Unknown, "There is no such comment to answer.") : null,
        ChangeBody.EditComment edit => CommentFault(line, edit.Id),
        ChangeBody.DeleteComment delete => CommentFault(line, delete.Id),
        _ => null,
    };

    private static (string, string)? TextFault(TaskLine line, ChangeBody.Text text)
    {
        if (!TextEdits.TryApply(line.TextOf(text.Field), text.Edit, out var after)) return (Codes.Invalid, "The edit reaches past the end of the text.");
        var most = text.Field == Fields.Title ? Limits.Title : Limits.Description;
        return Encoding.UTF8.GetByteCount(after) > most ? (Codes.Invalid, $"The {text.Field} would be longer than {most / 1024} KiB.") : null;
    }

    private (string, string)? CommentFault(TaskLine line, CommentId id)
    {
        if (Comment(line, id) is not { } comment) return (Codes.Unknown, "There is no such comment.");
        return comment.User == reading.Mark.User || role.Value is null or >= Role.Admin
            ? null
            : (Codes.Forbidden, "Only its author or an admin can change a comment.");
    }

    private static CommentLine? Comment(TaskLine line, CommentId id) => line.Comments.FirstOrDefault(comment => comment.Id == id);

    private TaskLine? Shown(TaskId task) => ReplicaView.Task(reading, task);

    private static string? FormFault(ChangeBody body)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(Blank with { Body = body }, ContractsJson.Default.Change);
        using var document = JsonDocument.Parse(json);
        return (ChangeReader.Read(document.RootElement) as ChangeReading.Invalid)?.Detail;
    }

    private static Role? RoleOf(IReplicaReading reading) =>
        reading.Members().FirstOrDefault(member => member.Line.Member == reading.Mark.User)?.Line.Role;
}

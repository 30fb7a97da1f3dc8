using TaskGrid.Contracts;

namespace TaskGrid.Domain.Organizations;

/// <summary>What the rejections of a push take along: text of the same field, and whatever names a thing whose creation was rejected.</summary>
internal sealed class RejectedThings
{
    private readonly HashSet<TaskId> tasks = [];
    private readonly HashSet<(TaskId, string)> texts = [];
    private readonly HashSet<CommentId> comments = [];
    private readonly HashSet<AttachmentId> attachments = [];

    public void Remember(ReceivedChange change)
    {
        if (change.Change is { Body: var body }) Remember(body);
        else if (change.Subject is { } subject) Remember(subject);
    }

    private void Remember(ChangeBody body)
    {
        switch (body)
        {
            case ChangeBody.Create create: tasks.Add(create.Task); break;
            case ChangeBody.Text text: texts.Add((text.Task, text.Field)); break;
            case ChangeBody.Comment comment: comments.Add(comment.Id); break;
            case ChangeBody.Attach attach: attachments.Add(attach.Id); break;
        }
    }

    /// <summary>One that is not of its form would have made the same thing, and its author goes on as if it had.</summary>
    private void Remember(ChangeSubject subject)
    {
        switch (subject)
        {
            case { Op: "create", Task: { } task }: tasks.Add(task); break;
            case { Op: "text", Task: { } task, Field: { } field }: texts.Add((task, field)); break;
            case { Op: "comment", Comment: { } comment }: comments.Add(comment); break;
            case { Op: "attach", Attachment: { } attachment }: attachments.Add(attachment); break;
        }
    }

    public bool Names(ChangeBody body) => NamesTask(body) || body switch
    {
        ChangeBody.Text text => texts.Contains((text.Task, text.Field)),
        ChangeBody.Comment { Parent: { } parent } => comments.Contains(parent),
        ChangeBody.EditComment edit => comments.Contains(edit.Id),
        ChangeBody.DeleteComment delete => comments.Contains(delete.Id),
        ChangeBody.Detach detach => attachments.Contains(detach.Id),
        _ => false,
    };

    private bool NamesTask(ChangeBody body)
    {
        if (body.TaskOf is { } task && tasks.Contains(task)) return true;
        var parent = body switch
        {
            ChangeBody.Create create => create.Values.Registers.GetValueOrDefault(Fields.Parent),
            ChangeBody.Set { Field: Fields.Parent } set => set.Value,
            _ => null,
        };
        return parent?.AsText() is { } text && IdText.TryParse<TaskId>(text, out var named) && tasks.Contains(named);
    }
}

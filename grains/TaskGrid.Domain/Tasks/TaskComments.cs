using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Domain.Tasks;

/// <summary>Comments and attachments: grow-only by id, edited and taken away by their authors.</summary>
internal static class TaskComments
{
    public static Decision<TaskEvent> Add(TaskState.Present state, TaskCommand.Apply apply, ChangeBody.Comment comment)
    {
        if (Find(state, comment.Id) is not null) return TaskDecider.Reject(Codes.Exists, "the comment was added before");
        if (comment.Parent is { } parent && Find(state, parent) is null) return TaskDecider.Reject(Codes.Unknown, "there is no comment to answer");
        return TaskDecider.Accept(new TaskEvent.Commented(TaskDecider.MetaOf(apply), comment.Task, comment.Id, comment.Body, comment.Parent));
    }

    public static Decision<TaskEvent> Edit(TaskState.Present state, TaskCommand.Apply apply, ChangeBody.EditComment edit)
    {
        if (Refusal(state, apply, edit.Id) is { } refusal) return refusal;
        var write = Write(state, apply, edit.Id);
        var meta = TaskDecider.MetaOf(apply) with { At = write.Entry.At };
        var shown = write.Applied && !Find(state, edit.Id)!.Deleted;
        return TaskDecider.Accept(new TaskEvent.CommentEdited(meta, edit.Task, edit.Id, edit.Body, shown));
    }

    public static Decision<TaskEvent> Delete(TaskState.Present state, TaskCommand.Apply apply, ChangeBody.DeleteComment delete)
    {
        if (Refusal(state, apply, delete.Id) is { } refusal) return refusal;
        var write = Write(state, apply, delete.Id);
        var meta = TaskDecider.MetaOf(apply) with { At = write.Entry.At };
        return TaskDecider.Accept(new TaskEvent.CommentDeleted(meta, delete.Task, delete.Id, !Find(state, delete.Id)!.Deleted));
    }

    public static Decision<TaskEvent> Attach(TaskState.Present state, TaskCommand.Apply apply, ChangeBody.Attach attach) =>
        state.Line.Attachments.Any(a => a.Id == attach.Id)
            ? TaskDecider.Reject(Codes.Exists, "the attachment was announced before")
            : TaskDecider.Accept(new TaskEvent.Attached(TaskDecider.MetaOf(apply), attach.Task, attach));

    public static Decision<TaskEvent> Detach(TaskState.Present state, TaskCommand.Apply apply, ChangeBody.Detach detach)
    {
        var attachment = state.Line.Attachments.FirstOrDefault(a => a.Id == detach.Id);
        if (attachment is null) return TaskDecider.Reject(Codes.Unknown, "there is no such attachment");
        if (!MayTouch(apply, attachment.User)) return TaskDecider.Reject(Codes.Forbidden, "only its author or an admin may take an attachment away");
        return TaskDecider.Accept(new TaskEvent.Detached(TaskDecider.MetaOf(apply), detach.Task, detach.Id, !attachment.Deleted));
    }

    private static Decision<TaskEvent>? Refusal(TaskState.Present state, TaskCommand.Apply apply, CommentId id)
    {
        if (Find(state, id) is not { } comment) return TaskDecider.Reject(Codes.Unknown, "there is no such comment");
        return MayTouch(apply, comment.User) ? null : TaskDecider.Reject(Codes.Forbidden, "only its author or an admin may change a comment");
    }

    private static RegisterWrite Write(TaskState.Present state, TaskCommand.Apply apply, CommentId id)
    {
        var meta = TaskDecider.MetaOf(apply);
        return (state.Merge.Comments.GetValueOrDefault(id) ?? Register.Empty)
            .Write(new RegisterEntry(meta.Seq, apply.Origin, meta.At, meta.AtSent, meta.User, null), apply.Change.Clock);
    }

    private static CommentLine? Find(TaskState.Present state, CommentId id) => state.Line.Comments.FirstOrDefault(c => c.Id == id);

    private static bool MayTouch(TaskCommand.Apply apply, UserId author) => author == apply.Author.User || apply.Author.Role >= Role.Admin;
}

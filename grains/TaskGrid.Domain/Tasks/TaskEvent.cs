using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Domain.Tasks;

/// <summary>
/// What happened to a task: a closed family. The first event of a change is its own; <see cref="ConflictRecorded"/> rides on it, and
/// <see cref="TakenAlong"/>, <see cref="WentToTop"/> and <see cref="CameBack"/> ride on a change of another task.
/// </summary>
/// <param name="Meta">Seq, author, times.</param>
/// <param name="Task">The task.</param>
public abstract record TaskEvent(EventMeta Meta, TaskId Task)
{
    /// <summary>The task was made.</summary>
    /// <param name="Values">What it starts with.</param>
    /// <param name="ParentCleared">Its parent was deleted: it stands at the top level.</param>
    public sealed record Created(EventMeta Meta, TaskId Task, TaskValues Values, bool ParentCleared) : TaskEvent(Meta, Task);

    /// <summary>A register was written.</summary>
    /// <param name="Field">The register.</param>
    /// <param name="Value">The value as sent.</param>
    /// <param name="Applied">False where a later stamp stands, or a move would have made a loop.</param>
    /// <param name="ParentCleared">A move to a deleted parent: it went to the top level.</param>
    /// <param name="Loop">A move that would have made a loop: no write at all.</param>
    /// <param name="Back">A move out of what a delete took: the tasks that came back.</param>
    public sealed record FieldSet(
        EventMeta Meta, TaskId Task, string Field, FieldValue? Value, bool Applied, bool ParentCleared, bool Loop, ImmutableArray<TaskId> Back)
        : TaskEvent(Meta, Task);

    /// <summary>A text was edited. Keeps the edit as sent and as applied; its base is in the clock. Replay never transforms.</summary>
    /// <param name="Field">title or description.</param>
    /// <param name="Sent">As the author made it.</param>
    /// <param name="Applied">In the server's order.</param>
    /// <param name="Removed">What it took out of the text: the way back to what others had seen.</param>
    public sealed record TextEdited(EventMeta Meta, TaskId Task, string Field, TextEdit Sent, TextEdit Applied, string Removed)
        : TaskEvent(Meta, Task)
    {
        /// <summary>Makes the author's next edit cheap; never stored, and nothing depends on it.</summary>
        [JsonIgnore]
        public TextBranchCache? Branch { get; init; }
    }

    /// <summary>A value was added to a set.</summary>
    /// <param name="Field">labels or watchers.</param>
    /// <param name="Value">The value.</param>
    public sealed record ValueAdded(EventMeta Meta, TaskId Task, string Field, string Value) : TaskEvent(Meta, Task);

    /// <summary>The adds that the author had seen were taken out of a set.</summary>
    /// <param name="Field">labels or watchers.</param>
    /// <param name="Value">The value.</param>
    /// <param name="Applied">False where another's add keeps the value.</param>
    public sealed record ValueRemoved(EventMeta Meta, TaskId Task, string Field, string Value, bool Applied) : TaskEvent(Meta, Task);

    /// <summary>A comment was added.</summary>
    /// <param name="Comment">The comment.</param>
    /// <param name="Body">Markdown.</param>
    /// <param name="Parent">What it answers.</param>
    public sealed record Commented(EventMeta Meta, TaskId Task, CommentId Comment, string Body, CommentId? Parent) : TaskEvent(Meta, Task);

    /// <summary>A comment was written anew.</summary>
    /// <param name="Comment">The comment.</param>
    /// <param name="Body">Markdown.</param>
    /// <param name="Applied">False where a later stamp or a deletion stands.</param>
    public sealed record CommentEdited(EventMeta Meta, TaskId Task, CommentId Comment, string Body, bool Applied) : TaskEvent(Meta, Task);

    /// <summary>A comment was deleted.</summary>
    /// <param name="Comment">The comment.</param>
    /// <param name="Applied">False where it was deleted already.</param>
    public sealed record CommentDeleted(EventMeta Meta, TaskId Task, CommentId Comment, bool Applied) : TaskEvent(Meta, Task);

    /// <summary>An attachment was announced.</summary>
    /// <param name="Attachment">As announced.</param>
    public sealed record Attached(EventMeta Meta, TaskId Task, ChangeBody.Attach Attachment) : TaskEvent(Meta, Task);

    /// <summary>An attachment was taken away.</summary>
    /// <param name="Attachment">The attachment.</param>
    /// <param name="Applied">False where it was taken away already.</param>
    public sealed record Detached(EventMeta Meta, TaskId Task, AttachmentId Attachment, bool Applied) : TaskEvent(Meta, Task);

    /// <summary>The task was deleted.</summary>
    /// <param name="Applied">False where a later restore stands or it was deleted already.</param>
    /// <param name="Taken">Subtasks that went along.</param>
    /// <param name="Top">Subtasks that went to the top level.</param>
    public sealed record Deleted(EventMeta Meta, TaskId Task, bool Applied, ImmutableArray<TaskId> Taken, ImmutableArray<TaskId> Top)
        : TaskEvent(Meta, Task);

    /// <summary>The task was restored.</summary>
    /// <param name="Applied">False where a later delete stands or it was not deleted.</param>
    /// <param name="Back">What came back with it.</param>
    /// <param name="ParentCleared">Its parent is deleted: it came back at the top level.</param>
    public sealed record Restored(EventMeta Meta, TaskId Task, bool Applied, ImmutableArray<TaskId> Back, bool ParentCleared)
        : TaskEvent(Meta, Task);

    /// <summary>A delete of another task took this one along.</summary>
    /// <param name="By">The deleted task.</param>
    public sealed record TakenAlong(EventMeta Meta, TaskId Task, TaskId By) : TaskEvent(Meta, Task);

    /// <summary>A delete of its parent, which had not seen it there, sent it to the top level.</summary>
    /// <param name="By">The deleted task.</param>
    public sealed record WentToTop(EventMeta Meta, TaskId Task, TaskId By) : TaskEvent(Meta, Task);

    /// <summary>It came back with a restore or a move of another task.</summary>
    /// <param name="By">The restored or moved task.</param>
    public sealed record CameBack(EventMeta Meta, TaskId Task, TaskId By) : TaskEvent(Meta, Task);

    /// <summary>A conflict was recorded or joined.</summary>
    /// <param name="Note">The whole record as it now is.</param>
    public sealed record ConflictRecorded(EventMeta Meta, TaskId Task, ConflictNote Note) : TaskEvent(Meta, Task);

    /// <summary>Somebody decided a conflict.</summary>
    /// <param name="Sent">As sent.</param>
    /// <param name="Note">The whole record as it now is.</param>
    /// <param name="Effect">What it did.</param>
    /// <param name="Write">The register that it wrote, also where the write lost or changed nothing.</param>
    public sealed record ConflictResolved(
        EventMeta Meta, TaskId Task, ChangeBody.Resolve Sent, ConflictNote Note, ResolveEffect Effect, ResolveWrite? Write)
        : TaskEvent(Meta, Task);
}

/// <summary>The register that a resolve wrote.</summary>
/// <param name="Field">A register's field; null for that of delete and restore.</param>
/// <param name="Value">What it wrote.</param>
public sealed record ResolveWrite(string? Field, FieldValue? Value);

/// <summary>What deciding a conflict did: a closed family.</summary>
public abstract record ResolveEffect
{
    private ResolveEffect() { }

    /// <summary>Nothing: it stood so already, or a later decision stands.</summary>
    public sealed record None : ResolveEffect;

    /// <summary>A register took a value.</summary>
    /// <param name="Value">The value.</param>
    public sealed record Wrote(FieldValue? Value) : ResolveEffect;

    /// <summary>A text was replaced by an edit.</summary>
    /// <param name="Edit">On the text before it in the log.</param>
    /// <param name="Removed">What it took out of the text.</param>
    public sealed record Edited(TextEdit Edit, string Removed) : ResolveEffect;

    /// <summary>The task was deleted again.</summary>
    /// <param name="Taken">Subtasks that went along.</param>
    /// <param name="Top">Subtasks that went to the top level.</param>
    public sealed record Deleted(ImmutableArray<TaskId> Taken, ImmutableArray<TaskId> Top) : ResolveEffect;

    /// <summary>The task was restored.</summary>
    /// <param name="Back">What came back with it.</param>
    /// <param name="ParentCleared">It came back at the top level.</param>
    public sealed record Restored(ImmutableArray<TaskId> Back, bool ParentCleared) : ResolveEffect;
}

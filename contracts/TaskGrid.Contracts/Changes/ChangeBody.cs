using System.Collections.Immutable;

namespace TaskGrid.Contracts;

/// <summary>The ops of the protocol: a closed family.</summary>
public abstract record ChangeBody
{
    private ChangeBody() { }

    /// <summary>The op's name on the wire.</summary>
    public abstract string Op { get; }

    /// <summary>The task that the op names, if it names one.</summary>
    public virtual TaskId? TaskOf => null;

    /// <summary>An op on one task.</summary>
    /// <param name="Task">The task.</param>
    public abstract record OnTask(TaskId Task) : ChangeBody
    {
        /// <inheritdoc/>
        public override TaskId? TaskOf => Task;
    }

    /// <summary>Makes a task, once per id.</summary>
    /// <param name="Task">The new task.</param>
    /// <param name="Values">What it starts with.</param>
    public sealed record Create(TaskId Task, TaskValues Values) : OnTask(Task)
    {
        /// <inheritdoc/>
        public override string Op => "create";
    }

    /// <summary>Writes a register.</summary>
    /// <param name="Task">The task.</param>
    /// <param name="Field">A register field.</param>
    /// <param name="Value">The value; null clears.</param>
    public sealed record Set(TaskId Task, string Field, FieldValue? Value) : OnTask(Task)
    {
        /// <inheritdoc/>
        public override string Op => "set";
    }

    /// <summary>Edits a text.</summary>
    /// <param name="Task">The task.</param>
    /// <param name="Field">title or description.</param>
    /// <param name="Edit">Applies to what the author saw; in canonical form, to the text before it in the log.</param>
    public sealed record Text(TaskId Task, string Field, TextEdit Edit) : OnTask(Task)
    {
        /// <inheritdoc/>
        public override string Op => "text";
    }

    /// <summary>Adds to a set.</summary>
    /// <param name="Task">The task.</param>
    /// <param name="Field">labels or watchers.</param>
    /// <param name="Value">1 to 64 characters.</param>
    public sealed record Add(TaskId Task, string Field, string Value) : OnTask(Task)
    {
        /// <inheritdoc/>
        public override string Op => "add";
    }

    /// <summary>Takes the adds that the author had seen out of a set.</summary>
    /// <param name="Task">The task.</param>
    /// <param name="Field">labels or watchers.</param>
    /// <param name="Value">1 to 64 characters.</param>
    public sealed record Remove(TaskId Task, string Field, string Value) : OnTask(Task)
    {
        /// <inheritdoc/>
        public override string Op => "remove";
    }

    /// <summary>Adds a comment.</summary>
    /// <param name="Task">The task.</param>
    /// <param name="Id">The new comment.</param>
    /// <param name="Body">Markdown.</param>
    /// <param name="Parent">The comment that this one answers.</param>
    public sealed record Comment(TaskId Task, CommentId Id, string Body, CommentId? Parent) : OnTask(Task)
    {
        /// <inheritdoc/>
        public override string Op => "comment";
    }

    /// <summary>Writes a comment's body anew.</summary>
    /// <param name="Task">The task.</param>
    /// <param name="Id">The comment.</param>
    /// <param name="Body">Markdown.</param>
    public sealed record EditComment(TaskId Task, CommentId Id, string Body) : OnTask(Task)
    {
        /// <inheritdoc/>
        public override string Op => "editComment";
    }

    /// <summary>Deletes a comment; a tombstone stays.</summary>
    /// <param name="Task">The task.</param>
    /// <param name="Id">The comment.</param>
    public sealed record DeleteComment(TaskId Task, CommentId Id) : OnTask(Task)
    {
        /// <inheritdoc/>
        public override string Op => "deleteComment";
    }

    /// <summary>Announces an attachment; its sealed bytes follow by another way.</summary>
    /// <param name="Task">The task.</param>
    /// <param name="Id">The new attachment.</param>
    /// <param name="Size">Bytes of the ciphertext.</param>
    /// <param name="Sha256">Hash of the ciphertext, 64 hex digits.</param>
    /// <param name="Epoch">The key epoch that it was sealed under.</param>
    /// <param name="Sealed">Name, media type and plaintext hash under the file key, base64url.</param>
    public sealed record Attach(TaskId Task, AttachmentId Id, long Size, string Sha256, long Epoch, string Sealed) : OnTask(Task)
    {
        /// <inheritdoc/>
        public override string Op => "attach";
    }

    /// <summary>Takes an attachment away; a tombstone stays.</summary>
    /// <param name="Task">The task.</param>
    /// <param name="Id">The attachment.</param>
    public sealed record Detach(TaskId Task, AttachmentId Id) : OnTask(Task)
    {
        /// <inheritdoc/>
        public override string Op => "detach";
    }

    /// <summary>Deletes a task and the subtasks that the author had seen under it.</summary>
    /// <param name="Task">The task.</param>
    public sealed record Delete(TaskId Task) : OnTask(Task)
    {
        /// <inheritdoc/>
        public override string Op => "delete";
    }

    /// <summary>Brings a deleted task back with what its delete took along.</summary>
    /// <param name="Task">The task.</param>
    public sealed record Restore(TaskId Task) : OnTask(Task)
    {
        /// <inheritdoc/>
        public override string Op => "restore";
    }

    /// <summary>Writes properties of a project, label or view: one register each.</summary>
    /// <param name="Kind">project, label or view.</param>
    /// <param name="Id">Its id.</param>
    /// <param name="Values">The properties; null clears one. <c>archived: true</c> retires it.</param>
    public sealed record Define(string Kind, DefinitionId Id, ImmutableSortedDictionary<string, FieldValue?> Values) : ChangeBody
    {
        /// <inheritdoc/>
        public override string Op => "define";
    }

    /// <summary>Decides a conflict: by one of its versions or by another value.</summary>
    /// <param name="Conflict">The conflict.</param>
    /// <param name="Choice">The seq of the chosen version; null if <paramref name="Value"/> decides.</param>
    /// <param name="Value">Another value, where <paramref name="Choice"/> is null; null clears.</param>
    public sealed record Resolve(ConflictId Conflict, long? Choice, FieldValue? Value) : ChangeBody
    {
        /// <inheritdoc/>
        public override string Op => "resolve";
    }

    /// <summary>Uses up a number whose change cannot be sent.</summary>
    public sealed record Void : ChangeBody
    {
        /// <inheritdoc/>
        public override string Op => "void";
    }

    /// <summary>A membership change; only in the log, never in a push.</summary>
    /// <param name="Subject">The user concerned.</param>
    /// <param name="Name">The name that others see.</param>
    /// <param name="Role">The role from now on; null if the member left or was removed.</param>
    public sealed record Member(UserId Subject, string Name, Role? Role) : ChangeBody
    {
        /// <inheritdoc/>
        public override string Op => "member";
    }
}

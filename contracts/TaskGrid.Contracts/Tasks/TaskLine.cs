using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace TaskGrid.Contracts;

/// <summary>The public state of a task at some seq: one line of a snapshot, and what the digest covers.</summary>
[JsonConverter(typeof(TaskLineJsonConverter))]
public sealed record TaskLine
{
    /// <summary>The task.</summary>
    public required TaskId Id { get; init; }

    /// <summary>The last change that touched the task, effects included.</summary>
    public required long Seq { get; init; }

    /// <summary>Text; empty if never given.</summary>
    public string Title { get; init; } = "";

    /// <summary>Text; empty if never given.</summary>
    public string Description { get; init; } = "";

    /// <summary>Registers that have a value, custom ones under <c>custom.&lt;name&gt;</c>.</summary>
    public ImmutableSortedDictionary<string, FieldValue> Registers { get; init; } = Ordinal.Empty<FieldValue>();

    /// <summary>Sorted by UTF-8 bytes.</summary>
    public ImmutableArray<string> Labels { get; init; } = [];

    /// <summary>Sorted by UTF-8 bytes.</summary>
    public ImmutableArray<string> Watchers { get; init; } = [];

    /// <summary>In the order of their seq.</summary>
    public ImmutableArray<CommentLine> Comments { get; init; } = [];

    /// <summary>In the order of their seq.</summary>
    public ImmutableArray<AttachmentLine> Attachments { get; init; } = [];

    /// <summary>Who created it.</summary>
    public required UserId CreatedBy { get; init; }

    /// <summary>The wall part of the create's adjusted stamp.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The server's time of the last change that touched the task.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>A tombstone.</summary>
    public bool Deleted { get; init; }

    /// <summary>A register's value; null if it has none.</summary>
    public FieldValue? this[string field] => Registers.GetValueOrDefault(field);

    /// <summary>A text field's text.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a text field.</exception>
    public string TextOf(string field) => field switch
    {
        Fields.Title => Title,
        Fields.Description => Description,
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "not a text field"),
    };

    /// <summary>The same task with another text in a text field.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a text field.</exception>
    public TaskLine WithText(string field, string text) => field switch
    {
        Fields.Title => this with { Title = text },
        Fields.Description => this with { Description = text },
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "not a text field"),
    };

    /// <summary>The same task with a register written; null clears it.</summary>
    public TaskLine WithRegister(string field, FieldValue? value) =>
        this with { Registers = value is null ? Registers.Remove(field) : Registers.SetItem(field, value) };
}

/// <summary>A comment as its task's line shows it.</summary>
/// <param name="Id">The comment.</param>
/// <param name="User">Its author.</param>
/// <param name="Body">Markdown; empty once deleted.</param>
/// <param name="Parent">The comment that it answers.</param>
/// <param name="Seq">Where it stands in the log.</param>
/// <param name="Edited">It was edited.</param>
/// <param name="Deleted">It was deleted.</param>
public sealed record CommentLine(CommentId Id, UserId User, string Body, CommentId? Parent, long Seq, bool Edited, bool Deleted);

/// <summary>An attachment as its task's line shows it.</summary>
/// <param name="Id">The attachment.</param>
/// <param name="User">Who attached it.</param>
/// <param name="Size">Bytes of the ciphertext.</param>
/// <param name="Sha256">Hash of the ciphertext.</param>
/// <param name="Epoch">Key epoch.</param>
/// <param name="Sealed">Sealed name, media type and plaintext hash.</param>
/// <param name="Seq">Where it stands in the log.</param>
/// <param name="Deleted">It was detached.</param>
public sealed record AttachmentLine(AttachmentId Id, UserId User, long Size, string Sha256, long Epoch, string Sealed, long Seq, bool Deleted);

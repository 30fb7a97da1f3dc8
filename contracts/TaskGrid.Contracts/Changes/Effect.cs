using System.Collections.Immutable;

namespace TaskGrid.Contracts;

/// <summary>
/// Where a canonical change did something else than its plain reading says. Applying it needs no merging:
/// <list type="bullet">
/// <item><see cref="Applied"/> false: the change itself changes nothing of its task but seq and updatedAt;</item>
/// <item><see cref="HasValue"/>: the register of the change (or of its conflict) takes <see cref="Value"/> instead;</item>
/// <item><see cref="ParentCleared"/>: the task's parent is cleared, whatever the change wrote;</item>
/// <item><see cref="Deleted"/>, <see cref="Top"/>, <see cref="Restored"/>: other tasks that became tombstones, lost their parent, or came back;</item>
/// <item><see cref="Edit"/>: a resolve replaced the conflict's text by this edit.</item>
/// </list>
/// </summary>
public sealed record Effect
{
    /// <summary>False: without effect.</summary>
    public bool Applied { get; init; } = true;

    /// <summary>True: <see cref="Value"/> holds, null included.</summary>
    public bool HasValue { get; init; }

    /// <summary>The value that the register took.</summary>
    public FieldValue? Value { get; init; }

    /// <summary>The task went to the top level.</summary>
    public bool ParentCleared { get; init; }

    /// <summary>Subtasks that a delete took along.</summary>
    public ImmutableArray<TaskId> Deleted { get; init; } = [];

    /// <summary>Subtasks that a delete sent to the top level.</summary>
    public ImmutableArray<TaskId> Top { get; init; } = [];

    /// <summary>Tasks that came back (without the task itself for a restore; with it for a move out of a deleted parent).</summary>
    public ImmutableArray<TaskId> Restored { get; init; } = [];

    /// <summary>The edit by which a resolve replaced the text.</summary>
    public TextEdit? Edit { get; init; }
}

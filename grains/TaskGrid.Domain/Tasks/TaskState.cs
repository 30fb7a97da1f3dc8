using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Domain.Tasks;

/// <summary>A task at some version of its stream: a closed family.</summary>
public abstract record TaskState
{
    private TaskState() { }

    /// <summary>Never created.</summary>
    public sealed record Absent : TaskState
    {
        /// <summary>The one instance.</summary>
        public static readonly Absent Instance = new();
    }

    /// <summary>Created; deleted ones too, as tombstones.</summary>
    /// <param name="Line">What everybody sees.</param>
    /// <param name="Merge">What merging needs beside it.</param>
    public sealed record Present(TaskLine Line, TaskMerge Merge) : TaskState
    {
        /// <summary>Canonical text edits since some seq; neither stored nor sent between silos, loaded when an edit needs more of it.</summary>
        [JsonIgnore]
        public ImmutableSortedDictionary<string, TextHistory> Texts { get; init; } = Ordinal.Empty<TextHistory>();

        /// <summary>A text field's history; nothing before the task's last seq where none is loaded.</summary>
        public TextHistory TextOf(string field) => Texts.GetValueOrDefault(field) ?? new TextHistory(Line.Seq, []);
    }
}

/// <summary>The canonical edits of a text field with seq above <paramref name="Since"/>, all of them.</summary>
/// <param name="Since">Complete above this seq.</param>
/// <param name="Entries">In the order of seq.</param>
public sealed record TextHistory(long Since, ImmutableList<TextLogEntry> Entries)
{
    /// <summary>Where each author's merging stands: what makes the next edit of a long session cheap. Changes no result.</summary>
    public ImmutableDictionary<ReplicaId, TextBranchCache> Branches { get; init; } = ImmutableDictionary<ReplicaId, TextBranchCache>.Empty;
}

/// <summary>What merging needs to know of a task beside its line. Stored with the snapshot; every part follows from the events.</summary>
public sealed record TaskMerge
{
    /// <summary>Events in the task's stream.</summary>
    public required long Version { get; init; }

    /// <summary>The seq of the create.</summary>
    public required long CreatedSeq { get; init; }

    /// <summary>The origin of the create.</summary>
    public required Origin CreatedBy { get; init; }

    /// <summary>Registers that were ever written, custom ones and the parent included.</summary>
    public ImmutableSortedDictionary<string, Register> Registers { get; init; } = Ordinal.Empty<Register>();

    /// <summary>The register that delete and restore write: true is deleted.</summary>
    public Register Lifecycle { get; init; } = Register.Empty;

    /// <summary>The delete that made it a tombstone, its own or one above it, as a conflict would show it; null while it stands.</summary>
    public ConflictVersion? DeletedBy { get; init; }

    /// <summary>Replica and number of <see cref="DeletedBy"/>; null while it stands, and in states from before it was kept.</summary>
    public Origin? DeletedFrom { get; init; }

    /// <summary>Labels and watchers.</summary>
    public ImmutableSortedDictionary<string, ObservedSet> Sets { get; init; } = Ordinal.Empty<ObservedSet>();

    /// <summary>The body of each comment that was edited or deleted.</summary>
    public ImmutableSortedDictionary<CommentId, Register> Comments { get; init; } = ImmutableSortedDictionary<CommentId, Register>.Empty;

    /// <summary>The last edit of each replica: what a delete may not have seen.</summary>
    public ImmutableSortedDictionary<ReplicaId, Touch> Touches { get; init; } = ImmutableSortedDictionary<ReplicaId, Touch>.Empty;

    /// <summary>The conflicts of this task.</summary>
    public ImmutableArray<ConflictMark> Conflicts { get; init; } = [];

    /// <summary>As it is stored: of registers with many steps the newest only, since the log has all. The parent's stays whole: the tree has the same.</summary>
    public TaskMerge Trimmed() => this with
    {
        Registers = Registers.SetItems(Registers
            .Where(pair => pair.Key != Fields.Parent)
            .Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Trimmed(StepsKept)))
            .Where(pair => !ReferenceEquals(pair.Value, Registers[pair.Key]))),
    };

    // Few registers are ever written so often; who is further behind than this makes the task read its log.
    private const int StepsKept = 16;
}

/// <summary>The last edit of a replica.</summary>
/// <param name="Seq">Its seq.</param>
/// <param name="N">Its number.</param>
/// <param name="Version">How a conflict would show it.</param>
public sealed record Touch(long Seq, long N, ConflictVersion Version);

/// <summary>A conflict with what decides whether another overlap joins it.</summary>
/// <param name="Note">The record.</param>
/// <param name="LastOverlap">The server's time of the last change that made or joined it.</param>
public sealed record ConflictMark(ConflictNote Note, DateTimeOffset LastOverlap);

using TaskGrid.Contracts;
using TaskGrid.Contracts.Search;
using TaskGrid.Domain.Organizations;
using TaskGrid.Domain.Tasks;
using TaskGrid.EventStore.Marten.Json;
using TaskGrid.Sync;

namespace TaskGrid.EventStore.Marten.Commits;

/// <summary>A task's row: its state, and what search needs of it.</summary>
internal sealed record TaskRow
{
    public required TaskId Id { get; init; }
    public required long Seq { get; init; }
    public required long Version { get; init; }
    public required string Line { get; init; }
    public required string Merge { get; init; }
    public required string Place { get; init; }
    public required bool Deleted { get; init; }
    public required ulong DigestTerm { get; init; }
    public required string Words { get; init; }
    public required DateTimeOffset Created { get; init; }
    public required DateTimeOffset Updated { get; init; }
    public DateTimeOffset? Due { get; init; }
    public short? Priority { get; init; }
    public string? Status { get; init; }
    public required string Title { get; init; }
    public string? Order { get; init; }

    public static TaskRow Of(TaskState.Present state) => new()
    {
        Id = state.Line.Id,
        Seq = state.Line.Seq,
        Version = state.Merge.Version,
        Line = StoredJson.Write(state.Line),
        Merge = StoredJson.Write(state.Merge.Trimmed()),
        Place = StoredJson.Write(TreePlace.Of(TreeNode.Of(state))),
        Deleted = state.Line.Deleted,
        DigestTerm = TaskDigest.Term(state.Line),
        // Words hold letters, marks and digits only, so quotes need no escape.
        Words = string.Join(' ', TaskWords.Of(state.Line).Select(word => $"'{word}'")),
        Created = state.Line.CreatedAt,
        Updated = state.Line.UpdatedAt,
        Due = TaskOrder.InstantOf(state.Line[Fields.DueDate]?.AsText()),
        Priority = (short?)TaskOrder.RankOf(state.Line[Fields.Priority]?.AsText()),
        Status = state.Line[Fields.Status]?.AsText(),
        Title = CaseFolding.Lower(state.Line.Title),
        Order = state.Line[Fields.Order]?.AsText(),
    };
}

using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>A change that its author made and that is not in the confirmed state yet.</summary>
/// <param name="Origin">Replica and number.</param>
/// <param name="User">The author.</param>
/// <param name="Change">The change as made; a text edit as rebased over what came since (<see cref="TextBranch"/>).</param>
public sealed record PendingChange(Origin Origin, UserId User, Change Change)
{
    /// <summary>What the author's store expects the server to add: the subtasks that go along with a delete, the value that a choice stands for.</summary>
    public Effect? Guess { get; init; }

    /// <summary>The conflict that a resolve is about, as the store knows it.</summary>
    public ConflictNote? Conflict { get; init; }
}

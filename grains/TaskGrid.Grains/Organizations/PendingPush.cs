using TaskGrid.Domain.Organizations;

namespace TaskGrid.Grains.Organizations;

/// <summary>A push that waits for its batch.</summary>
internal sealed class PendingPush(PushCommand command)
{
    public PushCommand Command { get; } = command;

    public ReceivedPush Received { get; } = new(command.User, command.Replica, command.History,
        [.. command.Changes.Select(c => new ReceivedChange(c.N, c.Hash, c.Change, c.Fault, c.Subject))]);

    public TaskCompletionSource<PushOutcome> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

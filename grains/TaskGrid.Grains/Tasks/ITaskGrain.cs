using System.Collections.Immutable;
using TaskGrid.Domain;
using TaskGrid.Domain.Tasks;

namespace TaskGrid.Grains.Tasks;

/// <summary>One task: its state and its decisions. Called only by its organization's grain. Key: <c>organization/task</c>.</summary>
public interface ITaskGrain : IGrainWithStringKey
{
    /// <summary>Decides commands in order, each on the state that those before it would leave. Nothing is remembered as having happened.</summary>
    [Alias("decide")]
    Task<TaskDecided> Decide(TaskQuestion question);

    /// <summary>The last answer was committed: it is the state now.</summary>
    [Alias("committed")]
    Task Committed(long ticket);
}

/// <summary>What a task is asked.</summary>
/// <param name="Epoch">Of the asking activation: another one than before means that memory may be stale, so the task reloads.</param>
/// <param name="Ticket">Names this question in <see cref="ITaskGrain.Committed"/>.</param>
/// <param name="IsNew">The organization knows that the task does not exist yet: no need to look.</param>
/// <param name="Commands">In the order of the log.</param>
[GenerateSerializer, Immutable, Alias("TaskQuestion")]
public sealed record TaskQuestion(
    [property: Id(0)] Guid Epoch,
    [property: Id(1)] long Ticket,
    [property: Id(2)] bool IsNew,
    [property: Id(3)] ImmutableArray<TaskCommand> Commands);

/// <summary>What a task answers.</summary>
/// <param name="Decisions">One for each command.</param>
/// <param name="After">The state if all of it is committed; null where nothing exists.</param>
/// <param name="VersionBefore">Events in the stream before.</param>
/// <param name="TermBefore">The digest's term before; 0 for a new task.</param>
/// <param name="TermAfter">The digest's term after.</param>
[GenerateSerializer, Immutable, Alias("TaskDecided")]
public sealed record TaskDecided(
    [property: Id(0)] ImmutableArray<Decision<TaskEvent>> Decisions,
    [property: Id(1)] TaskState.Present? After,
    [property: Id(2)] long VersionBefore,
    [property: Id(3)] ulong TermBefore,
    [property: Id(4)] ulong TermAfter);

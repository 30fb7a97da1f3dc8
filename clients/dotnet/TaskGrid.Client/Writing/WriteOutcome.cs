using System.Collections.Immutable;
using TaskGrid.Contracts;

namespace TaskGrid.Client;

/// <summary>What became of a local write.</summary>
public abstract record WriteOutcome
{
    private WriteOutcome() { }

    /// <summary>It is in the outbox, on disk, and shown from now on.</summary>
    /// <param name="Origins">The number that each change has; composed edits share one.</param>
    public sealed record Written(ImmutableArray<Origin> Origins) : WriteOutcome;

    /// <summary>Nothing was written.</summary>
    /// <param name="Index">Which of the changes is at fault.</param>
    /// <param name="Code">One of <see cref="Codes"/>.</param>
    /// <param name="Detail">Why, for a person.</param>
    public sealed record Refused(int Index, string Code, string Detail) : WriteOutcome;
}

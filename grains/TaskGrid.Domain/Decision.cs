using System.Collections.Immutable;

namespace TaskGrid.Domain;

/// <summary>What a decider decided: events, none for a repeat, or a refusal with a stable code.</summary>
/// <typeparam name="TEvent">The closed family of events.</typeparam>
public abstract record Decision<TEvent>
{
    private Decision() { }

    /// <summary>It happened.</summary>
    /// <param name="Events">In order; the first is the change's own, the others ride on it.</param>
    public sealed record Accepted(ImmutableArray<TEvent> Events) : Decision<TEvent>;

    /// <summary>It did not happen, and nothing changed.</summary>
    /// <param name="Rejection">Why.</param>
    public sealed record Rejected(Rejection Rejection) : Decision<TEvent>;
}

/// <summary>Why something was refused.</summary>
/// <param name="Code">One of the protocol's codes.</param>
/// <param name="Detail">Why, for a person.</param>
public sealed record Rejection(string Code, string Detail);

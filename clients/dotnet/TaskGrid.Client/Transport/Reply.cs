using TaskGrid.Contracts;

namespace TaskGrid.Client;

/// <summary>What became of a request.</summary>
/// <typeparam name="T">The answer.</typeparam>
public abstract record Reply<T>
{
    private Reply() { }

    /// <summary>The server answered.</summary>
    /// <param name="Value">The answer.</param>
    public sealed record Answered(T Value) : Reply<T>;

    /// <summary>The server refused, with a stable code.</summary>
    /// <param name="Problem">Why.</param>
    /// <param name="RetryAfter">When to come back, if it said so.</param>
    public sealed record Refused(Problem Problem, TimeSpan? RetryAfter = null) : Reply<T>;

    /// <summary>No answer that one could rely on: no network, a time-out, a proxy. Whether the request arrived is not known.</summary>
    /// <param name="Detail">What happened, for a person.</param>
    public sealed record Unreachable(string Detail) : Reply<T>;

    /// <summary>The answer holds something that this version does not know.</summary>
    /// <param name="Detail">What.</param>
    public sealed record NotUnderstood(string Detail) : Reply<T>;

    /// <summary>The same outcome of a request for something else, where it is no answer.</summary>
    public Reply<TOther> As<TOther>(Func<T, TOther> map) => this switch
    {
        Answered answered => new Reply<TOther>.Answered(map(answered.Value)),
        Refused refused => new Reply<TOther>.Refused(refused.Problem, refused.RetryAfter),
        Unreachable unreachable => new Reply<TOther>.Unreachable(unreachable.Detail),
        NotUnderstood unknown => new Reply<TOther>.NotUnderstood(unknown.Detail),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

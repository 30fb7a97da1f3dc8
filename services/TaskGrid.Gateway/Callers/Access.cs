using TaskGrid.Contracts;

namespace TaskGrid.Gateway.Callers;

/// <summary>Who may call an endpoint. Every endpoint says so, and what it says is what is enforced.</summary>
public abstract record Access
{
    private Access() { }

    /// <summary>Also who is not signed in.</summary>
    public sealed record Anybody : Access;

    /// <summary>Whoever is signed in.</summary>
    public sealed record SignedIn : Access;

    /// <summary>A member of the organization that the request names, from this role up. For all others it does not exist.</summary>
    /// <param name="Least">The least role.</param>
    /// <param name="Named">Where the request names the organization.</param>
    public sealed record Member(Role Least, NamedIn Named) : Access;

    /// <summary>Who is on the operators' list.</summary>
    public sealed record Operator : Access;
}

/// <summary>Where a request names its organization.</summary>
public enum NamedIn
{
    /// <summary>In the path, as <c>{org}</c>.</summary>
    Path,

    /// <summary>In the query, as <c>org</c>.</summary>
    Query,

    /// <summary>In the body or the first frame: the endpoint itself looks, since only it reads that.</summary>
    Body,
}

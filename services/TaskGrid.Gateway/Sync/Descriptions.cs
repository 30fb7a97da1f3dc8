using System.ComponentModel;
using TaskGrid.Contracts;

namespace TaskGrid.Gateway.Sync;

// What the description of the API shows of requests that are read by hand. Nothing binds to these.

/// <summary>The body of a push.</summary>
internal sealed record PushDescription(
    [property: Description("1")] int Protocol,
    [property: Description("The organization.")] OrganizationId Org,
    [property: Description("The store that pushes; its id is made by the client and never copied.")] ReplicaId Replica,
    [property: Description("The log's identity as the client knows it; another one is 410.")] string? History,
    [property: Description("Asks for a pull from here in the same answer.")] long? Since,
    [property: Description("In order of n, without gaps, oldest first.")] IReadOnlyList<Change> Changes);

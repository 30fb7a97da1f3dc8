namespace TaskGrid.Architecture.Tests;

/// <summary>
/// Who may reference whom:
/// <code>
/// Contracts &lt;- Sync &lt;- Domain &lt;- Grains &lt;- EventStore.Marten &lt;- services/*
/// Contracts &lt;- Grains.Abstractions &lt;- Grains, Gateway       Contracts, Sync &lt;- clients/dotnet
/// </code>
/// Services never reference services, except AllInOne, which composes the others; ServiceDefaults is what they share.
/// </summary>
internal static class References
{
    private const string Contracts = "TaskGrid.Contracts";
    private const string Sync = "TaskGrid.Sync";
    private const string Domain = "TaskGrid.Domain";
    private const string Abstractions = "TaskGrid.Grains.Abstractions";
    private const string Grains = "TaskGrid.Grains";
    private const string EventStore = "TaskGrid.EventStore.Marten";
    private const string Defaults = "TaskGrid.ServiceDefaults";
    private const string Client = "TaskGrid.Client";

    private static readonly string[] Authority = [Contracts, Sync, Domain, Abstractions, Grains, EventStore];

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        [Contracts] = [],
        [Sync] = [Contracts],
        [Domain] = [Contracts, Sync],
        [Abstractions] = [Contracts],
        [Grains] = [Contracts, Sync, Domain, Abstractions],
        [EventStore] = [Contracts, Sync, Domain, Abstractions, Grains],
        [Defaults] = [Contracts],
        ["TaskGrid.Silo"] = [.. Authority, Defaults],
        ["TaskGrid.Gateway"] = [.. Authority, Defaults],
        ["TaskGrid.Admin"] = [.. Authority, Defaults],
        ["TaskGrid.Notifications"] = [Contracts, Abstractions, Defaults],
        ["TaskGrid.Attachments"] = [Contracts, Abstractions, Defaults],
        ["TaskGrid.AllInOne"] = [.. Authority, Defaults, "TaskGrid.Silo", "TaskGrid.Gateway", "TaskGrid.Attachments", "TaskGrid.Notifications"],
        [Client] = [Contracts, Sync],
        ["TaskGrid.Cli"] = [Contracts, Sync, Client],
    };

    /// <summary>What a project references against the house rule; a project without a place in the house is a breach of its own.</summary>
    public static IEnumerable<string> Breaches(string project, IEnumerable<string> references)
    {
        if (!Allowed.TryGetValue(project, out var allowed)) return [$"{project} has no place in the table of references"];
        return references.Where(name => name.StartsWith("TaskGrid.", StringComparison.Ordinal) && name != project)
            .Except(allowed)
            .Select(name => $"{project} -> {name}");
    }
}

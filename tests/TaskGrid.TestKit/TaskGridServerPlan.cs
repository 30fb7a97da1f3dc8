namespace TaskGrid.TestKit;

/// <summary>What a TaskGrid server of a test differs in.</summary>
public sealed record TaskGridServerPlan
{
    /// <summary>A database to use; null takes a new one of the shared PostgreSQL.</summary>
    public string? Database { get; init; }

    /// <summary>The bus; null is the embedded in-memory one.</summary>
    public Uri? Bus { get; init; }

    /// <summary>Settings beside the usual ones, as environment variables.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>How long it may take until it is ready; both cores may be busy with other tests.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(90);
}

using TaskGrid.Contracts;

namespace TaskGrid.EventStore.Marten.Rebuilding;

/// <summary>What differs between what the events say and what is stored. Numbers and ids are told; what people wrote is not.</summary>
internal sealed class Differences(IEnumerable<string> faults)
{
    private readonly List<string> found = [.. faults];

    public IReadOnlyList<string> Found => found;

    public void Add(string what, string difference) => found.Add($"{what}: {difference}");

    public void Compare<T>(string what, string member, T replayed, T stored)
    {
        if (!EqualityComparer<T>.Default.Equals(replayed, stored)) Add(what, $"{member} is {stored?.ToString() ?? "absent"}, the events say {replayed?.ToString() ?? "absent"}");
    }

    public void CompareText(string what, string member, string? replayed, string? stored)
    {
        if (replayed != stored) Add(what, $"{member} {Where(replayed, stored)}");
    }

    /// <summary>Equal but for the order of members, which jsonb does not keep.</summary>
    public void CompareJson(string what, string member, string replayed, string stored) =>
        CompareText(what, member, CanonicalJson.From(replayed), CanonicalJson.From(stored));

    private static string Where(string? replayed, string? stored)
    {
        if (stored is null) return "is absent";
        if (replayed is null) return "should be absent";
        var at = replayed.AsSpan().CommonPrefixLength(stored);
        return $"differs from character {at} on ({stored.Length} characters, the events say {replayed.Length})";
    }
}

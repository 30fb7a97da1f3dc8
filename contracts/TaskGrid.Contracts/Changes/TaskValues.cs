using System.Collections.Immutable;

namespace TaskGrid.Contracts;

/// <summary>What a new task starts with.</summary>
/// <param name="Title">The title; empty if not given.</param>
/// <param name="Description">The description; empty if not given.</param>
/// <param name="Registers">Registers by field name, custom ones under <c>custom.&lt;name&gt;</c>.</param>
/// <param name="Labels">Labels, each once.</param>
/// <param name="Watchers">Watchers, each once.</param>
public sealed record TaskValues(
    string Title,
    string Description,
    ImmutableSortedDictionary<string, FieldValue> Registers,
    ImmutableArray<string> Labels,
    ImmutableArray<string> Watchers)
{
    /// <summary>Only a title.</summary>
    public static TaskValues Titled(string title) =>
        new(title, "", Ordinal.Empty<FieldValue>(), [], []);
}

/// <summary>Dictionaries that order names bytewise, so that every reader lists them alike.</summary>
public static class Ordinal
{
    /// <summary>An empty dictionary in ordinal order.</summary>
    public static ImmutableSortedDictionary<string, TValue> Empty<TValue>() =>
        ImmutableSortedDictionary.Create<string, TValue>(StringComparer.Ordinal);
}

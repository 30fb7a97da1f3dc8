using System.Collections.Immutable;

namespace TaskGrid.Contracts.Search;

/// <summary>What a filter means depends on: who asks, which day it is, and what things are called.</summary>
/// <param name="Me">Who asks.</param>
/// <param name="Today">The day that <c>today</c> is.</param>
/// <param name="Members">The organization's members.</param>
/// <param name="Definitions">Its projects and labels, retired ones included.</param>
public sealed record FilterContext(UserId Me, DateOnly Today, ImmutableArray<MemberLine> Members, ImmutableArray<DefinitionLine> Definitions)
{
    /// <summary>The ids of members of this name [SE10].</summary>
    internal IEnumerable<string> MembersNamed(string name) =>
        Members.Where(member => Same(member.Name, name)).Select(member => member.Member.ToString());

    /// <summary>The ids of definitions of this kind whose name passes.</summary>
    internal IEnumerable<string> DefinitionsNamed(string kind, Func<string, bool> passes) =>
        Definitions.Where(definition => definition.Kind == kind && definition.Values.GetValueOrDefault("name")?.AsText() is { } name && passes(name))
            .Select(definition => definition.Id.ToString());

    /// <summary>Equal without regard to case [SE13].</summary>
    internal static bool Same(string left, string right) => CaseFolding.Lower(left) == CaseFolding.Lower(right);
}

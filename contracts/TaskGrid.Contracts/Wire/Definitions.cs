using System.Collections.Immutable;

namespace TaskGrid.Contracts;

/// <summary>A project, label or view as a snapshot's line shows it.</summary>
/// <param name="Kind">project, label or view.</param>
/// <param name="Id">Its id.</param>
/// <param name="Seq">The last change that touched it.</param>
/// <param name="Values">Its properties that have a value.</param>
public sealed record DefinitionLine(string Kind, DefinitionId Id, long Seq, ImmutableSortedDictionary<string, FieldValue> Values);

/// <summary>A member as a snapshot's line shows it.</summary>
/// <param name="Kind">member.</param>
/// <param name="Member">The user.</param>
/// <param name="Name">The name that others see.</param>
/// <param name="Role">The role.</param>
public sealed record MemberLine(string Kind, UserId Member, string Name, Role Role);

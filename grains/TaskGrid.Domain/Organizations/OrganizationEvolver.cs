using System.Collections.Immutable;
using System.Diagnostics;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Domain.Organizations;

/// <summary>Folds events into what an organization's own stream says of it.</summary>
public static class OrganizationEvolver
{
    /// <summary>The state after an event; null before the founding.</summary>
    public static OrganizationCore Evolve(OrganizationCore? core, OrganizationEvent e)
    {
        if (e is OrganizationEvent.Founded founded) return new OrganizationCore { Version = 1, Name = founded.Name };
        var next = core! with { Version = core.Version + 1 };
        return e switch
        {
            OrganizationEvent.Renamed renamed => next with { Name = renamed.Name },
            OrganizationEvent.Closed => next with { Closed = true },
            OrganizationEvent.MemberSet { Role: { } role } set => next with
            {
                Members = next.Members.SetItem(set.Member, new MemberState(set.Name, role)),
            },
            OrganizationEvent.MemberSet gone => next with { Members = next.Members.Remove(gone.Member) },
            OrganizationEvent.Defined defined => next with { Definitions = Define(next.Definitions, defined) },
            OrganizationEvent.NumberVoided or OrganizationEvent.UnknownDeleted => next,
            _ => throw new UnreachableException(e.GetType().Name),
        };
    }

    /// <summary>The state after events.</summary>
    public static OrganizationCore Evolve(OrganizationCore? core, IEnumerable<OrganizationEvent> events) =>
        events.Aggregate(core, (state, e) => Evolve(state, e))!;

    /// <summary>Writes the properties of a definition, a register each.</summary>
    public static OrganizationEvent.Defined DefinedBy(OrganizationCore core, EventMeta meta, ChangeBody.Define define)
    {
        var known = core.Definitions.GetValueOrDefault(define.Id)?.Properties ?? Ordinal.Empty<Register>();
        var lost = define.Values
            .Where(pair => !Write(known.GetValueOrDefault(pair.Key), meta, pair.Value).Applied)
            .Select(pair => pair.Key);
        return new OrganizationEvent.Defined(meta, define, [.. lost]);
    }

    private static ImmutableSortedDictionary<DefinitionId, DefinitionState> Define(
        ImmutableSortedDictionary<DefinitionId, DefinitionState> definitions, OrganizationEvent.Defined e)
    {
        var known = definitions.GetValueOrDefault(e.Sent.Id) ?? new DefinitionState(e.Sent.Kind, 0, Ordinal.Empty<Register>());
        var properties = e.Sent.Values.Aggregate(known.Properties, (all, pair) =>
            all.SetItem(pair.Key, Write(all.GetValueOrDefault(pair.Key), e.Meta, pair.Value).Next));
        return definitions.SetItem(e.Sent.Id, known with { Seq = e.Meta.Seq, Properties = properties });
    }

    private static RegisterWrite Write(Register? register, EventMeta meta, FieldValue? value) =>
        (register ?? Register.Empty).Write(
            new RegisterEntry(meta.Seq, meta.Origin!.Value, meta.At, meta.AtSent, meta.User, value), meta.Clock!);
}

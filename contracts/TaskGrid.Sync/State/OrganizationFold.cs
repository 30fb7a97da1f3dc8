using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>What a canonical change makes of an organization's members, projects, labels and views.</summary>
public static class OrganizationFold
{
    /// <summary>The line of a project, label or view after the change; the same line if the change is about something else.</summary>
    public static DefinitionLine? Apply(DefinitionLine? line, CanonicalChange change)
    {
        if (change.Body is not ChangeBody.Define define || (line is not null && (line.Id != define.Id || line.Kind != define.Kind)))
            return line;
        DefinitionLine known = line ?? new(define.Kind, define.Id, change.Seq, Ordinal.Empty<FieldValue>());
        var values = known.Values;
        if (change.Effect is not { Applied: false })
        {
            foreach ((string property, FieldValue? value) in define.Values)
                values = value is null ? values.Remove(property) : values.SetItem(property, value);
        }
        return known with { Seq = change.Seq, Values = values };
    }

    /// <summary>A member's line after the change: null once the member is gone, the same line if the change is about somebody else.</summary>
    public static MemberLine? Apply(MemberLine? line, CanonicalChange change)
    {
        if (change.Body is not ChangeBody.Member member || (line is not null && line.Member != member.Subject))
            return line;
        return member.Role is { } role ? new MemberLine("member", member.Subject, member.Name, role) : null;
    }
}

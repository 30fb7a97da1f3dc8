using System.Collections.Immutable;
using System.Text.Json;

namespace TaskGrid.Contracts;

/// <summary>
/// Reads a canonical change. A client that meets an op, field, effect or kind of conflict that it does not know must stop and ask to be
/// updated; members that it does not know are passed over, so that a newer server may say more.
/// </summary>
public static class CanonicalReader
{
    /// <summary>Reads a canonical change.</summary>
    /// <exception cref="JsonException">It has an op, field, effect or kind of conflict that this version does not know.</exception>
    public static CanonicalChange Read(JsonElement element)
    {
        var members = new MemberReader(element);
        var seq = members.Number("seq", 1);
        var user = members.Id<UserId>("user");
        var time = Time(members, "time");
        var at = members.Stamp("at");
        Stamp? atSent = members.Has("atSent") ? members.Stamp("atSent") : null;
        var origin = Origin(members);
        var clock = members.Has("clock") ? members.Clock("clock") : null;
        var effect = members.TakeOptional("effect") is { } e ? ReadEffect(e) : null;
        // In a push a resolve names its conflict by id; the canonical change has the whole of it there.
        var conflict = members.TakeOptional("conflict") is { } c ? ReadNote(c) : null;
        var further = members.TakeOptional("conflicts") is { } list ? list.EnumerateArray().Select(ReadNote) : [];
        var body = members.Fault is null ? Body(members, conflict?.Id) : null;
        if (members.Fault is { } fault) throw new JsonException(fault);
        return new CanonicalChange(seq, origin, user, time, at, atSent, clock, body!, effect, conflict) { Conflicts = [.. further] };
    }

    private static Origin? Origin(MemberReader members)
    {
        var replica = members.IdOrNull<ReplicaId>("replica");
        var n = members.TakeOptional("n");
        return replica is { } known && n is { ValueKind: JsonValueKind.Number } number ? new Origin(known, number.GetInt64()) : null;
    }

    private static ChangeBody? Body(MemberReader members, ConflictId? conflict)
    {
        if (!members.Has("op") || !members.Has("member")) return BodyReader.Read(members, conflict);
        members.Take("op");
        var role = members.Take("role");
        return new ChangeBody.Member(members.Id<UserId>("member"), members.Text("name", Limits.Title, mayBeEmpty: true),
            role is { ValueKind: JsonValueKind.String } word ? Roles.Parse(word.GetString()) : null);
    }

    private static DateTimeOffset Time(MemberReader members, string name)
    {
        if (members.Take(name) is { ValueKind: JsonValueKind.String } text && text.TryGetDateTimeOffset(out var time)) return time.ToUniversalTime();
        members.Fail($"'{name}' must be a time");
        return default;
    }

    private static Effect ReadEffect(JsonElement element)
    {
        var members = new MemberReader(element);
        var effect = new Effect
        {
            Applied = members.TakeOptional("applied") is not { ValueKind: JsonValueKind.False },
            HasValue = members.Has("value"),
            Value = members.Has("value") ? members.Value("value") : null,
            ParentCleared = members.TakeOptional("parent") is not null,
            Deleted = Tasks(members, "deleted"),
            Top = Tasks(members, "top"),
            Restored = Tasks(members, "restored"),
            Edit = members.Has("edit") ? members.Edit("edit") : null,
        };
        return members.End() is { } fault ? throw new JsonException($"effect: {fault}") : effect;
    }

    private static ImmutableArray<TaskId> Tasks(MemberReader members, string name) =>
        members.TakeOptional(name) is { } ids
            ? [.. ids.EnumerateArray().Select(id => IdText.Parse<TaskId>(id.GetString()!))]
            : [];

    /// <summary>Reads a conflict.</summary>
    /// <exception cref="JsonException">It is of a kind that this version does not know.</exception>
    public static ConflictNote ReadNote(JsonElement element)
    {
        var members = new MemberReader(element);
        var note = new ConflictNote(members.Id<ConflictId>("id"), members.Text("kind", Limits.ShortText), members.Id<TaskId>("task"),
            members.TakeOptional("field")?.GetString(), members.Take("open") is { ValueKind: JsonValueKind.True },
            members.Take("versions") is { } versions ? [.. versions.EnumerateArray().Select(ReadVersion)] : [],
            members.Text("rule", Limits.ShortText),
            members.TakeOptional("resolvedBy") is { } resolved ? ReadResolution(resolved) : null,
            members.Has("merged") ? members.Value("merged") : null);
        if (!ConflictKinds.IsKnown(note.Kind)) members.Fail($"'{note.Kind}' is not a kind of this version");
        return members.Fault is { } fault ? throw new JsonException($"conflict: {fault}") : note;
    }

    private static ConflictVersion ReadVersion(JsonElement element)
    {
        var members = new MemberReader(element);
        var at = members.Stamp("at");
        var version = new ConflictVersion(members.Number("seq", 1), members.Value("value"), members.Id<UserId>("user"),
            members.Id<ReplicaId>("replica"), at, members.Has("atSent") ? members.Stamp("atSent") : at, members.Text("op", Limits.ShortText));
        return members.Fault is { } fault ? throw new JsonException($"version: {fault}") : version;
    }

    private static ConflictResolution ReadResolution(JsonElement element)
    {
        var members = new MemberReader(element);
        var resolution = new ConflictResolution(members.Number("seq", 1), members.Id<UserId>("user"),
            members.Has("choice") ? members.Number("choice", 1) : null, members.Has("value") ? members.Value("value") : null, Time(members, "time"));
        return members.Fault is { } fault ? throw new JsonException($"resolvedBy: {fault}") : resolution;
    }
}

using System.Text.Json;

namespace TaskGrid.Contracts;

/// <summary>What became of reading one change of a push.</summary>
public abstract record ChangeReading
{
    private ChangeReading() { }

    /// <summary>A change.</summary>
    /// <param name="Change">As sent.</param>
    public sealed record Read(Change Change) : ChangeReading;

    /// <summary>A number, but not a change: it uses up its number as <c>rejected: invalid</c>.</summary>
    /// <param name="N">Its number.</param>
    /// <param name="Detail">What is wrong, for a person.</param>
    /// <param name="Subject">What it is about, as far as that could be read.</param>
    public sealed record Invalid(long N, string Detail, ChangeSubject? Subject) : ChangeReading;

    /// <summary>Not even a number: the whole request is malformed.</summary>
    /// <param name="Detail">What is wrong, for a person.</param>
    public sealed record Malformed(string Detail) : ChangeReading;
}

/// <summary>Reads one change of a push, strictly: unknown ops, fields and members are faults, never ignored.</summary>
public static class ChangeReader
{
    /// <summary>Reads a change as an author sends it.</summary>
    public static ChangeReading Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) return new ChangeReading.Malformed("a change must be an object");
        if (NumberOf(element) is not { ValueKind: JsonValueKind.Number } number || !number.TryGetInt64(out var n) || n < 1)
            return new ChangeReading.Malformed("'n' must be a whole number from 1 up");
        if (!CanonicalJson.TryFrom(element, out _, out var fault)) return new ChangeReading.Invalid(n, fault!, ChangeSubject.Of(element));
        var members = new MemberReader(element);
        members.Take("n");
        var at = members.Stamp("at");
        var clock = members.Clock("clock");
        var body = members.Fault is null ? BodyReader.Read(members) : null;
        return members.End() is { } wrong ? new ChangeReading.Invalid(n, wrong, ChangeSubject.Of(element)) : new ChangeReading.Read(new Change(n, at, clock, body!));
    }

    // Not TryGetProperty: beside a name that is no Unicode text it throws, and the number must be found all the same.
    private static JsonElement? NumberOf(JsonElement change)
    {
        foreach (var member in change.EnumerateObject())
        {
            if (IsNumber(member)) return member.Value;
        }
        return null;
    }

    private static bool IsNumber(JsonProperty member)
    {
        try
        {
            return member.NameEquals("n"u8);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using TaskGrid.Contracts;

namespace TaskGrid.Gateway.Json;

/// <summary>Takes members of a request's object and remembers what is wrong with each, so that a form can show all of it at once.</summary>
internal sealed class ObjectReader(JsonElement element)
{
    private readonly ImmutableSortedDictionary<string, string>.Builder errors = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);

    /// <summary>What is wrong; null if nothing is.</summary>
    public ImmutableSortedDictionary<string, string>? Errors => errors.Count > 0 ? errors.ToImmutable() : null;

    public void Fail(string name, string what) => errors.TryAdd(name, what);

    public string Text(string name, int least, int most)
    {
        var text = OptionalText(name, least, most);
        if (text is null) Fail(name, "is missing");
        return text ?? "";
    }

    public string? OptionalText(string name, int least, int most)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind != JsonValueKind.String) Fail(name, "must be a string");
        else if (!CanonicalJson.TryGetCleanString(value, out var text)) Fail(name, "has U+0000 or a lone surrogate");
        else if (text.Length < least || text.Length > most) Fail(name, $"must have {least} to {most} characters");
        else return text;
        return "";
    }

    public T? OptionalId<T>(string name) where T : struct, IId<T>
    {
        if (OptionalText(name, 0, 64) is not { } text) return null;
        if (IdText.TryParse<T>(text, out var id)) return id;
        Fail(name, "must be a UUID in lower-case text");
        return null;
    }

    public T Id<T>(string name) where T : struct, IId<T>
    {
        if (OptionalId<T>(name) is { } id) return id;
        Fail(name, "is missing");
        return default;
    }

    public Role Role(string name)
    {
        if (Roles.Parse(Text(name, 1, 16)) is { } role) return role;
        Fail(name, "must be viewer, member, admin or owner");
        return Contracts.Role.Viewer;
    }
}

using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace TaskGrid.Contracts;

/// <summary>
/// Takes the members of a JSON object one by one and remembers the first fault, so that a reader is a list of members and not a
/// ladder of checks. Members that nobody took are a fault too: unknown fields are never ignored.
/// </summary>
internal sealed class MemberReader
{
    private readonly Dictionary<string, JsonElement> rest = new(StringComparer.Ordinal);

    public MemberReader(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Fault = "expected an object";
            return;
        }
        foreach (var member in element.EnumerateObject())
        {
            if (!CanonicalJson.IsClean(member.Name)) Fail("a member's name has U+0000 or a lone surrogate");
            else if (!rest.TryAdd(member.Name, member.Value)) Fail($"'{member.Name}' stands twice");
        }
    }

    public string? Fault { get; private set; }

    public void Fail(string fault) => Fault ??= fault;

    public bool Has(string name) => rest.ContainsKey(name);

    public JsonElement? Take(string name)
    {
        if (rest.Remove(name, out var value)) return value;
        Fail($"'{name}' is missing");
        return null;
    }

    public JsonElement? TakeOptional(string name) => rest.Remove(name, out var value) ? value : null;

    public string Text(string name, int maxBytes, bool mayBeEmpty = false) => Check(Take(name), name, maxBytes, mayBeEmpty);

    public string TextOr(string name, int maxBytes, string otherwise) =>
        TakeOptional(name) is { } value ? Check(value, name, maxBytes, mayBeEmpty: true) : otherwise;

    public string ShortText(string name)
    {
        var text = Text(name, Limits.ShortText * 4);
        if (text.Length > Limits.ShortText) Fail($"'{name}' is longer than {Limits.ShortText} characters");
        return text;
    }

    public T Id<T>(string name) where T : struct, IId<T> => ReadId<T>(Take(name), name);

    public T? IdOrNull<T>(string name) where T : struct, IId<T> =>
        TakeOptional(name) is { ValueKind: not JsonValueKind.Null } value ? ReadId<T>(value, name) : null;

    public long Number(string name, long least)
    {
        var value = Take(name);
        if (value is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var result) && result >= least) return result;
        Fail($"'{name}' must be a whole number from {least} up");
        return least;
    }

    public Stamp Stamp(string name)
    {
        var value = Take(name);
        if (value is { ValueKind: JsonValueKind.String } text && Contracts.Stamp.TryParse(text.GetString(), out var stamp)) return stamp;
        Fail($"'{name}' must be a stamp like 2026-11-23T10:15:30.123Z/0004");
        return default;
    }

    public CausalClock Clock(string name)
    {
        if (Take(name) is { } value && CausalClockJsonConverter.TryRead(value, out var clock)) return clock;
        Fail($"'{name}' must be an object with 'base' and whole numbers");
        return new CausalClock(0);
    }

    public TextEdit Edit(string name)
    {
        if (Take(name) is not { } value) return TextEdit.Empty;
        if (TextEdit.TryRead(value, out var edit, out var fault)) return edit;
        Fail($"'{name}': {fault}");
        return TextEdit.Empty;
    }

    public FieldValue? Value(string name) => Take(name) is { } value ? ReadValue(value, name) : null;

    public FieldValue? ReadValue(JsonElement value, string name)
    {
        if (CanonicalJson.TryFrom(value, out _, out var fault)) return FieldValue.From(value);
        Fail($"'{name}': {fault}");
        return null;
    }

    public ImmutableArray<string> ShortTexts(string name)
    {
        if (TakeOptional(name) is not { } value) return [];
        if (value.ValueKind != JsonValueKind.Array)
        {
            Fail($"'{name}' must be an array of strings");
            return [];
        }
        var texts = new SortedSet<string>(Utf8Order.Instance);
        foreach (var item in value.EnumerateArray())
        {
            var text = Check(item, name, Limits.ShortText * 4, mayBeEmpty: false);
            if (text.Length > Limits.ShortText) Fail($"an item of '{name}' is longer than {Limits.ShortText} characters");
            texts.Add(text);
        }
        return [.. texts];
    }

    public IEnumerable<(string Name, JsonElement Value)> TakeRest()
    {
        var all = rest.Select(member => (member.Key, member.Value)).ToList();
        rest.Clear();
        return all;
    }

    /// <summary>The first fault; what nobody took counts as one.</summary>
    public string? End()
    {
        if (rest.Count > 0) Fail($"'{rest.Keys.Order(StringComparer.Ordinal).First()}' is not a member here");
        return Fault;
    }

    private T ReadId<T>(JsonElement? value, string name) where T : struct, IId<T>
    {
        if (value is { ValueKind: JsonValueKind.String } text && IdText.TryParse<T>(text.GetString(), out var id)) return id;
        Fail($"'{name}' must be a UUID in lower-case text");
        return default;
    }

    private string Check(JsonElement? value, string name, int maxBytes, bool mayBeEmpty)
    {
        if (value is not { ValueKind: JsonValueKind.String } element)
        {
            Fail($"'{name}' must be a string");
            return "";
        }
        var text = Unescape(element);
        if (text is null || !CanonicalJson.IsClean(text)) Fail($"'{name}' has U+0000 or a lone surrogate");
        else if (text.Length == 0 && !mayBeEmpty) Fail($"'{name}' is empty");
        else if (Encoding.UTF8.GetByteCount(text) > maxBytes) Fail($"'{name}' is longer than {maxBytes} bytes");
        return Fault is null ? text! : "";
    }

    /// <summary>The string; null where its escapes make a lone surrogate, which System.Text.Json refuses to read.</summary>
    private static string? Unescape(JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

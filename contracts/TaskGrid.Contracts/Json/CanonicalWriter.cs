using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TaskGrid.Contracts;

/// <summary>Writes values in the form of RFC 8785. Every method that can meet a bad value returns what is wrong, or null.</summary>
internal static class CanonicalWriter
{
    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(i => (char)i), '"', '\\']);

    public static string? Write(StringBuilder text, JsonElement value, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                return depth == 0 ? "nested too deep" : WriteObject(text, value, depth - 1);
            case JsonValueKind.Array:
                return depth == 0 ? "nested too deep" : WriteArray(text, value, depth - 1);
            case JsonValueKind.String:
                if (!CanonicalJson.TryGetCleanString(value, out string? content))
                    return "a string holds U+0000 or a lone surrogate";
                WriteString(text, content);
                return null;
            case JsonValueKind.Number:
                if (!value.TryGetDouble(out double number) || !double.IsFinite(number))
                    return "a number is beyond an IEEE double";
                EcmaScriptNumber.Write(text, number);
                return null;
            case JsonValueKind.Undefined:
                return "no value";
            default:
                text.Append(value.ValueKind switch { JsonValueKind.True => "true", JsonValueKind.False => "false", _ => "null" });
                return null;
        }
    }

    public static void WriteString(StringBuilder text, string content)
    {
        text.Append('"');
        ReadOnlySpan<char> rest = content;
        for (int at = rest.IndexOfAny(Escaped); at >= 0; at = rest.IndexOfAny(Escaped))
        {
            text.Append(rest[..at]);
            WriteEscaped(text, rest[at]);
            rest = rest[(at + 1)..];
        }
        text.Append(rest).Append('"');
    }

    private static void WriteEscaped(StringBuilder text, char c)
    {
        string? brief = c switch
        {
            '\b' => "\\b",
            '\t' => "\\t",
            '\n' => "\\n",
            '\f' => "\\f",
            '\r' => "\\r",
            '"' => "\\\"",
            '\\' => "\\\\",
            _ => null,
        };
        if (brief is null)
            text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        else
            text.Append(brief);
    }

    private static string? WriteArray(StringBuilder text, JsonElement array, int depth)
    {
        text.Append('[');
        bool first = true;
        foreach (JsonElement item in array.EnumerateArray())
        {
            if (!first)
                text.Append(',');
            first = false;
            if (Write(text, item, depth) is { } error)
                return error;
        }
        text.Append(']');
        return null;
    }

    private static string? WriteObject(StringBuilder text, JsonElement value, int depth)
    {
        if (!TryReadMembers(value, out List<(string Name, JsonElement Value)> members))
            return "a name holds U+0000 or a lone surrogate";
        members.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        text.Append('{');
        for (int i = 0; i < members.Count; i++)
        {
            if (i > 0 && members[i].Name == members[i - 1].Name)
                return "a name stands twice in an object";
            if (i > 0)
                text.Append(',');
            WriteString(text, members[i].Name);
            text.Append(':');
            if (Write(text, members[i].Value, depth) is { } error)
                return error;
        }
        text.Append('}');
        return null;
    }

    private static bool TryReadMembers(JsonElement value, out List<(string Name, JsonElement Value)> members)
    {
        members = [];
        foreach (JsonProperty member in value.EnumerateObject())
        {
            string name;
            try
            {
                name = member.Name;
            }
            catch (InvalidOperationException)
            {
                // As with strings: the only sign of an escaped lone surrogate in a name.
                return false;
            }
            if (!CanonicalJson.IsClean(name))
                return false;
            members.Add((name, member.Value));
        }
        return true;
    }
}

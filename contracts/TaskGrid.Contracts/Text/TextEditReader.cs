using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace TaskGrid.Contracts;

/// <summary>Reads a text edit strictly: what the sender wrote must already be the normal form, since its bytes are hashed and kept.</summary>
internal static class TextEditReader
{
    // Far beyond any text, and far enough below int.MaxValue that no transformation of it overflows.
    private const long MaxReach = 1L << 28;

    public static bool TryRead(JsonElement json, [NotNullWhen(true)] out TextEdit? edit, [NotNullWhen(false)] out string? error)
    {
        edit = null;
        if (json.ValueKind != JsonValueKind.Array)
        {
            error = "an edit is an array";
            return false;
        }
        var builder = new TextEditBuilder();
        TextComponentKind? last = null;
        long reach = 0;
        foreach (JsonElement item in json.EnumerateArray())
        {
            if (!TryReadComponent(item, out TextComponent component, out error))
                return false;
            if (component.Kind == last)
            {
                error = "neighbouring components of one kind must be joined";
                return false;
            }
            if (component.Kind != TextComponentKind.Insert)
                reach += component.Count;
            builder.Append(component);
            last = component.Kind;
        }
        error = last == TextComponentKind.Keep ? "an edit does not end with a keep" : reach > MaxReach ? "an edit reaches too far" : null;
        if (error is null)
            edit = builder.ToEdit();
        return error is null;
    }

    private static bool TryReadComponent(JsonElement item, out TextComponent component, [NotNullWhen(false)] out string? error)
    {
        component = default;
        error = null;
        switch (item.ValueKind)
        {
            case JsonValueKind.Number when TryReadCount(item, out int count):
                component = TextComponent.Keep(count);
                return true;
            case JsonValueKind.String when CanonicalJson.TryGetCleanString(item, out string? text) && text.Length > 0:
                component = TextComponent.Insert(text);
                return true;
            case JsonValueKind.Object when item.GetPropertyCount() == 1 && item.TryGetProperty("d"u8, out JsonElement d) && TryReadCount(d, out int deleted):
                component = TextComponent.Delete(deleted);
                return true;
            default:
                error = "a component is a positive whole number, a string that is clean and not empty, or {\"d\": positive whole number}";
                return false;
        }
    }

    /// <summary>Numbers are IEEE doubles on this wire, so 3.0 and 3e0 are the same 3.</summary>
    private static bool TryReadCount(JsonElement item, out int count)
    {
        count = 0;
        if (item.ValueKind != JsonValueKind.Number)
            return false;
        if (item.TryGetInt32(out count))
            return count > 0;
        if (!item.TryGetDouble(out double number) || number is < 1 or > int.MaxValue || number != Math.Floor(number))
            return false;
        count = (int)number;
        return true;
    }
}

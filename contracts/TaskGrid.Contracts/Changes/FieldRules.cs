using System.Buffers;
using System.Globalization;
using System.Text;

namespace TaskGrid.Contracts;

/// <summary>What a register may hold.</summary>
public static class FieldRules
{
    private static readonly SearchValues<char> Base62 =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Says why a register cannot hold a value; null if it can. Null clears and is always right.</summary>
    public static string? Fault(string field, FieldValue? value)
    {
        if (Fields.KindOf(field) != FieldKind.Register) return $"'{field}' is not a register";
        if (value is null) return null;
        if (Fields.IsCustom(field))
            return Encoding.UTF8.GetByteCount(value.Json) > Limits.Custom ? $"'{field}' is longer than {Limits.Custom} bytes" : null;
        var text = value.AsText();
        if (text is null) return $"'{field}' must be a string or null";
        return field switch
        {
            Fields.Status or Fields.Priority => text.Length is >= 1 and <= Limits.ShortText ? null : $"'{field}' must have 1 to 64 characters",
            Fields.Assignee => IdText.TryParse<UserId>(text, out _) ? null : $"'{field}' must be a user's id",
            Fields.Project or Fields.Parent => IdText.TryParse<TaskId>(text, out _) ? null : $"'{field}' must be an id",
            Fields.DueDate => IsDueDate(text) ? null : $"'{field}' must be YYYY-MM-DD or an RFC 3339 time",
            Fields.Order => text.Length is >= 1 and <= Limits.ShortText && !text.AsSpan().ContainsAnyExcept(Base62)
                ? null : $"'{field}' must have 1 to 64 of 0-9A-Za-z",
            _ => $"'{field}' is not a register",
        };
    }

    private static bool IsDueDate(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        || (text.Length is >= 20 and <= 35 && text[10] == 'T' && (text[^1] == 'Z' || text[^6] is '+' or '-')
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _));
}

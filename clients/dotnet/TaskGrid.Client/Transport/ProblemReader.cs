using System.Collections.Immutable;
using System.Text.Json;
using TaskGrid.Contracts;

namespace TaskGrid.Client;

/// <summary>Reads problems leniently: what a server says against a request must get through whatever else it adds.</summary>
internal static class ProblemReader
{
    public static Problem? Read(int status, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "code") is not { } code) return null;
            return new Problem(status, code, Text(root, "title") ?? code, Text(root, "detail"), Number(root, "expected"), Number(root, "n"), Errors(root));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static bool IsJson(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    private static ImmutableSortedDictionary<string, string>? Errors(JsonElement root)
    {
        if (!root.TryGetProperty("errors", out var errors) || errors.ValueKind != JsonValueKind.Object) return null;
        return errors.EnumerateObject().ToImmutableSortedDictionary(error => error.Name, error => Sentence(error.Value), StringComparer.Ordinal);
    }

    private static string Sentence(JsonElement texts) => texts.ValueKind == JsonValueKind.Array
        ? string.Join(" ", texts.EnumerateArray().Select(text => text.ToString()))
        : texts.ToString();
}

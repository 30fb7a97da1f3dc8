using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TaskGrid.Architecture.Tests;

/// <summary>The wire never moves by accident: its schemas are pinned.</summary>
public sealed partial class ProtocolTests
{
    private const string Folder = Rules.Folder;

    [Fact]
    public void The_schemas_are_those_of_the_newest_line_of_VERSIONS() =>
        Assert.Equal(PinnedHash().Match(House.Text($"{Folder}/VERSIONS.md")).Groups["hash"].Value, HashOf(Schemas()));

    [Fact]
    public void A_changed_schema_has_another_hash() =>
        Assert.NotEqual(HashOf(Schemas()), HashOf(Schemas().Select(schema => schema with { Text = schema.Text + " " })));

    [Fact]
    public void Each_schema_refers_only_to_what_is_there()
    {
        var known = Schemas().ToDictionary(schema => schema.Name, schema => JsonDocument.Parse(schema.Text).RootElement);
        foreach (var (name, root) in known)
            foreach (var reference in ReferencesIn(root))
                Assert.True(Resolves(known, name, reference), $"{name}: {reference}");
    }

    private static IReadOnlyList<Schema> Schemas() =>
        [.. House.FilesUnder($"{Folder}/schema", "*.json").Order(StringComparer.Ordinal).Select(path => new Schema(Path.GetFileName(path), File.ReadAllText(path)))];

    /// <summary>SHA-256 over name and text of each schema, in order of names; the first 16 hex digits.</summary>
    private static string HashOf(IEnumerable<Schema> schemas)
    {
        var text = string.Concat(schemas.Select(schema => $"{schema.Name}\n{schema.Text}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }

    private static IEnumerable<string> ReferencesIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            member.Name == "$ref" ? [member.Value.GetString()!] : ReferencesIn(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(ReferencesIn),
        _ => [],
    };

    private static bool Resolves(Dictionary<string, JsonElement> known, string from, string reference)
    {
        var (file, path) = reference.Split('#') is [var before, var after] ? (before, after) : (reference, "");
        if (!known.TryGetValue(file.Length == 0 ? from : file, out var element)) return false;
        foreach (var step in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            if (!element.TryGetProperty(step, out element)) return false;
        return true;
    }

    [GeneratedRegex(@"^\| \d+ \| `(?<hash>[0-9a-f]{16})` \|", RegexOptions.Multiline)]
    private static partial Regex PinnedHash();

    private sealed record Schema(string Name, string Text);
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace TaskGrid.Gateway.Tests.Facts;

/// <summary>The schemas of contracts/protocol/schema, and which of them an answer must be one of.</summary>
internal static class Schemas
{
    private static readonly Uri Base = new("https://taskgrid.invalid/schema/");
    private static readonly SchemaRegistry Registry = new();
    private static readonly BuildOptions Options = new() { SchemaRegistry = Registry };
    private static readonly EvaluationOptions Every = new() { OutputFormat = OutputFormat.List };
    private static readonly IReadOnlyDictionary<string, JsonSchema> Known = Load();

    /// <summary>Fails unless the JSON is one of this schema, such as <c>conflict</c> or <c>reads#/$defs/text</c>.</summary>
    public static void AssertFits(string schema, JsonNode? json)
    {
        using var document = JsonDocument.Parse(json?.ToJsonString() ?? "null");
        AssertFits(schema, document.RootElement);
    }

    public static void AssertFits(string schema, JsonElement json)
    {
        var faults = Faults(schema, json);
        Assert.True(faults is null, $"{schema}: {faults}\n{json}");
    }

    /// <summary>What is wrong; null if nothing is.</summary>
    public static string? Faults(string schema, JsonElement json)
    {
        var result = Find(schema).Evaluate(json, Every);
        if (result.IsValid) return null;
        return string.Join("; ", (result.Details ?? []).Where(detail => detail.Errors is not null)
            .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}")));
    }

    /// <summary>Fails unless an answer is as its route's schema says; a failure must be a problem.</summary>
    public static void AssertAnswer(string method, string path, int status, string body)
    {
        if (body.Length == 0) return;
        using var json = JsonDocument.Parse(body);
        if (status >= 400) AssertFits("problem", json.RootElement);
        else if (OfRoute(method, path.Split('?')[0]) is { } schema) AssertFits(schema, json.RootElement);
    }

    private static string? OfRoute(string method, string path) => (method, path.Split('/', StringSplitOptions.RemoveEmptyEntries)) switch
    {
        (_, ["api", "auth", "register" or "login" or "refresh"]) => "accounts#/$defs/session",
        (_, ["api", "me"]) => "accounts#/$defs/me",
        ("POST", ["api", "orgs"]) or ("PATCH", ["api", "orgs", _]) => "accounts#/$defs/organization",
        ("GET", ["api", "orgs", _, "members"]) => "accounts#/$defs/members",
        ("POST" or "PATCH", ["api", "orgs", _, "members", ..]) => "accounts#/$defs/member",
        ("GET", ["api", "orgs", _, "tasks"]) => "reads#/$defs/search",
        (_, ["api", "sync", "push"]) => "push-answer",
        (_, ["api", "sync", "pull"]) => "pull-answer",
        (_, ["api", "sync", "ticket"]) => "accounts#/$defs/ticket",
        (_, ["api", "sync", var read]) when read is "text" or "conflicts" or "history" => $"reads#/$defs/{read}",
        _ => null,
    };

    private static JsonSchema Find(string schema) => Known.TryGetValue(schema, out var known) ? known : Part(schema);

    /// <summary>A part of a schema, as a schema that refers to it.</summary>
    private static JsonSchema Part(string schema)
    {
        var reference = schema.Replace("#", ".schema.json#", StringComparison.Ordinal);
        return JsonSchema.FromText(new JsonObject { ["$ref"] = new Uri(Base, reference).ToString() }.ToJsonString(), Options, new Uri(Base, $"part/{Guid.NewGuid():N}"));
    }

    /// <summary>Each refers to others that may not be there yet, so those are read when they are asked for.</summary>
    private static Dictionary<string, JsonSchema> Load()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "schema");
        var texts = Directory.GetFiles(folder, "*.schema.json").ToDictionary(path => Path.GetFileName(path), File.ReadAllText);
        Registry.Fetch = (uri, _) => texts.TryGetValue(uri.Segments[^1], out var text) ? JsonSchema.FromText(text, Options, new Uri(Base, uri.Segments[^1])) : null;
        return texts.ToDictionary(pair => pair.Key.Replace(".schema.json", "", StringComparison.Ordinal),
            pair => (JsonSchema)(Registry.Get(new Uri(Base, pair.Key)) ?? throw new InvalidOperationException(pair.Key)));
    }
}

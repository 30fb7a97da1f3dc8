using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace TaskGrid.Gateway.Tests.Facts;

/// <summary>One store of one person in one organization: makes changes and pushes them, nothing else.</summary>
public sealed class Store(Person person, string organization)
{
    public string Replica { get; } = Guid.NewGuid().ToString();

    public Person Person => person;

    public string Organization => organization;

    public static string At(int counter = 0) =>
        string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}/{counter:0000}");

    public static JsonObject Create(long n, string task, string title = "Paint the fence", long @base = 1) => new()
    {
        ["n"] = n, ["at"] = At(), ["clock"] = new JsonObject { ["base"] = @base },
        ["op"] = "create", ["task"] = task, ["values"] = new JsonObject { ["title"] = title },
    };

    public static JsonObject Set(long n, string task, string field, JsonNode? value, long @base = 1) => new()
    {
        ["n"] = n, ["at"] = At(), ["clock"] = new JsonObject { ["base"] = @base },
        ["op"] = "set", ["task"] = task, ["field"] = field, ["value"] = value,
    };

    /// <summary>A change of any op, with the members that it has.</summary>
    public static JsonObject Other(long n, string op, long @base, params (string Name, JsonNode Value)[] members)
    {
        var change = new JsonObject { ["n"] = n, ["at"] = At(), ["clock"] = new JsonObject { ["base"] = @base }, ["op"] = op };
        foreach (var (name, value) in members) change[name] = value;
        return change;
    }

    public JsonObject Body(params JsonNode[] changes) => new()
    {
        ["protocol"] = 1, ["org"] = organization, ["replica"] = Replica,
        ["changes"] = new JsonArray([.. changes.Select(change => change.DeepClone())]),
    };

    public Task<JsonNode?> PushAsync(params JsonNode[] changes) => PushAsync(HttpStatusCode.OK, changes);

    public Task<JsonNode?> PushAsync(HttpStatusCode expected, params JsonNode[] changes) => PushRawAsync(Body(changes).ToJsonString(), expected);

    public Task<JsonNode?> PushRawAsync(string body, HttpStatusCode expected) => person.PostAsync("/api/sync/push", body, expected);

    public Task<JsonNode?> PullAsync(long since = 0, string more = "", HttpStatusCode expected = HttpStatusCode.OK) =>
        person.GetAsync($"/api/sync/pull?org={organization}&replica={Replica}&since={since}{more}", expected);

    /// <summary>The head, to see that something did or did not change.</summary>
    public async Task<long> HeadAsync() => (long)(await PullAsync())!["head"]!;
}

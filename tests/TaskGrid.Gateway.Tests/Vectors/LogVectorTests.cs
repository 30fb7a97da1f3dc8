using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using TaskGrid.Contracts;
using TaskGrid.Domain.Tests.Vectors;
using TaskGrid.Gateway.Tests.Facts;
using TaskGrid.Sync.Tests;

namespace TaskGrid.Gateway.Tests.Vectors;

/// <summary>
/// The logs in the making, made by the whole server over HTTP: what was pushed is answered and pulled as the vectors say. A vector's day is
/// moved into the past, where the server holds no stamp; those that need its clock to stand somewhere are left to the pure parts.
/// </summary>
public sealed class LogVectorTests(People people) : IClassFixture<People>
{
    private static readonly string[] ServersOwn = ["time", "detail"];
    private static readonly TimeSpan Joins = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(60);

    public static IEnumerable<TheoryDataRow<string>> Conflicts => VectorFile.Tests("conflicts.json").Where(NeedsNoClock("conflicts.json"));

    public static IEnumerable<TheoryDataRow<string>> Trees => VectorFile.Tests("trees.json").Where(NeedsNoClock("trees.json"));

    public static IEnumerable<TheoryDataRow<string>> Pushes => VectorFile.Tests("push.json").Where(NeedsNoClock("push.json"));

    [Theory]
    [MemberData(nameof(Conflicts))]
    public Task Conflicts_are_as_the_vectors_say(string name) => RunAsync(VectorFile.Case("conflicts.json", name));

    [Theory]
    [MemberData(nameof(Trees))]
    public Task Trees_and_deletes_are_as_the_vectors_say(string name) => RunAsync(VectorFile.Case("trees.json", name));

    [Theory]
    [MemberData(nameof(Pushes))]
    public Task Pushes_are_answered_as_the_vectors_say(string name) => RunAsync(VectorFile.Case("push.json", name));

    private async Task RunAsync(JsonElement written)
    {
        var json = people.Named(written.GetRawText().Replace("2026-11-23T", "2020-11-23T", StringComparison.Ordinal));
        using var document = JsonDocument.Parse(json);
        var vector = document.RootElement;
        var (organization, owner) = (vector.GetProperty("organization").GetString()!, await FoundedAsync(vector));
        var reader = new Store(owner, organization);
        foreach (var push in vector.List("pushes"))
        {
            var before = await reader.HeadAsync();
            var refused = push.TryGetProperty("problem", out var problem);
            var answer = await PushAsync(organization, push, refused ? (HttpStatusCode)problem.GetProperty("status").GetInt32() : HttpStatusCode.OK);
            if (refused) Refused(problem, answer);
            else Assert.Equal(Canonical(push.GetProperty("results")), Canonical(answer["results"]!));
            var added = (await reader.PullAsync(before))!["changes"]!;
            Assert.Equal(refused ? "[]" : Canonical(push.GetProperty("log")), Canonical(added));
        }
    }

    private async Task<Person> FoundedAsync(JsonElement vector)
    {
        var members = vector.List("members").ToList();
        var owner = people[members[0].GetProperty("user").GetString()!];
        var organization = vector.GetProperty("organization").GetString()!;
        await owner.PostAsync("/api/orgs", new { id = organization, name = "Vector" }, HttpStatusCode.Created);
        foreach (var member in members.Skip(1))
            await owner.AddsAsync(organization, people[member.GetProperty("user").GetString()!], member.GetProperty("role").GetString()!);
        return owner;
    }

    private async Task<JsonNode> PushAsync(string organization, JsonElement push, HttpStatusCode expected)
    {
        var body = new JsonObject
        {
            ["protocol"] = 1, ["org"] = organization, ["replica"] = push.GetProperty("replica").GetString(), ["changes"] = JsonNode.Parse(push.GetProperty("changes").GetRawText()),
        };
        if (push.TryGetProperty("history", out var history)) body["history"] = history.GetString();
        return (await people[push.GetProperty("user").GetString()!].PostAsync("/api/sync/push", body.ToJsonString(), expected))!;
    }

    private static void Refused(JsonElement expected, JsonNode answer)
    {
        foreach (var member in expected.EnumerateObject())
            Assert.Equal($"{member.Name}: {member.Value.GetRawText()}", $"{member.Name}: {answer[member.Name]?.ToJsonString()}");
    }

    private static Func<TheoryDataRow<string>, bool> NeedsNoClock(string file) => row => NeedsNoClock(VectorFile.Case(file, row.Data));

    private static bool NeedsNoClock(JsonElement vector)
    {
        var pushes = vector.List("pushes").Select(push => (Time: push.GetProperty("time").GetDateTimeOffset(), Push: push)).ToList();
        return pushes[^1].Time - pushes[0].Time < Joins
            && pushes.All(push => push.Push.List("changes").All(change => Stamp.TryParse(change.GetProperty("at").GetString(), out var at) && at.Time <= push.Time + Tolerance));
    }

    private static string Canonical(JsonElement json) => Canonical(JsonNode.Parse(json.GetRawText())!);

    private static string Canonical(JsonNode json) => CanonicalJson.From(WithoutServersOwn(json.DeepClone()).ToJsonString());

    /// <summary>Times are the server's, and so is what it says to people.</summary>
    private static JsonNode WithoutServersOwn(JsonNode json)
    {
        foreach (var part in json is JsonArray array ? array.OfType<JsonNode>() : json is JsonObject members ? members.Select(member => member.Value).OfType<JsonNode>() : [])
            WithoutServersOwn(part);
        if (json is JsonObject it)
            foreach (var name in ServersOwn) it.Remove(name);
        return json;
    }
}

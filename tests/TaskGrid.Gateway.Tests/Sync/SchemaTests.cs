using System.Text.Json;
using System.Text.Json.Nodes;
using TaskGrid.Gateway.Tests.Facts;

namespace TaskGrid.Gateway.Tests.Sync;

/// <summary>Answers are as the schemas say. Every answer that any test of this project reads is held to its schema; these look at the rest.</summary>
public sealed class SchemaTests(RunningServer server)
{
    [Fact(DisplayName = "[PL2] [PL3] A pull has its members, and canonical changes have theirs, conflicts and effects included")]
    public async Task Pull()
    {
        var (store, _) = await LivelyAsync();

        var pull = (await store.PullAsync())!.AsObject();

        Schemas.AssertFits("pull-answer", pull);
        Assert.Equal(["changes", "digest", "from", "head", "history", "more", "serverTime", "taken", "to"], pull.Select(member => member.Key).Order(StringComparer.Ordinal));
        var changes = pull["changes"]!.AsArray().Select(change => change!.AsObject()).ToList();
        Assert.Contains(changes, change => change.ContainsKey("conflict"));
        Assert.Contains(changes, change => change.ContainsKey("effect"));
        Assert.Contains(changes, change => change.ContainsKey("atSent"));
        Assert.Contains(changes, change => (string?)change["op"] == "member" && change["replica"] is null && change["n"] is null && !change.ContainsKey("clock"));
        Assert.All(changes, change => Assert.Subset(change.Select(member => member.Key).ToHashSet(), new HashSet<string> { "seq", "replica", "n", "user", "time", "at", "op" }));
        Assert.False((await store.PullAsync(more: "&limit=2"))!.AsObject().ContainsKey("digest"));
    }

    [Fact(DisplayName = "[SN1] [SN2] [SN3] [TL1] Every line of a snapshot is a head, a definition, a member or a task line")]
    public async Task Snapshot()
    {
        var (store, _) = await LivelyAsync();
        var text = await store.Person.Http.GetStringAsync($"/api/sync/snapshot?org={store.Organization}&replica={store.Replica}", Person.Token);

        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();

        Assert.All(lines, line => Schemas.AssertFits("snapshot-line", line));
        Schemas.AssertFits("snapshot-line#/$defs/head", lines[0]);
        Assert.Equal(["label", "member", "member", "task", "task"], lines.Skip(1).Select(line => (string)line["kind"]!).Order(StringComparer.Ordinal));
        Assert.Equal((string?)(await store.PullAsync())!["digest"], (string?)lines[0]["digest"]);
    }

    [Fact(DisplayName = "[HT4] [SE16] Texts, conflicts, history and search answer in the shapes of their schemas")]
    public async Task Reads()
    {
        var (store, task) = await LivelyAsync();
        var ana = store.Person;

        var text = await ana.GetAsync($"/api/sync/text?org={store.Organization}&task={task}&field=title&since=0");
        var conflicts = await ana.GetAsync($"/api/sync/conflicts?org={store.Organization}&status=all");
        var history = await ana.GetAsync($"/api/sync/history?org={store.Organization}&task={task}");
        var search = await ana.GetAsync($"/api/orgs/{store.Organization}/tasks");

        Assert.NotEmpty(text!["edits"]!.AsArray());
        Assert.NotEmpty(conflicts!["conflicts"]!.AsArray());
        Assert.NotEmpty(history!["entries"]!.AsArray());
        foreach (var found in search!["tasks"]!.AsArray().Select(line => line!.AsObject()))
        {
            found["kind"] = "task";
            Schemas.AssertFits("task-line", found);
        }
    }

    [Fact(DisplayName = "[AC6] [ID6] Sessions, people, organizations, members and tickets answer in the shapes of their schemas")]
    public async Task Accounts()
    {
        using var ana = await Person.RegisteredAsync(server);
        using var ben = await Person.RegisteredAsync(server);
        var organization = await ana.FoundsAsync();
        await ana.AddsAsync(organization, ben, "viewer");

        Schemas.AssertFits("accounts#/$defs/session", ana.Session);
        Assert.Single((await ana.GetAsync("/api/me"))!["organizations"]!.AsArray());
        Assert.Equal(2, (await ana.GetAsync($"/api/orgs/{organization}/members"))!["members"]!.AsArray().Count);
        await ana.SendAsync(HttpMethod.Patch, $"/api/orgs/{organization}/members/{ben.Id}", new { role = "member" }, System.Net.HttpStatusCode.OK);
        await ana.SendAsync(HttpMethod.Patch, $"/api/orgs/{organization}", new { name = "New" }, System.Net.HttpStatusCode.OK);
        await ana.PostAsync("/api/sync/ticket", new { org = organization });
    }

    [Theory]
    [InlineData("problem", """{"title":"x","status":409,"code":"gap"}""")]
    [InlineData("problem", """{"title":"x","status":400,"code":"made_up"}""")]
    [InlineData("pull-answer", """{"from":0,"to":0,"head":0,"more":false,"changes":[{"seq":1}],"taken":0,"history":"h","serverTime":"2026-11-23T10:15:30.123Z"}""")]
    [InlineData("snapshot-line", """{"kind":"label","id":"0199a6a0-7c1e-7d3f-9a55-0c1c5d1f0a01","seq":1,"values":{"name":null}}""")]
    [InlineData("reads#/$defs/search", """{"tasks":[{"id":"x","kind":"task"}],"head":1}""")]
    [InlineData("live#/$defs/server", """{"type":"welcome","head":1,"history":"h","serverTime":"2026-11-23T10:15:30Z"}""")]
    [InlineData("accounts#/$defs/organization", """{"id":"0199a6a0-7c1e-7d3f-9a55-0c1c5d1f0a01","name":"x","role":"king"}""")]
    public void What_is_not_of_its_shape_is_found(string schema, string json)
    {
        using var document = JsonDocument.Parse(json);
        Assert.NotNull(Schemas.Faults(schema, document.RootElement));
    }

    /// <summary>An organization in which there is something of everything: conflicts, effects, held stamps, a deleted task, a definition.</summary>
    private async Task<(Store Store, string Task)> LivelyAsync()
    {
        var ana = await Person.RegisteredAsync(server);
        var ben = await Person.RegisteredAsync(server);
        var organization = await ana.FoundsAsync();
        await ana.AddsAsync(organization, ben, "member");
        var (mine, his) = (new Store(ana, organization), new Store(ben, organization));
        var (task, child) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        var subtask = Store.Create(2, child, "Buy paint", 2);
        subtask["values"]!["parent"] = task;
        await mine.PushAsync(Store.Create(1, task, @base: 2), subtask, Store.Other(3, "define", 2, ("kind", "label"), ("id", Guid.NewGuid().ToString()), ("values", new JsonObject { ["name"] = "Garden" })));
        var ahead = Store.Set(4, task, "status", "doing", 5);
        ahead["at"] = "2999-01-01T00:00:00.000Z/0000";
        await mine.PushAsync(ahead, Store.Other(5, "text", 5, ("task", task), ("field", "title"), ("edit", new JsonArray("Now: "))));
        await his.PushAsync(Store.Set(1, task, "status", "done", 5), Store.Other(2, "comment", 5, ("task", task), ("comment", Guid.NewGuid().ToString()), ("body", "Green?")));
        await mine.PushAsync(Store.Other(6, "delete", 7, ("task", task)));
        return (mine, task);
    }
}

using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using TaskGrid.Gateway.Tests.Facts;

namespace TaskGrid.Gateway.Tests.Sync;

/// <summary>Input of every bad kind gets the answer that the protocol names and changes nothing.</summary>
public sealed class BadInputTests(RunningServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "[PU10] [ER3] A body that is no object of JSON is 400 and changes nothing")]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"protocol\":1,}")]
    [InlineData("{\"protocol\":1,\"protocol\":1}")]
    [InlineData("{\"protocol\":1,\"\\ud800\":1}")]
    [InlineData("{\"protocol\":1,\"x\":[[[[[[")]
    public async Task A_body_that_is_no_object_of_json_is_400(string body)
    {
        var store = await AStoreAsync();

        Answers.IsProblem(await store.PushRawAsync(body, HttpStatusCode.BadRequest), "invalid", 400);

        Assert.Equal(1, await store.HeadAsync());
    }

    [Theory(DisplayName = "[PU10] [ER3] A push whose form is wrong is 400, says where and changes nothing")]
    [InlineData("org", "\"7\"")]
    [InlineData("org", "7")]
    [InlineData("org", "null")]
    [InlineData("replica", "\"0199A6A0-7C1E-7D3F-9A55-0C1C5D1F0A01\"")]
    [InlineData("replica", "{}")]
    [InlineData("changes", "{}")]
    [InlineData("changes", "[7]")]
    [InlineData("changes", "[{}]")]
    [InlineData("changes", "[{\"n\":0}]")]
    [InlineData("changes", "[{\"n\":\"1\"}]")]
    [InlineData("changes", "[{\"n\":1.5}]")]
    [InlineData("changes", "[{\"n\":1},{\"n\":1}]")]
    [InlineData("changes", "[{\"n\":2},{\"n\":1}]")]
    [InlineData("since", "-1")]
    [InlineData("since", "\"0\"")]
    [InlineData("history", "7")]
    public async Task A_push_whose_form_is_wrong_is_400_and_says_where(string member, string json)
    {
        var store = await AStoreAsync();
        var body = store.Body();
        body[member] = JsonNode.Parse(json);

        var answer = await store.PushRawAsync(body.ToJsonString(), HttpStatusCode.BadRequest);

        Answers.IsProblem(answer, "invalid", 400);
        Assert.Equal([member], answer!["errors"]!.AsObject().Select(error => error.Key));
        Assert.Equal(1, await store.HeadAsync());
    }

    [Theory(DisplayName = "[PU10] Another version of the protocol is 426")]
    [InlineData("\"2\"")]
    [InlineData("2")]
    [InlineData("null")]
    public async Task Another_version_of_the_protocol_is_426(string version)
    {
        var store = await AStoreAsync();
        var body = store.Body();
        body["protocol"] = JsonNode.Parse(version);

        Answers.IsProblem(await store.PushRawAsync(body.ToJsonString(), HttpStatusCode.UpgradeRequired), "upgrade_needed", 426);
    }

    [Theory(DisplayName = "[OP1] A bad change is rejected in its place and the next one is taken")]
    [InlineData("\"op\":\"set\",\"op\"", "\"op\":\"fly\"")]
    [InlineData("\"value\":\"done\"", "\"value\":\"done\",\"colour\":1")]
    [InlineData("\"value\":\"done\"", "\"value\":7")]
    [InlineData("\"value\":\"done\"", "\"value\":\"a\\u0000b\"")]
    [InlineData("\"value\":\"done\"", "\"value\":\"\\ud800\"")]
    [InlineData("\"value\":\"done\"", "\"value\":\"x\",\"\\udc00\":1")]
    [InlineData("\"value\":\"done\"", "\"value\":\"x\",\"a\\u0000\":1")]
    [InlineData("\"value\":\"done\"", "\"value\":1e999")]
    [InlineData("\"field\":\"status\"", "\"field\":\"colour\"")]
    [InlineData("\"field\":\"status\"", "\"field\":\"title\"")]
    [InlineData("\"field\":\"status\"", "\"field\":\"parent\"")]
    [InlineData("\"clock\":{\"base\":1}", "\"clock\":{}")]
    [InlineData("\"clock\":{\"base\":1}", "\"clock\":{\"base\":-1}")]
    [InlineData("\"clock\":{\"base\":1}", "\"clock\":7")]
    [InlineData("\"at\":", "\"when\":")]
    public async Task A_bad_change_is_rejected_in_its_place_and_the_next_one_is_taken(string part, string instead)
    {
        var store = await AStoreAsync();
        var task = Guid.NewGuid().ToString();
        await store.PushAsync(Store.Create(1, task));
        var good = Store.Set(2, task, "status", "done").ToJsonString();
        var bad = good.Replace(part == "\"op\":\"set\",\"op\"" ? "\"op\":\"set\"" : part, instead, StringComparison.Ordinal);
        Assert.NotEqual(good, bad);
        var body = store.Body().ToJsonString().Replace("\"changes\":[]", $"\"changes\":[{bad},{Store.Set(3, task, "status", "doing").ToJsonString()}]", StringComparison.Ordinal);

        var answer = await store.PushRawAsync(body, HttpStatusCode.OK);

        Answers.IsRejected(answer, 0, "invalid");
        Assert.Equal(2, (int?)answer!["results"]![0]!["n"]);
        Assert.Equal("accepted", (string?)answer["results"]![1]!["status"]);
        Assert.Equal(answer["results"]!.ToJsonString(), (await store.PushRawAsync(body, HttpStatusCode.OK))!["results"]!.ToJsonString());
    }

    [Fact(DisplayName = "[ID7] Bytes that are no utf8 reject only the change that has them")]
    public async Task Bytes_that_are_no_utf8_reject_only_the_change_that_has_them()
    {
        var store = await AStoreAsync();
        var text = store.Body(Store.Create(1, Guid.NewGuid().ToString(), "a~b"), Store.Create(2, Guid.NewGuid().ToString())).ToJsonString();
        var bytes = Encoding.UTF8.GetBytes(text);
        bytes[text.IndexOf('~', StringComparison.Ordinal)] = 0xff;
        using var content = new ByteArrayContent(bytes) { Headers = { ContentType = new("application/json") } };
        using var answer = await store.Person.Http.PostAsync("/api/sync/push", content, Token);

        var results = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token));
        Answers.IsRejected(results, 0, "invalid");
        Assert.Equal("accepted", (string?)results!["results"]![1]!["status"]);
    }

    [Fact(DisplayName = "[OP1] A value that nests too deep is rejected in its place")]
    public async Task A_value_that_nests_too_deep_is_rejected_in_its_place()
    {
        var store = await AStoreAsync();
        var deep = new string('[', 100) + new string(']', 100);
        var change = Store.Set(1, Guid.NewGuid().ToString(), "custom.deep", "?").ToJsonString().Replace("\"?\"", deep, StringComparison.Ordinal);
        var body = store.Body().ToJsonString().Replace("\"changes\":[]", $"\"changes\":[{change}]", StringComparison.Ordinal);

        Answers.IsRejected(await store.PushRawAsync(body, HttpStatusCode.OK), 0, "invalid");
    }

    [Fact(DisplayName = "[PU6] A gap is 409 and says what is expected")]
    public async Task A_gap_is_409_and_says_what_is_expected()
    {
        var store = await AStoreAsync();
        await store.PushAsync(Store.Create(1, Guid.NewGuid().ToString()));

        var above = await store.PushAsync(HttpStatusCode.Conflict, Store.Create(3, Guid.NewGuid().ToString()));
        var inside = await store.PushAsync(HttpStatusCode.Conflict, Store.Create(2, Guid.NewGuid().ToString()), Store.Create(4, Guid.NewGuid().ToString()));

        Answers.IsProblem(above, "gap", 409);
        Assert.Equal(2, (int?)above!["expected"]);
        Answers.IsProblem(inside, "gap", 409);
        Assert.Equal(3, (int?)inside!["expected"]);
        Assert.Equal(2, await store.HeadAsync());
    }

    [Fact(DisplayName = "[PU4] A change sent again answers what it answered and happens once")]
    public async Task A_change_sent_again_answers_what_it_answered_and_happens_once()
    {
        var store = await AStoreAsync();
        var change = Store.Create(1, Guid.NewGuid().ToString());

        var first = await store.PushAsync(change);
        var again = await store.PushAsync(change);

        Assert.Equal(first!["results"]!.ToJsonString(), again!["results"]!.ToJsonString());
        Assert.Equal(2, await store.HeadAsync());
    }

    [Fact(DisplayName = "[PU7] The same number with other content is 409 and says which")]
    public async Task The_same_number_with_other_content_is_409_and_says_which()
    {
        var store = await AStoreAsync();
        var first = Store.Create(1, Guid.NewGuid().ToString());
        await store.PushAsync(first);

        var answer = await store.PushAsync(HttpStatusCode.Conflict, Store.Create(1, Guid.NewGuid().ToString()), Store.Create(2, Guid.NewGuid().ToString()));

        Answers.IsProblem(answer, "replica_forked", 409);
        Assert.Equal(1, (int?)answer!["n"]);
        Assert.Equal(2, await store.HeadAsync());
    }

    [Fact(DisplayName = "[CL5] A base above the head is 410 for the whole push")]
    public async Task A_base_above_the_head_is_410_for_the_whole_push()
    {
        var store = await AStoreAsync();

        var answer = await store.PushAsync(HttpStatusCode.Gone, Store.Create(1, Guid.NewGuid().ToString()), Store.Create(2, Guid.NewGuid().ToString(), @base: 99));

        Answers.IsProblem(answer, "resync", 410);
        Assert.Equal(1, await store.HeadAsync());
    }

    [Fact(DisplayName = "[PU14] A push whose pull would be a resync counts for nothing")]
    public async Task A_push_whose_pull_would_be_a_resync_counts_for_nothing()
    {
        var store = await AStoreAsync();
        var body = store.Body(Store.Create(1, Guid.NewGuid().ToString()));
        body["since"] = 99;

        Answers.IsProblem(await store.PushRawAsync(body.ToJsonString(), HttpStatusCode.Gone), "resync", 410);

        Assert.Equal(1, await store.HeadAsync());
    }

    [Fact(DisplayName = "[PU2] [ER3] More than a thousand changes are 413 and change nothing")]
    public async Task More_than_a_thousand_changes_are_413()
    {
        var store = await AStoreAsync();
        var changes = Enumerable.Range(1, 1001).Select(n => (JsonNode)new JsonObject { ["n"] = n, ["at"] = Store.At(), ["clock"] = new JsonObject { ["base"] = 1 }, ["op"] = "void" });

        Answers.IsProblem(await store.PushAsync(HttpStatusCode.RequestEntityTooLarge, [.. changes]), "too_large", 413);

        Assert.Equal(1, await store.HeadAsync());
    }

    [Theory(DisplayName = "[PU2] A push of megabytes is 413 and the connection still good")]
    [InlineData(5)]
    [InlineData(15)]
    public async Task A_push_of_megabytes_is_413_and_the_connection_still_good(int megabytes)
    {
        var store = await AStoreAsync();
        var body = store.Body(Store.Create(1, Guid.NewGuid().ToString(), new string('x', megabytes * 1024 * 1024))).ToJsonString();

        Answers.IsProblem(await store.PushRawAsync(body, HttpStatusCode.RequestEntityTooLarge), "too_large", 413);

        Assert.Equal(1, await store.HeadAsync());
    }

    [Theory(DisplayName = "[HT3] A query parameter that is wrong is 400 and named")]
    [InlineData("/api/sync/pull?replica={r}&since=0")]
    [InlineData("/api/sync/pull?org=7&replica={r}&since=0")]
    [InlineData("/api/sync/pull?org={o}&org={o}&replica={r}&since=0")]
    [InlineData("/api/sync/pull?org={o}&since=0")]
    [InlineData("/api/sync/pull?org={o}&replica={r}")]
    [InlineData("/api/sync/pull?org={o}&replica={r}&since=-1")]
    [InlineData("/api/sync/pull?org={o}&replica={r}&since=0&limit=0")]
    [InlineData("/api/sync/pull?org={o}&replica={r}&since=0&limit=5001")]
    [InlineData("/api/sync/pull?org={o}&replica={r}&since=0&wait=61")]
    [InlineData("/api/sync/snapshot?org={o}")]
    [InlineData("/api/sync/text?org={o}&task={r}&field=status&since=0")]
    [InlineData("/api/sync/text?org={o}&task={r}&field=title")]
    [InlineData("/api/sync/conflicts?org={o}&status=closed")]
    [InlineData("/api/sync/history?org={o}")]
    [InlineData("/api/sync/history?org={o}&task=7")]
    [InlineData("/api/orgs/{o}/tasks?limit=501")]
    [InlineData("/api/orgs/{o}/tasks?filter=status%20done")]
    [InlineData("/api/orgs/{o}/tasks?sort=colour")]
    [InlineData("/api/orgs/{o}/tasks?cursor=!")]
    [InlineData("/api/orgs/{o}/tasks?today=tomorrow")]
    public async Task A_query_parameter_that_is_wrong_is_400_and_named(string path)
    {
        var store = await AStoreAsync();

        var answer = await store.Person.GetAsync(
            path.Replace("{o}", store.Organization, StringComparison.Ordinal).Replace("{r}", store.Replica, StringComparison.Ordinal), HttpStatusCode.BadRequest);

        Answers.IsProblem(answer, "invalid", 400);
        Assert.Single(answer!["errors"]!.AsObject());
    }

    [Fact(DisplayName = "[PL9] A since above the head or another history is 410")]
    public async Task A_since_above_the_head_or_another_history_is_410()
    {
        var store = await AStoreAsync();

        Answers.IsProblem(await store.PullAsync(99, expected: HttpStatusCode.Gone), "resync", 410);
        Answers.IsProblem(await store.PullAsync(0, "&history=another", HttpStatusCode.Gone), "resync", 410);
    }

    [Fact(DisplayName = "[SE4] A filter that does not fit says where")]
    public async Task A_filter_that_does_not_fit_says_where()
    {
        var store = await AStoreAsync();

        var answer = await store.Person.GetAsync($"/api/orgs/{store.Organization}/tasks?filter=status%20done", HttpStatusCode.BadRequest);

        Assert.Equal(7, (int?)answer!["position"]);
        Assert.Equal(["filter"], answer["errors"]!.AsObject().Select(error => error.Key));
    }

    [Fact(DisplayName = "[HT1] [ER1] An unknown route, method or type of content is a problem too")]
    public async Task An_unknown_route_method_or_type_of_content_is_a_problem_too()
    {
        using var ana = await Person.RegisteredAsync(server);

        Answers.IsProblem(await ana.GetAsync("/api/nowhere", HttpStatusCode.NotFound), "not_found", 404);
        Answers.IsProblem(await ana.GetAsync("/api/sync/push", HttpStatusCode.MethodNotAllowed), "invalid", 405);
        using var form = await ana.Http.PostAsync("/api/sync/push", new FormUrlEncodedContent([]), Token);
        Answers.IsProblem(JsonNode.Parse(await form.Content.ReadAsStringAsync(Token)), "invalid", 415);
    }

    private async Task<Store> AStoreAsync()
    {
        var ana = await Person.RegisteredAsync(server);
        return new Store(ana, await ana.FoundsAsync());
    }
}

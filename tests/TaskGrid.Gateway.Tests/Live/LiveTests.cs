using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TaskGrid.Contracts;
using TaskGrid.Gateway.Accounts;
using TaskGrid.Gateway.Live;
using TaskGrid.Gateway.Tests.Callers;
using TaskGrid.Gateway.Tests.Facts;

namespace TaskGrid.Gateway.Tests.Live;

public sealed class LiveTests(RunningServer server)
{
    [Fact(DisplayName = "[LV2] Changes come in log order without gaps from where the client is")]
    public async Task Changes_come_in_log_order_without_gaps_from_where_the_client_is()
    {
        var (ana, ben) = await TwoStoresAsync();
        var task = Guid.NewGuid().ToString();
        await ana.PushAsync(Store.Create(1, task));
        using var live = await LiveClient.WelcomedAsync(ben, since: 1);
        for (var n = 2; n <= 20; n++) await ana.PushAsync(Store.Set(n, task, "status", $"step {n}"));

        var at = 1L;
        while (at < 22)
        {
            var frame = await live.NextAsync("changes");
            Assert.Equal(at, (long)frame["from"]!);
            var seqs = frame["changes"]!.AsArray().Select(change => (long)change!["seq"]!).ToList();
            Assert.Equal(Enumerable.Range(1, seqs.Count).Select(step => at + step), seqs);
            at = (long)frame["to"]!;
            Assert.Equal(at, seqs[^1]);
        }
    }

    [Fact(DisplayName = "[LV2] [WS4] The author's own changes come back and the push is answered")]
    public async Task The_authors_own_changes_come_back_and_the_push_is_answered()
    {
        var (ana, _) = await TwoStoresAsync();
        using var live = await LiveClient.WelcomedAsync(ana, since: 2);

        await live.SendAsync(new JsonObject { ["type"] = "push", ["changes"] = new JsonArray(Store.Create(1, Guid.NewGuid().ToString())) });

        JsonNode[] frames = [await live.NextAsync(), await live.NextAsync()];
        var results = Assert.Single(frames, frame => (string?)frame["type"] == "results");
        Assert.Equal("accepted", (string?)results["results"]![0]!["status"]);
        var changes = Assert.Single(frames, frame => (string?)frame["type"] == "changes");
        Assert.Equal(ana.Replica, (string?)changes["changes"]![0]!["replica"]);
    }

    [Fact(DisplayName = "[LV1] A connection begins with hello and welcome and carries the same changes as a pull")]
    public async Task A_connection_carries_the_same_changes_as_a_pull()
    {
        var (ana, ben) = await TwoStoresAsync();
        var task = Guid.NewGuid().ToString();
        await ana.PushAsync(Store.Create(1, task), Store.Set(2, task, "status", "doing"));
        using var live = await LiveClient.HelloAsync(ben, since: 0);

        var welcome = await live.NextAsync();
        var changes = await live.NextAsync();

        var pull = (await ben.PullAsync())!;
        Assert.Equal("welcome", (string?)welcome["type"]);
        Assert.Equal((4, pull["history"]!.ToJsonString()), ((int)welcome["head"]!, welcome["history"]!.ToJsonString()));
        Assert.Equal(pull["changes"]!.ToJsonString(), changes["changes"]!.ToJsonString());
    }

    [Fact(DisplayName = "[WS4] A refused push is a problem and the connection stays open")]
    public async Task A_refused_push_is_a_problem_and_the_connection_stays_open()
    {
        var (ana, _) = await TwoStoresAsync();
        using var live = await LiveClient.WelcomedAsync(ana, since: 2);

        await live.SendAsync(new JsonObject { ["type"] = "push", ["changes"] = new JsonArray(Store.Create(7, Guid.NewGuid().ToString())) });
        var gap = await live.NextAsync();
        await live.SendAsync("""{"type":"push","changes":[7]}""");
        var malformed = await live.NextAsync();
        await live.SendAsync("""{"type":"ping"}""");

        Assert.Equal("gap", (string?)gap["code"]);
        Assert.Equal(1, (int?)gap["expected"]);
        Assert.Equal("invalid", (string?)malformed["code"]);
        Assert.Equal("pong", (string?)(await live.NextAsync())["type"]);
    }

    [Fact(DisplayName = "[LV6] [WS4] Presence reaches the others and is stored nowhere")]
    public async Task Presence_reaches_the_others_and_is_stored_nowhere()
    {
        var (ana, ben) = await TwoStoresAsync();
        using var writing = await LiveClient.WelcomedAsync(ana, since: 2);
        using var watching = await LiveClient.WelcomedAsync(ben, since: 2);
        var task = Guid.NewGuid().ToString();

        await writing.SendAsync(new JsonObject { ["type"] = "presence", ["task"] = task, ["field"] = "title", ["cursor"] = 5 });

        var seen = await watching.NextAsync("presence");
        Assert.Equal((ana.Person.Id, ana.Replica, task, "title", 5),
            ((string)seen["user"]!, (string)seen["replica"]!, (string)seen["task"]!, (string)seen["field"]!, (int)seen["cursor"]!));
        Assert.Equal(2, await ben.HeadAsync());
    }

    [Fact(DisplayName = "[AC4] Who is removed is closed with 4403 at once")]
    public async Task Who_is_removed_is_closed_with_4403_at_once()
    {
        var (ana, ben) = await TwoStoresAsync();
        using var live = await LiveClient.WelcomedAsync(ben, since: 2);

        await ana.Person.SendAsync(HttpMethod.Delete, $"/api/orgs/{ana.Organization}/members/{ben.Person.Id}", null, HttpStatusCode.NoContent);

        Assert.Equal(4403, await live.ClosedAsync());
        await ben.PushAsync(HttpStatusCode.NotFound, Store.Create(1, Guid.NewGuid().ToString()));
    }

    [Fact(DisplayName = "[AC4] A closed organization closes its connections with 4403")]
    public async Task A_closed_organization_closes_its_connections_with_4403()
    {
        var (ana, ben) = await TwoStoresAsync();
        using var live = await LiveClient.WelcomedAsync(ben, since: 2);

        await ana.Person.SendAsync(HttpMethod.Delete, $"/api/orgs/{ana.Organization}", null, HttpStatusCode.NoContent);

        Assert.Equal(4403, await live.ClosedAsync());
    }

    [Theory(DisplayName = "[WS3] A bad first frame is closed with its code")]
    [InlineData("{", 4400)]
    [InlineData("[]", 4400)]
    [InlineData("""{"type":"fly"}""", 4400)]
    [InlineData("""{"type":"ping"}""", 4400)]
    [InlineData("""{"type":"hello","protocol":2}""", 4426)]
    [InlineData("""{"type":"hello","protocol":1}""", 4400)]
    [InlineData("""{"type":"hello","protocol":1,"\ud800":1}""", 4400)]
    public async Task A_bad_first_frame_is_closed_with_its_code(string frame, int code)
    {
        using var live = await LiveClient.SilentAsync(server);

        await live.SendAsync(frame);

        Assert.Equal(code, await live.ClosedAsync());
    }

    [Fact(DisplayName = "[WS2] Who says no hello is closed with 4400")]
    public async Task Who_says_no_hello_is_closed_with_4400()
    {
        using var live = await LiveClient.SilentAsync(server);

        Assert.Equal(4400, await live.ClosedAsync());
    }

    [Fact(DisplayName = "[WS1] A frame that is no text is closed with 4400")]
    public async Task A_frame_that_is_no_text_is_closed_with_4400()
    {
        var (ana, _) = await TwoStoresAsync();
        using var live = await LiveClient.WelcomedAsync(ana, since: 2);

        await live.SendBinaryAsync();

        Assert.Equal(4400, await live.ClosedAsync());
    }

    [Fact(DisplayName = "[WS3] A frame of ten megabytes is closed with 4413")]
    public async Task A_frame_of_ten_megabytes_is_closed_with_4413()
    {
        var (ana, _) = await TwoStoresAsync();
        using var live = await LiveClient.WelcomedAsync(ana, since: 2);

        await live.SendAsync($$"""{"type":"push","changes":["{{new string('x', 10 * 1024 * 1024)}}"]}""");

        Assert.Equal(4413, await live.ClosedAsync());
        Assert.Equal(2, await ana.HeadAsync());
    }

    [Fact(DisplayName = "[WS3] Who sends too much is closed with 4429")]
    public async Task Who_sends_too_much_is_closed_with_4429()
    {
        var (ana, _) = await TwoStoresAsync();
        using var live = await LiveClient.WelcomedAsync(ana, since: 2);

        for (var sent = 0; sent < 1000; sent++) await live.SendAsync("""{"type":"ping"}""");

        Assert.Equal(4429, await live.ClosedAsync());
    }

    [Fact(DisplayName = "[LV7] Who never reads is dropped and the others are served")]
    public async Task Who_never_reads_is_dropped_and_the_others_are_served()
    {
        var (ana, ben) = await TwoStoresAsync();
        using var deaf = await LiveClient.WelcomedAsync(ben, since: 2);
        using var listening = await LiveClient.WelcomedAsync(ana, since: 2);
        var heard = UntilAsync(listening, 26);
        var task = Guid.NewGuid().ToString();
        await ana.PushAsync(Store.Create(1, task));
        // Far more than the buffers of both kernels hold.
        var large = new string('x', 900 * 1024);
        for (var n = 2; n <= 24; n++)
        {
            var change = new JsonObject
            {
                ["n"] = n, ["at"] = Store.At(), ["clock"] = new JsonObject { ["base"] = 3 }, ["op"] = "text", ["task"] = task, ["field"] = "description",
                ["edit"] = n == 2 ? new JsonArray(large) : new JsonArray(large, new JsonObject { ["d"] = large.Length }),
            };
            await ana.PushAsync(change);
        }

        await heard;
        listening.Dispose();
        await NobodyListensAsync(ana.Organization);
        await deaf.BrokenAsync();
    }

    // The deaf client must not begin to read before it is dropped, so only the server can tell when.
    private async Task NobodyListensAsync(string organization)
    {
        var live = server.App.Services.GetRequiredService<LiveHub>().Organizations()[IdText.Parse<OrganizationId>(organization)];
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!live.IsIdle) await look.WaitForNextTickAsync(Person.Token);
    }

    private static async Task UntilAsync(LiveClient client, long seq)
    {
        while ((long)(await client.NextAsync("changes"))["to"]! < seq) { }
    }

    [Fact(DisplayName = "[WS3] An expired a forged and a foreign token are closed with 4401")]
    public async Task An_expired_a_forged_and_a_foreign_token_are_closed_with_4401()
    {
        var (ana, ben) = await TwoStoresAsync();
        string[] tokens =
        [
            TokenTests.TokenOf(ana.Person, SigningKeys.From(server.Secret), DateTimeOffset.UtcNow.AddHours(-1)),
            TokenTests.TokenOf(ana.Person, SigningKeys.From(new byte[48]), DateTimeOffset.UtcNow),
            "let-me-in",
        ];
        foreach (var token in tokens)
        {
            using var refused = await LiveClient.HelloAsync(ana, 2, hello => hello["token"] = token);
            Assert.Equal(4401, await refused.ClosedAsync());
        }
        using var live = await LiveClient.WelcomedAsync(ana, since: 2);
        await live.SendAsync(new JsonObject { ["type"] = "token", ["token"] = ben.Person.AccessToken });
        Assert.Equal(4401, await live.ClosedAsync());
    }

    [Fact(DisplayName = "[WS3] When the token runs out without a fresh one the connection is closed with 4401")]
    public async Task When_the_token_runs_out_without_a_fresh_one_the_connection_is_closed_with_4401()
    {
        var (ana, _) = await TwoStoresAsync();
        var ending = TokenTests.TokenOf(ana.Person, SigningKeys.From(server.Secret), DateTimeOffset.UtcNow - AccessTokens.Lifetime + TimeSpan.FromSeconds(3));
        using var renewed = await LiveClient.HelloAsync(ana, 2, hello => hello["token"] = ending);
        using var forgotten = await LiveClient.HelloAsync(ana, 2, hello => hello["token"] = ending);
        await renewed.SendAsync(new JsonObject { ["type"] = "token", ["token"] = ana.Person.AccessToken });

        Assert.Equal(4401, await forgotten.ClosedAsync());
        await renewed.SendAsync("""{"type":"ping"}""");
        await renewed.NextAsync("pong");
    }

    [Fact(DisplayName = "[WS2] A ticket opens one connection")]
    public async Task A_ticket_opens_one_connection()
    {
        var (ana, _) = await TwoStoresAsync();
        var ticket = (string)(await ana.Person.PostAsync("/api/sync/ticket", new { org = ana.Organization }))!["ticket"]!;
        void WithTicket(JsonObject hello)
        {
            hello.Remove("token");
            hello["ticket"] = ticket;
        }

        using var first = await LiveClient.HelloAsync(ana, 2, WithTicket);
        Assert.Equal("welcome", (string?)(await first.NextAsync())["type"]);
        using var second = await LiveClient.HelloAsync(ana, 2, WithTicket);

        Assert.Equal(4401, await second.ClosedAsync());
    }

    [Fact(DisplayName = "[AC2] A foreign organization is closed exactly as one that does not exist")]
    public async Task A_foreign_organization_is_closed_exactly_as_one_that_does_not_exist()
    {
        var (ana, _) = await TwoStoresAsync();
        using var stranger = await Person.RegisteredAsync(server);

        using var foreign = await LiveClient.HelloAsync(new Store(stranger, ana.Organization), 0);
        using var nothing = await LiveClient.HelloAsync(new Store(stranger, Guid.NewGuid().ToString()), 0);

        Assert.Equal(4403, await foreign.ClosedAsync());
        Assert.Equal(4403, await nothing.ClosedAsync());
    }

    [Fact(DisplayName = "[PL9] A since above the head is closed with 4410")]
    public async Task A_since_above_the_head_is_closed_with_4410()
    {
        var (ana, _) = await TwoStoresAsync();
        using var live = await LiveClient.HelloAsync(ana, 99);

        Assert.Equal(4410, await live.ClosedAsync());
    }

    [Fact(DisplayName = "[PL6] A pull that waits is answered by the change it waits for")]
    public async Task A_pull_that_waits_is_answered_by_the_change_it_waits_for()
    {
        var (ana, ben) = await TwoStoresAsync();
        var waiting = ben.PullAsync(2, "&wait=20");

        await ana.PushAsync(Store.Create(1, Guid.NewGuid().ToString()));

        Assert.Equal(3, (long)(await waiting.WaitAsync(TimeSpan.FromSeconds(10), Person.Token))!["to"]!);
    }

    // The log begins with the memberships: ana's is 1, ben's 2.
    private async Task<(Store Ana, Store Ben)> TwoStoresAsync()
    {
        var ana = await Person.RegisteredAsync(server);
        var ben = await Person.RegisteredAsync(server);
        var organization = await ana.FoundsAsync();
        await ana.AddsAsync(organization, ben, "member");
        return (new Store(ana, organization), new Store(ben, organization));
    }
}

using System.Net;
using System.Text.Json.Nodes;
using TaskGrid.Gateway.Tests.Facts;

namespace TaskGrid.Gateway.Tests.Sync;

public sealed class PushTests(RunningServer server)
{
    [Fact(DisplayName = "[PU4] A push that comes several times at once happens once and is answered alike")]
    public async Task A_push_that_comes_several_times_at_once_happens_once_and_is_answered_alike()
    {
        using var ana = await Person.RegisteredAsync(server);
        var store = new Store(ana, await ana.FoundsAsync());
        JsonNode[] changes = [Store.Create(1, Guid.NewGuid().ToString()), Store.Create(2, Guid.NewGuid().ToString())];

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.PushAsync(changes)));

        Assert.Single(answers.Select(answer => answer!["results"]!.ToJsonString()).Distinct());
        Assert.Equal(3, await store.HeadAsync());
    }

    [Fact(DisplayName = "[PU14] One round trip sends learns and decides")]
    public async Task One_round_trip_sends_learns_and_decides()
    {
        using var ana = await Person.RegisteredAsync(server);
        var organization = await ana.FoundsAsync();
        var (first, second) = (new Store(ana, organization), new Store(ana, organization));
        await first.PushAsync(Store.Create(1, Guid.NewGuid().ToString()));
        var body = second.Body(Store.Create(1, Guid.NewGuid().ToString()));
        body["since"] = 1;

        var answer = await second.PushRawAsync(body.ToJsonString(), HttpStatusCode.OK);

        Assert.Equal([2, 3], answer!["pull"]!["changes"]!.AsArray().Select(change => (int)change!["seq"]!));
        Assert.Equal(1, (int?)answer["pull"]!["taken"]);
        Assert.Equal((await second.PullAsync(1))!["digest"]!.ToJsonString(), answer["pull"]!["digest"]!.ToJsonString());
    }

    [Fact(DisplayName = "[ID3] Another users replica is 403 for writing and for reading")]
    public async Task Another_users_replica_is_403_for_writing_and_for_reading()
    {
        using var ana = await Person.RegisteredAsync(server);
        using var ben = await Person.RegisteredAsync(server);
        var store = new Store(ana, await ana.FoundsAsync());
        await ana.AddsAsync(store.Organization, ben, "member");
        await store.PushAsync(Store.Create(1, Guid.NewGuid().ToString()));

        foreach (var path in (string[])["pull?since=0&", "snapshot?"])
        {
            var read = await ben.GetAsync($"/api/sync/{path}org={store.Organization}&replica={store.Replica}", HttpStatusCode.Forbidden);
            Answers.IsProblem(read, "replica_taken", 403);
        }
        Answers.IsProblem(await ben.PostAsync("/api/sync/push", store.Body(Store.Create(2, Guid.NewGuid().ToString())).ToJsonString(), HttpStatusCode.Forbidden), "replica_taken", 403);
    }

    [Fact(DisplayName = "[AC3] A viewers changes are rejected one by one")]
    public async Task A_viewers_changes_are_rejected_one_by_one()
    {
        using var ana = await Person.RegisteredAsync(server);
        using var ben = await Person.RegisteredAsync(server);
        var organization = await ana.FoundsAsync();
        await ana.AddsAsync(organization, ben, "viewer");
        var store = new Store(ben, organization);

        Answers.IsRejected(await store.PushAsync(Store.Create(1, Guid.NewGuid().ToString())), 0, "forbidden");

        Assert.Equal(2, await store.HeadAsync());
    }
}

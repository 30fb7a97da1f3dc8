using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TaskGrid.Contracts;
using TaskGrid.Gateway.Callers;
using TaskGrid.Gateway.Tests.Facts;

namespace TaskGrid.Gateway.Tests.Callers;

public sealed class AccessTests(RunningServer server)
{
    /// <summary>The routes that name their organization in path or query, with a request that is otherwise right.</summary>
    public static TheoryData<string, string, string?> Routes => new()
    {
        { "PATCH", "/api/orgs/{org}", """{"name":"New"}""" },
        { "DELETE", "/api/orgs/{org}", null },
        { "GET", "/api/orgs/{org}/members", null },
        { "POST", "/api/orgs/{org}/members", """{"email":"nobody@example.com","role":"viewer"}""" },
        { "PATCH", "/api/orgs/{org}/members/{user}", """{"role":"viewer"}""" },
        { "DELETE", "/api/orgs/{org}/members/{user}", null },
        { "POST", "/api/orgs/{org}/leave", "{}" },
        { "GET", "/api/orgs/{org}/tasks", null },
        { "GET", "/api/sync/pull?org={org}&replica={id}&since=0", null },
        { "GET", "/api/sync/snapshot?org={org}&replica={id}", null },
        { "GET", "/api/sync/text?org={org}&task={id}&field=title&since=0", null },
        { "GET", "/api/sync/conflicts?org={org}", null },
        { "GET", "/api/sync/history?org={org}&task={id}", null },
        { "POST", "/api/sync/ticket", """{"org":"{org}"}""" },
        { "POST", "/api/sync/push", """{"protocol":1,"org":"{org}","replica":"{id}","changes":[]}""" },
    };

    [Fact]
    public void Every_endpoint_says_who_may_call_it()
    {
        var silent = Endpoints().Where(endpoint => endpoint.Metadata.GetMetadata<Access>() is null)
            .Select(endpoint => endpoint.RoutePattern.RawText)
            .Where(route => !route!.StartsWith("/health/", StringComparison.Ordinal));

        Assert.Empty(silent);
    }

    [Fact]
    public void The_matrix_knows_every_route_of_an_organization()
    {
        var declared = Endpoints().Where(endpoint => endpoint.Metadata.GetMetadata<Access>() is Access.Member)
            .Select(endpoint => $"{endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Single()} {endpoint.RoutePattern.RawText}");

        var tested = Routes.Select(row => row.Data).Select(row => $"{row.Item1} {row.Item2.Split('?')[0]}");

        Assert.Equal(declared.Order(StringComparer.Ordinal), tested.Order(StringComparer.Ordinal));
    }

    [Theory(DisplayName = "[AC2] A foreign organization is answered exactly as one that does not exist")]
    [MemberData(nameof(Routes))]
    public async Task A_foreign_organization_is_answered_exactly_as_one_that_does_not_exist(string method, string path, string? body)
    {
        using var ana = await Person.RegisteredAsync(server);
        using var ben = await Person.RegisteredAsync(server);
        var foreign = await ben.FoundsAsync();

        var toForeign = await ana.SendAsync(new HttpMethod(method), Filled(path, foreign, ben)!, Filled(body, foreign, ben), HttpStatusCode.NotFound);
        var nothing = Guid.NewGuid().ToString();
        var toNothing = await ana.SendAsync(new HttpMethod(method), Filled(path, nothing, ben)!, Filled(body, nothing, ben), HttpStatusCode.NotFound);

        Answers.IsProblem(toForeign, "not_found", 404);
        Assert.Equal(toForeign!.ToJsonString(), toNothing!.ToJsonString());
    }

    [Theory(DisplayName = "[HT2] Without a token nothing of an organization is answered")]
    [MemberData(nameof(Routes))]
    public async Task Without_a_token_nothing_of_an_organization_is_answered(string method, string path, string? body)
    {
        using var ana = await Person.RegisteredAsync(server);
        var organization = await ana.FoundsAsync();
        ana.Http.DefaultRequestHeaders.Authorization = null;

        Answers.IsProblem(await ana.SendAsync(new HttpMethod(method), Filled(path, organization, ana)!, Filled(body, organization, ana), HttpStatusCode.Unauthorized), "unauthorized", 401);
    }

    [Theory(DisplayName = "[AC7] Who is below the declared role is forbidden and who has it is not")]
    [MemberData(nameof(Routes))]
    public async Task Who_is_below_the_declared_role_is_forbidden_and_who_has_it_is_not(string method, string path, string? body)
    {
        var least = ((Access.Member)Endpoints().Single(endpoint => Matches(endpoint, method, path)).Metadata.GetMetadata<Access>()!).Least;
        using var owner = await Person.RegisteredAsync(server);
        foreach (var role in Enum.GetValues<Role>())
        {
            var organization = await owner.FoundsAsync();
            using var other = await Person.RegisteredAsync(server);
            await owner.AddsAsync(organization, other, Roles.Word(role));
            using var request = new HttpRequestMessage(new HttpMethod(method), Filled(path, organization, other))
            {
                Content = body is null ? null : Person.Json(Filled(body, organization, other)!),
            };
            using var answer = await other.Http.SendAsync(request, Person.Token);

            Assert.True(role >= least == (answer.StatusCode != HttpStatusCode.Forbidden), $"{role}: {(int)answer.StatusCode}");
            Assert.NotEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_operators_pages_are_for_operators()
    {
        using var nobody = new HttpClient { BaseAddress = server.Url };
        using var ana = await Person.RegisteredAsync(server);
        using var boss = await Person.RegisteredAsync(server, RunningServer.Operator);

        foreach (var page in (string[])["/ops/orleans/", "/ops/orleans/DashboardCounters", "/metrics"])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync(page, Person.Token)).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await ana.Http.GetAsync(page, Person.Token)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await boss.Http.GetAsync(page, Person.Token)).StatusCode);
        }
    }

    private static bool Matches(RouteEndpoint endpoint, string method, string path) =>
        endpoint.RoutePattern.RawText == path.Split('?')[0] && endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains(method) == true;

    private static string? Filled(string? text, string organization, Person person) => text?
        .Replace("{org}", organization, StringComparison.Ordinal)
        .Replace("{user}", person.Id, StringComparison.Ordinal)
        .Replace("{id}", Guid.NewGuid().ToString(), StringComparison.Ordinal);

    private IEnumerable<RouteEndpoint> Endpoints() =>
        server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
}

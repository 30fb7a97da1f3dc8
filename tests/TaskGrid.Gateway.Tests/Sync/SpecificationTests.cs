using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TaskGrid.Contracts;
using TaskGrid.Gateway.Tests.Facts;

namespace TaskGrid.Gateway.Tests.Sync;

/// <summary>What the specification says of all routes and answers at once.</summary>
public sealed class SpecificationTests(RunningServer server)
{
    [Fact(DisplayName = "[HT6] The routes are those of the specification")]
    public void The_routes_are_those_of_the_specification()
    {
        var served = server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => (Path: endpoint.RoutePattern.RawText!.TrimEnd('/'), Methods: endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]))
            .Where(route => route.Path.StartsWith("/api/", StringComparison.Ordinal) || route.Path.StartsWith("/health/", StringComparison.Ordinal))
            .SelectMany(route => route.Methods.Select(method => $"{method} {Specification.Anonymous(route.Path)}"));

        Assert.True(Specification.Routes.Count > 20, $"only {Specification.Routes.Count} routes found");
        Assert.Equal(Specification.Routes.Order(StringComparer.Ordinal), served.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact(DisplayName = "[ER1] The codes are those of the specification's list")]
    public void The_codes_are_those_of_the_list()
    {
        var codes = typeof(Codes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!);

        Assert.Equal(Specification.Codes.Keys.Order(StringComparer.Ordinal), codes.Order(StringComparer.Ordinal));
    }

    [Theory(DisplayName = "[HT5] An answer is compressed as the request allows")]
    [InlineData("gzip", "gzip")]
    [InlineData("br, gzip;q=0.1", "br")]
    [InlineData("identity", null)]
    public async Task Compressed(string accepted, string? encoding)
    {
        using var ana = await Person.RegisteredAsync(server);
        var store = new Store(ana, await ana.FoundsAsync());
        await store.PushAsync([.. Enumerable.Range(1, 50).Select(n => Store.Create(n, Guid.NewGuid().ToString()))]);
        foreach (var path in (string[])[$"/api/sync/pull?org={store.Organization}&replica={store.Replica}&since=0", $"/api/sync/snapshot?org={store.Organization}&replica={store.Replica}"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept-Encoding", accepted } } };
            using var answer = await ana.Http.SendAsync(request, Person.Token);

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        }
    }

    [Fact(DisplayName = "[SE18] Whoever may read may search, nobody else")]
    public async Task Whoever_may_read_may_search()
    {
        using var ana = await Person.RegisteredAsync(server);
        using var vic = await Person.RegisteredAsync(server);
        using var eve = await Person.RegisteredAsync(server);
        var store = new Store(ana, await ana.FoundsAsync());
        await ana.AddsAsync(store.Organization, vic, "viewer");
        await store.PushAsync(Store.Create(1, Guid.NewGuid().ToString()));

        Assert.Single((await vic.GetAsync($"/api/orgs/{store.Organization}/tasks?q=fence"))!["tasks"]!.AsArray());
        Answers.IsProblem(await eve.GetAsync($"/api/orgs/{store.Organization}/tasks?q=fence", HttpStatusCode.NotFound), "not_found", 404);
    }
}

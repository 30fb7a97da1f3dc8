using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TaskGrid.Gateway.Tests.Facts;

namespace TaskGrid.Gateway.Tests.Sync;

public sealed class DescriptionTests(RunningServer server)
{
    [Fact]
    public async Task The_description_names_every_route_of_the_api_with_its_words_and_failures()
    {
        using var http = new HttpClient { BaseAddress = server.Url };
        var description = JsonNode.Parse(await http.GetStringAsync("/openapi/v1.json", Person.Token))!;

        Assert.StartsWith("3.1", (string)description["openapi"]!, StringComparison.Ordinal);
        foreach (var endpoint in server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var path = endpoint.RoutePattern.RawText!.TrimEnd('/');
            if (!path.StartsWith("/api/", StringComparison.Ordinal)) continue;
            foreach (var method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods)
            {
                var operation = description["paths"]![path]?[method.ToLowerInvariant()];
                Assert.True(operation is not null, $"{method} {path} is not described");
                Assert.False(string.IsNullOrEmpty((string?)operation["summary"]), $"{method} {path} has no summary");
                Assert.Contains(operation["responses"]!.AsObject(), response => response.Key[0] == '4');
            }
        }
    }

    [Fact]
    public async Task There_is_a_page_to_browse_it_and_answers_carry_their_headers()
    {
        using var http = new HttpClient { BaseAddress = server.Url };
        using var page = await http.GetAsync("/docs", Person.Token);
        using var api = await http.GetAsync("/api/me", Person.Token);

        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", api.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", api.Headers.GetValues("Content-Security-Policy").Single());
        Assert.NotEmpty(api.Headers.GetValues("X-Request-Id").Single());
        Assert.False(api.Headers.Contains("Access-Control-Allow-Origin"));
    }
}

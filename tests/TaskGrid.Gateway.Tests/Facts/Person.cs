using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TaskGrid.Gateway.Tests.Facts;

/// <summary>Somebody with an account, at a keyboard.</summary>
public sealed class Person : IDisposable
{
    public const string Password = "correct horse battery staple";

    private Person(RunningServer server, JsonNode session)
    {
        Http = new HttpClient { BaseAddress = server.Url };
        Server = server;
        Session = session;
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AccessToken);
    }

    public RunningServer Server { get; }

    public HttpClient Http { get; }

    public JsonNode Session { get; }

    public string AccessToken => (string)Session["accessToken"]!;

    public string Id => (string)Session["user"]!["id"]!;

    public string Email => (string)Session["user"]!["email"]!;

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Person> RegisteredAsync(RunningServer server, string? email = null)
    {
        using var http = new HttpClient { BaseAddress = server.Url };
        var answer = await http.PostAsync("/api/auth/register", Json(new { email = email ?? $"{Guid.NewGuid():N}@example.com", password = Password, name = "Ana" }), Token);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return new Person(server, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!);
    }

    public static StringContent Json(object value) => Raw(value as string ?? JsonSerializer.Serialize(value));

    public static StringContent Raw(string text) => new(text, Encoding.UTF8, "application/json");

    /// <summary>Founds an organization and gives its id.</summary>
    public async Task<string> FoundsAsync(string name = "Garden") => (string)(await PostAsync("/api/orgs", new { name }, HttpStatusCode.Created))!["id"]!;

    public Task AddsAsync(string organization, Person other, string role) =>
        PostAsync($"/api/orgs/{organization}/members", new { email = other.Email, role }, HttpStatusCode.Created);

    public async Task<JsonNode?> GetAsync(string path, HttpStatusCode expected = HttpStatusCode.OK) => await ReadAsync(await Http.GetAsync(path, Token), expected);

    public async Task<JsonNode?> PostAsync(string path, object body, HttpStatusCode expected = HttpStatusCode.OK) =>
        await ReadAsync(await Http.PostAsync(path, Json(body), Token), expected);

    public async Task<JsonNode?> SendAsync(HttpMethod method, string path, object? body, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : Json(body) };
        return await ReadAsync(await Http.SendAsync(request, Token), expected);
    }

    public void Dispose() => Http.Dispose();

    private static async Task<JsonNode?> ReadAsync(HttpResponseMessage answer, HttpStatusCode expected)
    {
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.StatusCode == expected, $"expected {(int)expected}, got {(int)answer.StatusCode}: {text}");
        Schemas.AssertAnswer(answer.RequestMessage!.Method.Method, answer.RequestMessage.RequestUri!.AbsolutePath, (int)answer.StatusCode, text);
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }
}

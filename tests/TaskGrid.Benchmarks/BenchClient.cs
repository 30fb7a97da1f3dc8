using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using TaskGrid.Contracts;

namespace TaskGrid.Benchmarks;

/// <summary>A bare client of the HTTP API: it stamps, numbers and pushes, and holds no store, so that the server is what is measured.</summary>
internal sealed class BenchClient(HttpClient http, OrganizationId organization, string token)
{
    private long n;

    public OrganizationId Organization { get; } = organization;

    public string Token { get; } = token;

    public ReplicaId Replica { get; } = new(Guid.CreateVersion7());

    public long Base { get; set; }

    /// <summary>Registers an account and founds an organization.</summary>
    public static async Task<BenchClient> FoundAsync(Uri server)
    {
        var session = await RegisterAsync(server, "owner");
        var http = For(server, session.AccessToken);
        using var answer = await http.PostAsync("api/orgs", Json("""{"name":"Reference"}"""));
        var info = JsonSerializer.Deserialize(await Body(answer), ContractsJson.Default.OrganizationInfo)!;
        return new BenchClient(http, info.Id, session.AccessToken);
    }

    /// <summary>The same account on another device.</summary>
    public BenchClient AnotherDevice() => new(http, Organization, Token) { Base = Base };

    public Change Make(ChangeBody body) => new(++n, Stamp.At(DateTimeOffset.UtcNow), new CausalClock(Base), body);

    /// <summary>The body of a push, made before the clock runs.</summary>
    public string Request(IEnumerable<Change> changes) =>
        $$"""{"protocol":1,"org":"{{Organization}}","replica":"{{Replica}}","changes":[{{string.Join(',', changes.Select(c => JsonSerializer.Serialize(c, ContractsJson.Default.Change)))}}]}""";

    public async Task<PushAnswer> PushAsync(string request)
    {
        using var answer = await http.PostAsync("api/sync/push", Json(request));
        return JsonSerializer.Deserialize(await Body(answer), ContractsJson.Default.PushAnswer)!;
    }

    public async Task<PullAnswer> PullAsync(long since)
    {
        using var answer = await http.GetAsync($"api/sync/pull?org={Organization}&replica={Replica}&since={since}&limit=5000");
        return JsonSerializer.Deserialize(await Body(answer), ContractsJson.Default.PullAnswer)!;
    }

    /// <summary>The other members, each a device of an account of its own.</summary>
    public IReadOnlyList<BenchClient> Members { get; private set; } = [];

    /// <summary>Fills an organization: its members, then a bulk of 500 changes a push.</summary>
    public async Task SeedAsync(ReferenceOrganization reference)
    {
        var members = new List<BenchClient>();
        for (var i = 1; i < ReferenceOrganization.People; i++) members.Add(await JoinedAsync($"member-{i}"));
        Base = (await PullAsync(0)).Head;
        foreach (var bulk in reference.Bodies().Chunk(500))
        {
            var answer = await PushAsync(Request(bulk.Select(Make)));
            if (answer.Results.Any(r => r.Status == ChangeStatus.Rejected))
                throw new InvalidOperationException($"a seeded change was rejected: {answer.Results.First(r => r.Status == ChangeStatus.Rejected)}");
            Base = answer.Head;
        }
        Members = members;
    }

    private async Task<BenchClient> JoinedAsync(string name)
    {
        var session = await RegisterAsync(http.BaseAddress!, name);
        using var added = await http.PostAsync($"api/orgs/{Organization}/members", Json($$"""{"email":"{{session.User.Email}}","role":"member"}"""));
        await Body(added);
        return new BenchClient(For(http.BaseAddress!, session.AccessToken), Organization, session.AccessToken);
    }

    private static async Task<Session> RegisterAsync(Uri server, string name)
    {
        using var http = For(server, null);
        using var answer = await http.PostAsync("api/auth/register",
            Json($$"""{"email":"{{name}}-{{Guid.NewGuid():N}}@bench.example","password":"correct horse battery","name":"{{name}}"}"""));
        return JsonSerializer.Deserialize(await Body(answer), ContractsJson.Default.Session)!;
    }

    public static HttpClient For(Uri server, string? token)
    {
        var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.All })
        {
            BaseAddress = server,
            Timeout = TimeSpan.FromMinutes(2),
        };
        if (token is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static async Task<string> Body(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{(int)answer.StatusCode}: {text}");
    }
}

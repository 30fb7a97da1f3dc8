using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using TaskGrid.Contracts;

namespace TaskGrid.EndToEnd.Tests.Durability;

/// <summary>A client without a store that sends one push after the other and remembers what was acknowledged.</summary>
internal sealed class Writer(HttpClient http, OrganizationId organization)
{
    private long n;

    public ReplicaId Replica { get; } = new(Guid.CreateVersion7());

    /// <summary>Acknowledged: number → seq.</summary>
    public Dictionary<long, long> Acknowledged { get; } = [];

    public static async Task<(HttpClient Http, OrganizationId Organization)> FoundAsync(Uri server)
    {
        var http = new HttpClient { BaseAddress = server, Timeout = TimeSpan.FromSeconds(30) };
        using var registered = await http.PostAsync("api/auth/register",
            Json($$"""{"email":"{{Guid.NewGuid():N}}@example.com","password":"correct horse battery","name":"Ada"}"""));
        var session = JsonSerializer.Deserialize(await Ok(registered), ContractsJson.Default.Session)!;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.AccessToken);
        using var founded = await http.PostAsync("api/orgs", Json("""{"name":"Durable"}"""));
        return (http, JsonSerializer.Deserialize(await Ok(founded), ContractsJson.Default.OrganizationInfo)!.Id);
    }

    /// <summary>Makes the next push: this many creates.</summary>
    public (string Body, long First) Next(int count)
    {
        var first = n + 1;
        var changes = Enumerable.Range(0, count).Select(_ => JsonSerializer.Serialize(
            new Change(++n, Stamp.At(DateTimeOffset.UtcNow), new CausalClock(0),
                new ChangeBody.Create(new TaskId(Guid.CreateVersion7()), TaskValues.Titled($"number {n}"))), ContractsJson.Default.Change));
        return ($$"""{"protocol":1,"org":"{{organization}}","replica":"{{Replica}}","changes":[{{string.Join(',', changes)}}]}""", first);
    }

    /// <summary>Sends a push until it is answered, over whatever happens to the server.</summary>
    public async Task SendAsync(string body, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using var answer = await http.PostAsync("api/sync/push", Json(body), cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    var results = JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(cancellationToken), ContractsJson.Default.PushAnswer)!.Results;
                    foreach (var result in results) Remember(result);
                    return;
                }
                Assert.True((int)answer.StatusCode >= 500, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException)
            {
                await Task.Delay(50, cancellationToken);
            }
        }
    }

    /// <summary>The whole log.</summary>
    public static async Task<IReadOnlyList<CanonicalChange>> LogAsync(HttpClient http, OrganizationId organization)
    {
        var log = new List<CanonicalChange>();
        for (long since = 0; ;)
        {
            var page = JsonSerializer.Deserialize(await http.GetStringAsync($"api/sync/pull?org={organization}&replica={Guid.CreateVersion7()}&since={since}&limit=5000"),
                ContractsJson.Default.PullAnswer)!;
            log.AddRange(page.Changes);
            since = page.To;
            if (!page.More) return log;
        }
    }

    private void Remember(ChangeResult result)
    {
        Assert.Equal(ChangeStatus.Accepted, result.Status);
        // Answered again, it is answered the same.
        lock (Acknowledged)
            if (!Acknowledged.TryAdd(result.N, result.Seq!.Value)) Assert.Equal(Acknowledged[result.N], result.Seq);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static async Task<string> Ok(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return text;
    }
}

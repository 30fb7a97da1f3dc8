using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using TaskGrid.Contracts;

namespace TaskGrid.Client;

/// <summary>Sends requests of the protocol and reads answers and problems. Knows nothing of sessions.</summary>
public sealed partial class ApiClient(HttpClient http, TimeProvider time)
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    /// <summary>Makes an HTTP client as this class wants it: compressed answers, kept connections, no time limit of its own.</summary>
    public static HttpClient HttpFor(Uri server) => new(new SocketsHttpHandler
    {
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AllowAutoRedirect = false,
    })
    { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The server.</summary>
    public Uri Server => http.BaseAddress!;

    internal async Task<Reply<T>> SendAsync<T>(HttpMethod method, string path, HttpContent? body, string? token, JsonTypeInfo<T> type,
        CancellationToken cancellationToken, TimeSpan? extra = null)
    {
        using var limit = new CancellationTokenSource(AnswerWithin + (extra ?? TimeSpan.Zero), time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var response = await http.SendAsync(Request(method, path, body, token), HttpCompletionOption.ResponseHeadersRead, both.Token);
            if (!response.IsSuccessStatusCode) return await RefusedAsync<T>(response, both.Token);
            if (response.StatusCode == HttpStatusCode.NoContent) return new Reply<T>.Answered(default!);
            var bytes = await response.Content.ReadAsByteArrayAsync(both.Token);
            return Parse(bytes, type);
        }
        catch (Exception e) when (IsNetwork(e, cancellationToken))
        {
            return new Reply<T>.Unreachable(Describe(e));
        }
    }

    /// <summary>Opens an answer that is read as it comes.</summary>
    internal async Task<Reply<HttpResponseMessage>> OpenAsync(string path, string? token, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(AnswerWithin, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var response = await http.SendAsync(Request(HttpMethod.Get, path, null, token), HttpCompletionOption.ResponseHeadersRead, both.Token);
            if (response.IsSuccessStatusCode) return new Reply<HttpResponseMessage>.Answered(response);
            using (response) return await RefusedAsync<HttpResponseMessage>(response, both.Token);
        }
        catch (Exception e) when (IsNetwork(e, cancellationToken))
        {
            return new Reply<HttpResponseMessage>.Unreachable(Describe(e));
        }
    }

    internal static bool IsNetwork(Exception e, CancellationToken callers) =>
        e is HttpRequestException or IOException || (e is OperationCanceledException && !callers.IsCancellationRequested);

    internal string Describe(Exception e) => e switch
    {
        OperationCanceledException => $"{Server} did not answer in time",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => $"{Server} cannot be reached",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => $"the name of {Server} is not known",
        _ => $"the connection to {Server} broke",
    };

    internal static HttpContent Json<T>(T body, JsonTypeInfo<T> type) => Json(JsonSerializer.SerializeToUtf8Bytes(body, type));

    internal static HttpContent Json(ReadOnlyMemory<byte> body) =>
        new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private static HttpRequestMessage Request(HttpMethod method, string path, HttpContent? body, string? token)
    {
        var request = new HttpRequestMessage(method, path) { Content = body };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    private static Reply<T> Parse<T>(byte[] bytes, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, type) is { } value
                ? new Reply<T>.Answered(value)
                : new Reply<T>.Unreachable("the answer was empty");
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            // JSON that is well formed but not known is a newer server; anything else is not our server talking.
            return ProblemReader.IsJson(bytes) ? new Reply<T>.NotUnderstood(e.Message) : new Reply<T>.Unreachable("the answer was not JSON");
        }
    }

    private async Task<Reply<T>> RefusedAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (ProblemReader.Read((int)response.StatusCode, body) is not { } problem)
            return new Reply<T>.Unreachable($"{Server} answered {(int)response.StatusCode} without a code of the protocol");
        var after = response.Headers.RetryAfter;
        return new Reply<T>.Refused(problem, after?.Delta ?? (after?.Date is { } date ? date - time.GetUtcNow() : null));
    }
}

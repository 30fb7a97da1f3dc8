using System.Globalization;
using System.Text;
using TaskGrid.Contracts;

namespace TaskGrid.Client;

/// <summary>The sync requests over HTTP and WebSocket.</summary>
public sealed class HttpTransport(ApiClient api, SessionKeeper sessions) : ITransport
{
    /// <inheritdoc/>
    public Task<Reply<PushAnswer>> PushAsync(PushRequest request, CancellationToken cancellationToken)
    {
        var body = Body(request);
        return SignedAsync(token => api.SendAsync(HttpMethod.Post, "/api/sync/push", ApiClient.Json(body), token, ContractsJson.Default.PushAnswer, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Reply<PullAnswer>> PullAsync(PullRequest request, CancellationToken cancellationToken)
    {
        var path = string.Create(CultureInfo.InvariantCulture,
            $"/api/sync/pull?org={request.Organization}&replica={request.Replica}&since={request.Since}");
        if (request.WaitSeconds > 0) path += string.Create(CultureInfo.InvariantCulture, $"&wait={request.WaitSeconds}");
        if (request.History is { } history) path += "&history=" + Uri.EscapeDataString(history);
        if (request.After is { } after) path += "&after=" + Uri.EscapeDataString(after);
        return SignedAsync(token => api.SendAsync(HttpMethod.Get, path, null, token, ContractsJson.Default.PullAnswer, cancellationToken,
            TimeSpan.FromSeconds(request.WaitSeconds)), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Reply<Snapshot>> SnapshotAsync(
        OrganizationId organization, ReplicaId replica, IProgress<(long Done, long Total)>? progress, CancellationToken cancellationToken)
    {
        var reply = await SignedAsync(token => api.OpenAsync($"/api/sync/snapshot?org={organization}&replica={replica}", token, cancellationToken), cancellationToken);
        if (reply is not Reply<HttpResponseMessage>.Answered { Value: var response }) return reply.As<Snapshot>(_ => throw new System.Diagnostics.UnreachableException());
        using (response)
        {
            try
            {
                await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
                return await SnapshotReader.ReadAsync(stream, progress, cancellationToken);
            }
            catch (Exception e) when (ApiClient.IsNetwork(e, cancellationToken))
            {
                return new Reply<Snapshot>.Unreachable(api.Describe(e));
            }
        }
    }

    /// <inheritdoc/>
    public Task<Reply<TextHistory>> TextAsync(OrganizationId organization, TaskId task, string field, long since, CancellationToken cancellationToken) =>
        SignedAsync(token => api.SendAsync(HttpMethod.Get,
            string.Create(CultureInfo.InvariantCulture, $"/api/sync/text?org={organization}&task={task}&field={field}&since={since}"),
            null, token, ClientJson.Default.TextHistory, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<Reply<ConflictPage>> ConflictsAsync(OrganizationId organization, bool openOnly, string? after, CancellationToken cancellationToken) =>
        SignedAsync(token => api.SendAsync(HttpMethod.Get,
            $"/api/sync/conflicts?org={organization}&status={(openOnly ? "open" : "all")}{After(after)}", null, token, ClientJson.Default.ConflictPage, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<Reply<HistoryPage>> HistoryAsync(OrganizationId organization, TaskId task, string? after, CancellationToken cancellationToken) =>
        SignedAsync(token => api.SendAsync(HttpMethod.Get, $"/api/sync/history?org={organization}&task={task}{After(after)}",
            null, token, ClientJson.Default.HistoryPage, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<Reply<Me>> MeAsync(CancellationToken cancellationToken) =>
        SignedAsync(token => api.MeAsync(token, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<Reply<ILiveConnection>> OpenLiveAsync(LiveHello hello, CancellationToken cancellationToken) =>
        SignedAsync(token => LiveSocket.OpenAsync(api.Server, hello, token, cancellationToken), cancellationToken);

    /// <summary>Sends with a token; where the server refuses it, once more with a fresh one.</summary>
    public async Task<Reply<T>> SignedAsync<T>(Func<string, Task<Reply<T>>> send, CancellationToken cancellationToken)
    {
        var token = await TokenAsync<T>(null, cancellationToken);
        if (token.Value is not { } first) return token.Otherwise!;
        var reply = await send(first);
        if (reply is not Reply<T>.Refused { Problem.Code: Codes.Unauthorized }) return reply;
        var renewed = await TokenAsync<T>(first, cancellationToken);
        return renewed.Value is { } second ? await send(second) : renewed.Otherwise!;
    }

    private async Task<(string? Value, Reply<T>? Otherwise)> TokenAsync<T>(string? refused, CancellationToken cancellationToken)
    {
        var reply = await sessions.TokenAsync(refused, cancellationToken);
        return reply is Reply<string>.Answered answered
            ? (answered.Value, null)
            : (null, reply.As<T>(_ => throw new System.Diagnostics.UnreachableException()));
    }

    private static string After(string? after) => after is null ? "" : "&after=" + Uri.EscapeDataString(after);

    /// <summary>The push, with each change as exactly the bytes that stand in the outbox.</summary>
    private static byte[] Body(PushRequest request)
    {
        var body = new StringBuilder();
        body.Append(CultureInfo.InvariantCulture, $"{{\"protocol\":1,\"org\":\"{request.Organization}\",\"replica\":\"{request.Replica}\",\"since\":{request.Since}");
        if (request.History is { } history)
            body.Append(",\"history\":").Append(System.Text.Json.JsonSerializer.Serialize(history, ContractsJson.Default.String));
        body.Append(",\"changes\":[").AppendJoin(',', request.Changes).Append("]}");
        return Encoding.UTF8.GetBytes(body.ToString());
    }
}

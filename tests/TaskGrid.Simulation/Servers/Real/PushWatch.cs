using System.Net;

namespace TaskGrid.Simulation;

/// <summary>Sees pushes on their way, so that what kills can kill in the midst of one.</summary>
internal sealed class PushWatch(Counts counts) : DelegatingHandler(NewWay())
{
    private TaskCompletionSource begun = NewSignal();
    private int kills;

    /// <summary>Completes when the next push is on its way.</summary>
    public Task Next => Volatile.Read(ref begun).Task;

    /// <summary>Something is killed now: what is on its way and gets no answer was cut off by it.</summary>
    public void NoteKill() => Interlocked.Increment(ref kills);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri?.AbsolutePath != "/api/sync/push") return await base.SendAsync(request, cancellationToken);
        Interlocked.Exchange(ref begun, NewSignal()).TrySetResult();
        var before = Volatile.Read(ref kills);
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode) NoteCutOff(before);
            return response;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            NoteCutOff(before);
            throw;
        }
    }

    private void NoteCutOff(int before)
    {
        if (Volatile.Read(ref kills) != before) counts.Add(Count.PushesCutOff);
    }

    // As the client makes its own, which cannot be looked into.
    private static SocketsHttpHandler NewWay() => new()
    {
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        AllowAutoRedirect = false,
    };

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation.Tests.EdgeCases;

/// <summary>A way to the server that does something at its pushes: loses the request or the answer, or lets something happen in between.</summary>
internal sealed class CutNetwork(ITransport server) : Passage(server)
{
    /// <summary>Requests that left the device.</summary>
    public List<PushRequest> Pushes { get; } = [];

    /// <summary>How many requests of any kind there were.</summary>
    public int Requests { get; private set; }

    /// <summary>Loses the next pushes before they arrive.</summary>
    public int LoseRequests { get; set; }

    /// <summary>Loses the answers of the next pushes.</summary>
    public int LoseAnswers { get; set; }

    /// <summary>What happens just before the next push arrives; once.</summary>
    public Func<Task>? BeforeArrival { get; set; }

    /// <summary>What a proxy in between says to every request for the organization.</summary>
    public Problem? Proxy { get; set; }

    public override async Task<Reply<PushAnswer>> PushAsync(PushRequest request, CancellationToken cancellationToken)
    {
        Pushes.Add(request);
        if (LoseRequests-- > 0) return new Reply<PushAnswer>.Unreachable("the request was lost");
        if (BeforeArrival is { } first)
        {
            BeforeArrival = null;
            await first();
        }
        var reply = await base.PushAsync(request, cancellationToken);
        return LoseAnswers-- > 0 ? new Reply<PushAnswer>.Unreachable("the answer was lost") : reply;
    }

    protected override Task<Reply<T>> PassAsync<T>(Func<Task<Reply<T>>> request)
    {
        Requests++;
        return Proxy is { } problem && typeof(T) != typeof(Me) ? Task.FromResult<Reply<T>>(new Reply<T>.Refused(problem)) : base.PassAsync(request);
    }
}

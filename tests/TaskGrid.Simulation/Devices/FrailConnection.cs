using TaskGrid.Client;

namespace TaskGrid.Simulation;

/// <summary>A live connection through a bad network: it breaks together with the line, or just so, and takes a frame with it.</summary>
internal sealed class FrailConnection(ILiveConnection server, Weather weather, CancellationToken line) : ILiveConnection
{
    private const int Broken = 1006;

    public async Task<LiveFrame> NextAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, line);
        try
        {
            var frame = await server.NextAsync(either.Token);
            await weather.PassAsync();
            return weather.CutsLive() ? new LiveFrame.Closed(Broken) : frame;
        }
        catch (OperationCanceledException) when (line.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new LiveFrame.Closed(Broken);
        }
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}

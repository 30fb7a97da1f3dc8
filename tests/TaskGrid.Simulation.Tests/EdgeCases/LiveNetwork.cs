using System.Threading.Channels;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation.Tests.EdgeCases;

/// <summary>A way to the server whose live connections and long polls a test answers by hand, one after the other.</summary>
/// <param name="server">The server.</param>
/// <param name="turns">The server's grains take one call at a time.</param>
internal sealed class LiveNetwork(ITransport server, SemaphoreSlim turns) : Passage(server)
{
    private readonly Channel<Asked> asked = Channel.CreateUnbounded<Asked>();

    /// <summary>Requests of any kind, live connections included.</summary>
    public int Requests { get; private set; }

    /// <summary>Live connections that nobody has closed.</summary>
    public int OpenNow { get; set; }

    /// <summary>The most that there ever were.</summary>
    public int OpenAtMost { get; set; }

    /// <summary>What the client asks next, and then waits for.</summary>
    public async Task<Asked> NextAsync(CancellationToken cancellationToken) => await asked.Reader.ReadAsync(cancellationToken);

    public override async Task<Reply<PullAnswer>> PullAsync(PullRequest request, CancellationToken cancellationToken)
    {
        if (request.WaitSeconds > 0)
        {
            var poll = new Asked.Poll();
            await asked.Writer.WriteAsync(poll, cancellationToken);
            await poll.Answer.Task.WaitAsync(cancellationToken);
        }
        return await base.PullAsync(request, cancellationToken);
    }

    public override async Task<Reply<ILiveConnection>> OpenLiveAsync(LiveHello hello, CancellationToken cancellationToken)
    {
        Requests++;
        var live = new Asked.Live(hello);
        await asked.Writer.WriteAsync(live, cancellationToken);
        if (await live.Answer.WaitAsync(cancellationToken) is not { } frames) return new Reply<ILiveConnection>.Unreachable("no live connection");
        OpenAtMost = Math.Max(OpenAtMost, ++OpenNow);
        return new Reply<ILiveConnection>.Answered(new ScriptedLive(this, frames));
    }

    protected override async Task<Reply<T>> PassAsync<T>(Func<Task<Reply<T>>> request)
    {
        Requests++;
        await turns.WaitAsync();
        try
        {
            return await base.PassAsync(request);
        }
        finally
        {
            turns.Release();
        }
    }
}

/// <summary>Something that a client asked for and waits for.</summary>
internal abstract record Asked
{
    /// <summary>A pull that waits for news.</summary>
    public sealed record Poll : Asked
    {
        public TaskCompletionSource Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>A live connection.</summary>
    public sealed record Live(LiveHello Hello) : Asked
    {
        private readonly TaskCompletionSource<ChannelReader<LiveFrame>?> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>What the connection says; null where none can be had.</summary>
        public Task<ChannelReader<LiveFrame>?> Answer => answer.Task;

        /// <summary>It stands, and says this; what is written later it says then.</summary>
        public ChannelWriter<LiveFrame> Connect(params ReadOnlySpan<LiveFrame> frames)
        {
            var says = Channel.CreateUnbounded<LiveFrame>();
            foreach (var frame in frames) says.Writer.TryWrite(frame);
            answer.SetResult(says.Reader);
            return says.Writer;
        }

        /// <summary>There is none to be had.</summary>
        public void Refuse() => answer.SetResult(null);
    }
}

/// <summary>A live connection that says what it is told to.</summary>
internal sealed class ScriptedLive(LiveNetwork network, ChannelReader<LiveFrame> says) : ILiveConnection
{
    private bool disposed;

    public Task<LiveFrame> NextAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return says.ReadAsync(cancellationToken).AsTask();
    }

    public ValueTask DisposeAsync()
    {
        if (!disposed) network.OpenNow--;
        disposed = true;
        return ValueTask.CompletedTask;
    }
}

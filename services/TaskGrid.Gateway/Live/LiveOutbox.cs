using System.Threading.Channels;
using TaskGrid.Contracts;
using TaskGrid.EventStore.Marten.Queries;

namespace TaskGrid.Gateway.Live;

/// <summary>
/// What goes out on one connection, by one sender, in log order without gaps. The queue is short: changes that find no room are not
/// kept but read from the log again when the sender gets there, so a slow client costs no memory; one that does not read at all is
/// dropped by the socket's timeout.
/// </summary>
internal sealed class LiveOutbox(LiveSocket socket, IOrganizationQueries queries, OrganizationId organization, long since, int room)
{
    private const int PageChanges = 500;

    private readonly Channel<LiveFrame> queue = Channel.CreateBounded<LiveFrame>(new BoundedChannelOptions(room) { SingleReader = true });
    private long cursor = since;
    private bool isBehind = true;

    /// <summary>Changes for everybody; never waits.</summary>
    public void Offer(LiveFrame.Changes frame)
    {
        if (!queue.Writer.TryWrite(frame)) Volatile.Write(ref isBehind, true);
    }

    /// <summary>Something that may be left out where there is no room.</summary>
    public void OfferIfRoom(LiveFrame.Other frame) => queue.Writer.TryWrite(frame);

    /// <summary>An answer to this client. It waits for room: a client that does not take its answers in is not read from either.</summary>
    public ValueTask AddAsync(LiveFrame.Other frame, CancellationToken cancellationToken) => queue.Writer.WriteAsync(frame, cancellationToken);

    /// <summary>Sends until stopped. False if the client does not read.</summary>
    public async Task<bool> SendAsync(LiveFrame.Other welcome, CancellationToken cancellationToken)
    {
        try
        {
            if (!await socket.SendAsync(welcome.Bytes) || !await CatchUpAsync(cancellationToken)) return false;
            await foreach (var frame in queue.Reader.ReadAllAsync(cancellationToken))
            {
                if (!await SendAsync(frame, cancellationToken) || !await CatchUpAsync(cancellationToken)) return false;
            }
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return true;
        }
    }

    private async Task<bool> SendAsync(LiveFrame frame, CancellationToken cancellationToken)
    {
        if (frame is not LiveFrame.Changes changes) return await socket.SendAsync(frame.Bytes);
        if (changes.To <= cursor) return true;
        if (changes.From != cursor)
        {
            Volatile.Write(ref isBehind, true);
            return await CatchUpAsync(cancellationToken);
        }
        cursor = changes.To;
        return await socket.SendAsync(changes.Bytes);
    }

    private async Task<bool> CatchUpAsync(CancellationToken cancellationToken)
    {
        if (!Interlocked.Exchange(ref isBehind, false)) return true;
        while (true)
        {
            var page = await queries.PullAsync(organization, null, cursor, PageChanges, cancellationToken);
            if (page is null) return true;
            foreach (var frame in LiveFrame.Split(page.From, page.Changes))
            {
                cursor = frame.To;
                if (!await socket.SendAsync(frame.Bytes)) return false;
            }
            if (page.To >= page.Head) return true;
        }
    }
}

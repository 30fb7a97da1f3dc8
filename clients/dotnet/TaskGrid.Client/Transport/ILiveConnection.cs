using System.Collections.Immutable;
using TaskGrid.Contracts;

namespace TaskGrid.Client;

/// <summary>What opens a live connection.</summary>
/// <param name="Organization">The organization.</param>
/// <param name="Replica">The caller's replica.</param>
/// <param name="Since">What came after this is wanted.</param>
/// <param name="History">The identity of the log that the state came from.</param>
public sealed record LiveHello(OrganizationId Organization, ReplicaId Replica, long Since, string? History);

/// <summary>A live connection. A convenience: whatever it loses, a pull finds.</summary>
public interface ILiveConnection : IAsyncDisposable
{
    /// <summary>The next frame; <see cref="LiveFrame.Closed"/> is the last one.</summary>
    Task<LiveFrame> NextAsync(CancellationToken cancellationToken);
}

/// <summary>What comes over a live connection.</summary>
public abstract record LiveFrame
{
    private LiveFrame() { }

    /// <summary>The connection stands.</summary>
    /// <param name="Head">The log's last seq.</param>
    /// <param name="History">The log's identity.</param>
    public sealed record Welcome(long Head, string History) : LiveFrame;

    /// <summary>Canonical changes in (From, To].</summary>
    /// <param name="From">Where they begin.</param>
    /// <param name="To">What they reach.</param>
    /// <param name="Items">The changes.</param>
    public sealed record Changes(long From, long To, ImmutableArray<CanonicalChange> Items) : LiveFrame;

    /// <summary>The server has something to say against a frame of ours.</summary>
    /// <param name="Code">One of <see cref="Codes"/>.</param>
    public sealed record Problem(string Code) : LiveFrame;

    /// <summary>Something that needs no reaction.</summary>
    public sealed record Other : LiveFrame;

    /// <summary>The connection ended.</summary>
    /// <param name="Code">The close code; 1006 where it just broke.</param>
    public sealed record Closed(int Code) : LiveFrame;
}

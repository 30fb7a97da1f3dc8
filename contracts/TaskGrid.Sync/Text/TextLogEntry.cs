using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>An edit of one text field as it stands in the log.</summary>
/// <param name="Seq">Its place in the log.</param>
/// <param name="Origin">Who made it; null if the server did (a resolve), which is foreign to every author.</param>
/// <param name="Clock">What its author had seen.</param>
/// <param name="Sent">The edit on the text that its author saw.</param>
/// <param name="Applied">The canonical edit, on the text before it in the log.</param>
public sealed record TextLogEntry(long Seq, Origin? Origin, CausalClock Clock, TextEdit Sent, TextEdit Applied)
{
    /// <summary>What <see cref="Applied"/> took out of the text, if known (<see cref="TextEdits.Removed"/>): the way back to earlier texts.</summary>
    public string? Removed { get; init; }

    /// <summary>Whose it is and when, for a conflict's record; merging does not look at it.</summary>
    public TextAuthor? By { get; init; }

    /// <summary>An edit that the server made itself, on the text before it in the log.</summary>
    public static TextLogEntry ByServer(long seq, TextEdit applied) => new(seq, null, new CausalClock(seq - 1), applied, applied);
}

/// <summary>Whose an edit is: of an edit that the server made for a resolve, the resolver's.</summary>
/// <param name="User">The user.</param>
/// <param name="Replica">The store that it came from.</param>
/// <param name="At">The adjusted stamp.</param>
/// <param name="AtSent">The stamp as sent.</param>
public sealed record TextAuthor(UserId User, ReplicaId Replica, Stamp At, Stamp AtSent);

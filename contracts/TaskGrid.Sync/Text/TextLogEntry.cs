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

    /// <summary>An edit that the server made itself, on the text before it in the log.</summary>
    public static TextLogEntry ByServer(long seq, TextEdit applied) => new(seq, null, new CausalClock(seq - 1), applied, applied);
}

using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>A write to a register.</summary>
/// <param name="Seq">Its place in the log.</param>
/// <param name="Origin">Who wrote.</param>
/// <param name="At">The stamp that counts: held before the write, adjusted after it.</param>
/// <param name="AtSent">The stamp as sent, for the record.</param>
/// <param name="UserId">The person.</param>
/// <param name="Value">The value; null clears.</param>
public sealed record RegisterEntry(long Seq, Origin Origin, Stamp At, Stamp AtSent, UserId UserId, FieldValue? Value);

/// <summary>What is kept of a write that is not the current one: enough to adjust the stamps of those who saw it.</summary>
/// <param name="Seq">Its place in the log.</param>
/// <param name="Origin">Who wrote.</param>
/// <param name="At">Its adjusted stamp.</param>
public sealed record RegisterStep(long Seq, Origin Origin, Stamp At);

/// <summary>What became of a write.</summary>
/// <param name="Next">The register from now on.</param>
/// <param name="Entry">The write with its adjusted stamp.</param>
/// <param name="Applied">It is the current one now.</param>
/// <param name="Rival">The write that was current before, if it is concurrent and of another value: the two are in conflict.</param>
public sealed record RegisterWrite(Register Next, RegisterEntry Entry, bool Applied, RegisterEntry? Rival);

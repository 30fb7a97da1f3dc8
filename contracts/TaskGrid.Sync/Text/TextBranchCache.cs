using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>
/// Where the merging of one author's edits of one field stands: the foreign edits that the author has not seen, rewritten to apply
/// after all that the author did. Whoever keeps it pays for a next edit only what is new. Immutable; drop it and it is rebuilt from the log.
/// </summary>
public sealed class TextBranchCache
{
    internal TextBranchCache(Origin last, long @base, long seq, ForeignRow foreign) =>
        (Last, Base, Seq, Foreign) = (last, @base, seq, foreign);

    /// <summary>The author's last edit that is taken into account.</summary>
    public Origin Last { get; }

    /// <summary>The author had seen the log up to here.</summary>
    public long Base { get; }

    /// <summary>The log is taken into account up to here; entries up to it are needed no more.</summary>
    public long Seq { get; }

    /// <summary>How many foreign edits are kept: what the next edit costs.</summary>
    public int Count => Foreign.Count;

    internal ForeignRow Foreign { get; }
}

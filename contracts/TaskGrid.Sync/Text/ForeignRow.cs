using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>Foreign edits one after the other, each on the text that the one before it leaves, in chunks. Immutable.</summary>
internal sealed class ForeignRow
{
    private ForeignRow(ImmutableArray<ForeignChunk> chunks)
    {
        Chunks = chunks;
        foreach (ForeignChunk chunk in chunks)
            (Count, Net, Taken) = (Count + chunk.Count, Net + chunk.Net, Taken + chunk.Taken);
    }

    public static ForeignRow Empty { get; } = new([]);

    public ImmutableArray<ForeignChunk> Chunks { get; }

    public int Count { get; }

    /// <summary>By how many code points the row changes the length of a text.</summary>
    public int Net { get; }

    /// <summary>How many UTF-16 units it takes out, at most.</summary>
    public int Taken { get; }

    public IEnumerable<ForeignEdit> Edits => Chunks.SelectMany(chunk => Enumerable.Range(0, chunk.Count).Select(i => chunk[i]));

    /// <summary>Edits as they came, numbered from 1 on.</summary>
    public static ForeignRow Of(ReadOnlySpan<TextEdit> edits)
    {
        var row = new ForeignEdit[edits.Length];
        for (int i = 0; i < row.Length; i++)
            row[i] = new ForeignEdit(i + 1, edits[i], 0, null);
        return Empty.With(row);
    }

    public static ForeignRow Of(ForeignChunk[] chunks) => new(ImmutableCollectionsMarshal.AsImmutableArray(chunks));

    /// <summary>The row with more edits, which have not moved, at its end.</summary>
    public ForeignRow With(ReadOnlySpan<ForeignEdit> more)
    {
        if (more.IsEmpty)
            return this;
        ImmutableArray<ForeignChunk>.Builder chunks = Chunks.ToBuilder();
        if (chunks.Count > 0 && ForeignChunk.Size - chunks[^1].Count is > 0 and var room)
        {
            chunks[^1] = chunks[^1].With(more[..Math.Min(room, more.Length)]);
            more = more[Math.Min(room, more.Length)..];
        }
        for (; more.Length > 0; more = more[Math.Min(ForeignChunk.Size, more.Length)..])
            chunks.Add(new ForeignChunk(more[..Math.Min(ForeignChunk.Size, more.Length)].ToArray()));
        return new(chunks.ToImmutable());
    }

    /// <summary>The row without what stands in the log up to a seq.</summary>
    public ForeignRow After(long seq)
    {
        int gone = 0;
        while (gone < Chunks.Length && Chunks[gone].LastSeq <= seq)
            gone++;
        if (gone == Chunks.Length)
            return Empty;
        ForeignChunk rest = Chunks[gone].After(seq);
        return gone == 0 && rest == Chunks[0] ? this : new([rest, .. Chunks[(gone + 1)..]]);
    }
}

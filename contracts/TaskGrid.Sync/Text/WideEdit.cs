using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>
/// An edit of many places on its way over foreign edits, each of which meets few of them:
/// <code>
///   e:   --- p1 ------- p2 --- p3 ----------- p4 ---      pieces, with at least one kept code point between two
///   f:                      f                             before f: p1, p2   touched: p3   after: p4
/// </code>
/// A foreign edit goes on behind what the pieces before it add; the pieces after it shift; only the touched ones are transformed.
/// Pieces stand in chunks that shift as a whole, so a foreign edit costs about the square root of the pieces. Gives the same as
/// <see cref="TextEdits.Transform"/> on the whole edit. Mutable: it lives for one crossing.
/// </summary>
internal sealed class WideEdit
{
    private const int ChunkSize = 96;
    private readonly List<Chunk> _chunks = [];
    private readonly OverlapFinder? _overlaps;

    public WideEdit(TextEdit edit, OverlapFinder? overlaps)
    {
        _overlaps = overlaps;
        foreach (TextEdit piece in TextPieces.Split(edit))
        {
            if (_chunks.Count == 0 || _chunks[^1].Pieces.Count == ChunkSize)
                _chunks.Add(new Chunk());
            _chunks[^1].Insert(_chunks[^1].Pieces.Count, piece);
        }
    }

    /// <summary>The edit as it now is.</summary>
    public TextEdit ToEdit() => TextPieces.Join(_chunks.SelectMany(chunk => chunk.Pieces.Select(chunk.Placed)));

    /// <summary>Goes over foreign edits; returns those as they go on over this one.</summary>
    public ForeignChunk Cross(ForeignChunk foreign)
    {
        ForeignEdit[]? met = null;
        int[] shifts = new int[foreign.Count];
        for (int i = 0; i < shifts.Length; i++)
        {
            ForeignEdit f = foreign[i];
            (ForeignEdit over, shifts[i]) = f.Edit.IsEmpty ? (f, f.Shift) : Cross(f);
            if (!ReferenceEquals(over.Edit, f.Edit))
                (met ??= foreign.Edits)[i] = over;
        }
        return foreign.Moved(met, shifts);
    }

    private (ForeignEdit Foreign, int Shift) Cross(ForeignEdit f)
    {
        (int start, int reach, int net) = (f.Edit.Start + f.Shift, f.Edit.Reach + f.Shift, f.Edit.Inserted - f.Edit.Deleted);
        (int c, int p, int before) = Find(start);
        List<TextEdit> touched = Take(c, p, reach);
        if (touched.Count == 0)
        {
            ShiftFrom(c, p, net);
            return (f, f.Shift + before);
        }
        (TextEdit mine, TextEdit theirs) = (TextPieces.Join(touched), f.Placed);
        TextEdit over = TextEdits.Transform(mine, theirs, Side.Right);
        _overlaps?.Look(f.Seq, mine, theirs);
        // Taken apart again, or pieces would grow together to the whole edit in the end.
        foreach (TextEdit piece in TextPieces.Split(over))
            _chunks[c].Insert(p++, piece);
        ShiftFrom(c, p, net);
        return (new ForeignEdit(f.Seq, TextEdits.Transform(theirs, mine, Side.Left), 0, TextCrossing.StillRemoved(theirs, f.Removed, mine)), before);
    }

    /// <summary>The first piece that does not lie wholly before a place, and what the pieces before it add.</summary>
    private (int Chunk, int Piece, int Before) Find(int start)
    {
        int before = 0;
        int c = 0;
        for (; c < _chunks.Count && _chunks[c].Reach < start; c++)
            before += _chunks[c].Net;
        int p = 0;
        for (; c < _chunks.Count && _chunks[c].ReachOf(p) < start; p++)
            before += NetOf(_chunks[c].Pieces[p].Edit);
        return (c, p, before);
    }

    /// <summary>Takes out the pieces from a place on that begin not behind <paramref name="reach"/>.</summary>
    private List<TextEdit> Take(int c, int p, int reach)
    {
        List<TextEdit> taken = [];
        for (; c < _chunks.Count; c++, p = 0)
        {
            Chunk chunk = _chunks[c];
            while (p < chunk.Pieces.Count && chunk.StartOf(p) <= reach)
            {
                taken.Add(chunk.Placed(chunk.Pieces[p]));
                chunk.RemoveAt(p);
            }
            if (p < chunk.Pieces.Count)
                break;
        }
        return taken;
    }

    private void ShiftFrom(int c, int p, int shift)
    {
        if (c == _chunks.Count || shift == 0)
            return;
        _chunks[c].ShiftFrom(p, shift);
        for (c++; c < _chunks.Count; c++)
            _chunks[c].Shift += shift;
    }

    private static int NetOf(TextEdit edit) => edit.Inserted - edit.Deleted;

    /// <summary>Neighbouring pieces that shift together; what they add and where the last one ends are kept up to date.</summary>
    private sealed class Chunk
    {
        public List<(TextEdit Edit, int Shift)> Pieces { get; } = new(ChunkSize);

        public int Shift { get; set; }

        public int Net { get; private set; }

        public int Reach => Pieces.Count == 0 ? -1 : ReachOf(Pieces.Count - 1);

        public int StartOf(int p) => Pieces[p].Edit.Start + Pieces[p].Shift + Shift;

        public int ReachOf(int p) => Pieces[p].Edit.Reach + Pieces[p].Shift + Shift;

        public TextEdit Placed((TextEdit Edit, int Shift) piece) => ForeignEdit.Shifted(piece.Edit, piece.Shift + Shift);

        public void Insert(int p, TextEdit piece)
        {
            Pieces.Insert(p, (piece, -Shift));
            Net += NetOf(piece);
        }

        public void RemoveAt(int p)
        {
            Net -= NetOf(Pieces[p].Edit);
            Pieces.RemoveAt(p);
        }

        public void ShiftFrom(int p, int shift)
        {
            for (; p < Pieces.Count; p++)
                Pieces[p] = (Pieces[p].Edit, Pieces[p].Shift + shift);
        }
    }
}

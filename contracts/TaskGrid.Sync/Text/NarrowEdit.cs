using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>
/// An edit of few places on its way over foreign edits, most of which lie apart from it:
/// <code>
///   f behind e:   e stays, f shifts by what e adds          e:  ---#--------     f:  --------##--
///   f before e:   e shifts by what f adds, f stays          e:  --------#---     f:  ---##-------
/// </code>
/// That holds where f ends at the very place at which e begins: f stands first there, being earlier in the log. Where they meet otherwise,
/// the rules of transform decide. Mutable: it lives for one crossing.
/// </summary>
internal sealed class NarrowEdit(TextEdit edit, OverlapFinder? overlaps)
{
    private TextEdit _edit = edit;
    private int _shift;

    /// <summary>The edit as it now is.</summary>
    public TextEdit ToEdit() => ForeignEdit.Shifted(_edit, _shift);

    /// <summary>Goes over foreign edits; returns those as they go on over this one.</summary>
    /// <param name="chunk">The edits.</param>
    /// <param name="spent">An earlier form of them that nobody holds any more; it is written over.</param>
    public ForeignChunk Cross(ForeignChunk chunk, ForeignChunk? spent)
    {
        if (_edit.IsEmpty)
            return chunk;
        if (chunk.AllBefore(_edit.Start + _shift))
        {
            _shift += chunk.Net;
            return chunk;
        }
        return chunk.AllAfter(_edit.Reach + _shift) ? chunk.Shifted(_edit.Inserted - _edit.Deleted) : OneByOne(chunk, chunk.Room(spent));
    }

    private ForeignChunk OneByOne(ForeignChunk chunk, int[] shifts)
    {
        ForeignEdit[]? met = null;
        (int start, int reach, int net) = Measure();
        for (int i = 0; i < shifts.Length; i++)
        {
            shifts[i] = chunk.ShiftOf(i);
            if (chunk.ReachOf(i) <= start)
                (start, reach) = (start + chunk.NetOf(i), reach + chunk.NetOf(i));
            else if (chunk.StartOf(i) > reach)
                shifts[i] += net;
            else
            {
                _shift = start - _edit.Start;
                (met ??= chunk.Edits)[i] = Meet(chunk[i]);
                shifts[i] = 0;
                (start, reach, net) = Measure();
            }
        }
        _shift = start - _edit.Start;
        return chunk.Moved(met, shifts);
    }

    /// <summary>Where it begins and ends and what it adds. Once nothing is left of it, it stands behind whatever comes and adds nothing.</summary>
    private (int Start, int Reach, int Net) Measure() => _edit.IsEmpty
        ? (int.MaxValue / 2, int.MaxValue / 2, 0)
        : (_edit.Start + _shift, _edit.Reach + _shift, _edit.Inserted - _edit.Deleted);

    private ForeignEdit Meet(ForeignEdit f)
    {
        (TextEdit mine, TextEdit theirs) = (ToEdit(), f.Placed);
        overlaps?.Look(f.Seq, mine, theirs);
        (_edit, _shift) = (TextEdits.Transform(mine, theirs, Side.Right), 0);
        return new ForeignEdit(f.Seq, TextEdits.Transform(theirs, mine, Side.Left), 0, TextCrossing.StillRemoved(theirs, f.Removed, mine));
    }
}

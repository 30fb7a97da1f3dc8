namespace TaskGrid.Sync;

/// <summary>
/// Neighbouring foreign edits of a row. An edit that stands before or behind all of them passes them in one step; where it must pass them
/// one by one, only the numbers by which they shift are written anew. Immutable: what a crossing leaves as it is, the next row shares.
/// </summary>
internal sealed class ForeignChunk
{
    public const int Size = 512;

    private static readonly int[] Unmoved = new int[Size];

    private readonly ForeignEdit[] _edits; // the shifts in them are not looked at
    private readonly Place[] _places;
    private readonly int[] _shifts;
    private readonly int _shift; // of all of them together
    private readonly int _front; // what ends before this, as it comes in, stands before each of them
    private readonly int _back;  // what begins here or further on, as it comes in, stands behind each of them

    /// <summary>Edits that have not moved.</summary>
    public ForeignChunk(ForeignEdit[] edits)
        : this(edits, Unmoved)
    {
    }

    private ForeignChunk(ForeignEdit[] edits, int[] shifts)
        : this(edits, Array.ConvertAll(edits, Place.Of), shifts)
    {
        foreach (ForeignEdit edit in edits)
            Taken += edit.Removed?.Length ?? 2 * edit.Edit.Deleted;
    }

    private ForeignChunk(ForeignEdit[] edits, Place[] places, int[] shifts)
    {
        (_edits, _places, _shifts) = (edits, places, shifts);
        (int front, int back, int net) = (Place.Nowhere.Start, Place.Nowhere.Reach, 0);
        for (int i = 0; i < places.Length; i++)
        {
            Place place = places[i];
            front = Math.Min(front, place.Start + shifts[i]);
            back = Math.Max(back, place.Reach + shifts[i] - net);
            net += place.Net;
        }
        (_front, _back, Net) = (front, back, net);
    }

    private ForeignChunk(ForeignChunk other, int shift)
    {
        (_edits, _places, _shifts, _shift) = (other._edits, other._places, other._shifts, other._shift + shift);
        (_front, _back, Net, Taken) = (other._front + shift, other._back + shift, other.Net, other.Taken);
    }

    public int Count => _edits.Length;

    /// <summary>By how many code points they change the length of a text.</summary>
    public int Net { get; }

    /// <summary>How many UTF-16 units they take out, at most: where it is not known what, two for each code point.</summary>
    public int Taken { get; private init; }

    /// <summary>A copy of the edits, for one who changes some of them.</summary>
    public ForeignEdit[] Edits => [.. _edits];

    public long LastSeq => _edits[^1].Seq;

    public ForeignEdit this[int i] => _edits[i] with { Shift = ShiftOf(i) };

    public int StartOf(int i) => _places[i].Start + ShiftOf(i);

    public int ReachOf(int i) => _places[i].Reach + ShiftOf(i);

    public int NetOf(int i) => _places[i].Net;

    public int ShiftOf(int i) => _shifts[i] + _shift;

    /// <summary>Whether what ends at <paramref name="reach"/> stands before each of them: it stays, they shift.</summary>
    public bool AllAfter(int reach) => reach < _front;

    /// <summary>Whether what begins at <paramref name="start"/> stands behind each of them: it shifts by <see cref="Net"/>, they stay.</summary>
    public bool AllBefore(int start) => start >= _back;

    public ForeignChunk Shifted(int shift) => new(this, shift);

    /// <summary>The same edits, or others in their place, with other shifts.</summary>
    public ForeignChunk Moved(ForeignEdit[]? edits, int[] shifts) =>
        edits is null ? new(_edits, _places, shifts) { Taken = Taken } : new(edits, shifts);

    /// <summary>Room for new shifts: that of an earlier form of this chunk which nobody holds any more, where it is not this one's too.</summary>
    public int[] Room(ForeignChunk? spent) =>
        spent is null || spent._shifts == _shifts || spent._shifts == Unmoved ? new int[Count] : spent._shifts;

    /// <summary>Those that come after a place in the log.</summary>
    public ForeignChunk After(long seq)
    {
        int first = Array.FindIndex(_edits, f => f.Seq > seq);
        return first == 0 ? this : new(_edits[first..], [.. Enumerable.Range(first, Count - first).Select(ShiftOf)]);
    }

    /// <summary>These and more at the end.</summary>
    public ForeignChunk With(ReadOnlySpan<ForeignEdit> more)
    {
        int[] shifts = new int[Count + more.Length];
        for (int i = 0; i < Count; i++)
            shifts[i] = ShiftOf(i);
        return new([.. _edits, .. more], shifts);
    }

    /// <summary>Where an edit, before its shift, begins and ends and by how much it changes the length of a text.</summary>
    private readonly record struct Place(int Start, int Reach, int Net)
    {
        // An edit that changes nothing is behind and before everything, however it shifts.
        public static readonly Place Nowhere = new(int.MaxValue / 2, int.MinValue / 2, 0);

        public static Place Of(ForeignEdit f) =>
            f.Edit.IsEmpty ? Nowhere : new(f.Edit.Start, f.Edit.Reach, f.Edit.Inserted - f.Edit.Deleted);
    }
}

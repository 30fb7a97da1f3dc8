using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>Looks where an edit on its way meets foreign edits in the same words, and follows the text only where it must look at words.</summary>
/// <param name="foreign">The foreign edits that the edit goes over, as they were before it.</param>
/// <param name="seen">Gives the text before the first of them, or null if it is not known; asked at most once.</param>
internal sealed class OverlapFinder(ForeignRow foreign, Func<string?>? seen)
{
    // To judge one costs the whole text. Edits that overlap this often make one record anyway.
    private const int Judged = 256;

    private readonly ImmutableArray<TextOverlap>.Builder _found = ImmutableArray.CreateBuilder<TextOverlap>();
    private IEnumerator<ForeignEdit>? _next; // the first edit that is not in the text yet
    private string? _text;

    public ImmutableArray<TextOverlap> Found => _found.ToImmutable();

    /// <summary>Compares two edits of one text: that before the foreign edit of this place in the log.</summary>
    public void Look(long seq, TextEdit own, TextEdit foreign)
    {
        if ((own.Deleted == 0 && foreign.Deleted == 0) || !Overlap(EditShape.Of(own), EditShape.Of(foreign)))
            return;
        // Only where they meet: what either did elsewhere in the text says nothing about these words.
        TextEdit mine = TextPieces.At(own, foreign);
        Add(seq, mine, TextPieces.At(foreign, mine));
    }

    private static bool Overlap(EditShape mine, EditShape theirs) =>
        mine.DeletedWith(theirs) > 0 || mine.InsertsWithin(theirs) || theirs.InsertsWithin(mine);

    private void Add(long seq, TextEdit own, TextEdit theirs)
    {
        (EditShape mine, EditShape other) = (EditShape.Of(own), EditShape.Of(theirs));
        bool within = mine.InsertsWithin(other) || other.InsertsWithin(mine);
        string? before = _found.Count < Judged ? TextBefore(seq) : null;
        bool open = before is not null && (Words.MostlyDeleted(before, mine, other) || Words.MostlyDeleted(before, other, mine));
        _found.Add(new TextOverlap(seq, mine.DeletedWith(other), within, open) { Before = before, Own = own, Foreign = theirs });
    }

    private string? TextBefore(long seq)
    {
        if (_next is null)
        {
            _text = seen?.Invoke();
            _next = foreign.Edits.GetEnumerator();
            _next.MoveNext();
        }
        if (_text is null)
            return null;
        List<TextEdit> passed = [];
        for (; _next.Current.Seq < seq; _next.MoveNext())
            passed.Add(_next.Current.Placed);
        return _text = TextEdits.Apply(_text, TextEdits.Compose(CollectionsMarshal.AsSpan(passed)));
    }
}

using System.Collections.Immutable;
using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>Looks where an edit on its way meets foreign edits in the same words, and follows the text only when it must look at words.</summary>
/// <param name="seen">The text before the first foreign edit; null if it is not known.</param>
internal sealed class OverlapFinder(string? seen)
{
    // To judge one costs the whole text. Edits that overlap this often make one record anyway.
    private const int Judged = 256;

    private readonly ImmutableArray<TextOverlap>.Builder _found = ImmutableArray.CreateBuilder<TextOverlap>();
    private readonly List<TextEdit> _passed = [];
    private string? _text = seen;

    public ImmutableArray<TextOverlap> Found => _found.ToImmutable();

    /// <summary>Compares two edits of one text: that before the foreign edit that is passed next.</summary>
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

    private void Add(long seq, TextEdit own, TextEdit foreign)
    {
        (EditShape mine, EditShape theirs) = (EditShape.Of(own), EditShape.Of(foreign));
        bool within = mine.InsertsWithin(theirs) || theirs.InsertsWithin(mine);
        string? before = _found.Count < Judged ? Text() : null;
        bool open = before is not null && (Words.MostlyDeleted(before, mine, theirs) || Words.MostlyDeleted(before, theirs, mine));
        _found.Add(new TextOverlap(seq, mine.DeletedWith(theirs), within, open) { Before = before, Own = own, Foreign = foreign });
    }

    /// <summary>The text goes on by a foreign edit.</summary>
    public void Passed(ForeignEdit foreign)
    {
        if (_text is not null)
            _passed.Add(foreign.Placed);
    }

    private string? Text()
    {
        if (_text is null || _passed.Count == 0)
            return _text;
        _text = TextEdits.Apply(_text, TextEdits.Compose(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_passed)));
        _passed.Clear();
        return _text;
    }
}

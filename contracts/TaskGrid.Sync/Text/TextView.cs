using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>
/// One field as an author saw it when an edit was made, held against the log: what the author had not seen are the foreign edits,
/// rewritten to apply after what the author saw.
/// </summary>
public sealed class TextView
{
    private readonly Origin _author;
    private readonly long _base;
    private readonly long _seq;
    private readonly ForeignRow _foreign;

    internal TextView(Origin author, long @base, long seq, ForeignRow foreign) =>
        (_author, _base, _seq, _foreign) = (author, @base, seq, foreign);

    /// <summary>How many code points the author saw, where the text now has <paramref name="current"/>.</summary>
    public int SeenLength(int current) => current - _foreign.Net;

    /// <summary>
    /// What the author saw had at most this many UTF-16 units, where the text now has <paramref name="current"/>. Costs nothing, while
    /// <see cref="Seen"/> puts the text together.
    /// </summary>
    public int SeenUnitsAtMost(int current) => current + _foreign.Taken;

    /// <summary>The text that the author saw, where it now is <paramref name="current"/>; null if a foreign edit deletes and came without what it removed.</summary>
    public string? Seen(string current)
    {
        var inverses = new TextEdit[_foreign.Count];
        int last = inverses.Length;
        foreach (ForeignEdit foreign in _foreign.Edits)
        {
            if (foreign.Removed is null && foreign.Edit.Deleted > 0)
                return null;
            inverses[--last] = TextEdits.Invert(foreign.Placed, foreign.Removed ?? "");
        }
        return TextEdits.Apply(current, TextEdits.Compose(inverses));
    }

    /// <summary>
    /// Takes the author's edit in: it goes over the foreign edits one by one, each of which goes on over it.
    /// </summary>
    /// <param name="sent">The edit on the text that the author saw.</param>
    /// <param name="seen">Gives that text (<see cref="Seen"/>), to judge overlaps by their words; asked only if there is one. Without it none is judged open.</param>
    public TextIntegration Integrate(TextEdit sent, Func<string?>? seen = null)
    {
        var overlaps = new OverlapFinder(_foreign, seen);
        (TextEdit applied, ForeignRow foreign) = TextCrossing.Cross(sent, _foreign, overlaps);
        return new(applied, overlaps.Found, new TextBranchCache(_author, _base, _seq, foreign));
    }

    /// <summary>
    /// The author's edit and a foreign one that it overlaps with, both whole. On its way an edit of many places is known only where it meets
    /// a foreign one, and not every text between is made: the way up to this one is gone again.
    /// </summary>
    /// <param name="sent">The edit on the text that the author saw.</param>
    /// <param name="seen">That text (<see cref="Seen"/>).</param>
    /// <param name="seq">The foreign edit.</param>
    public TextMeeting MeetingAt(TextEdit sent, string seen, long seq)
    {
        ForeignEdit met = _foreign.Edits.First(foreign => foreign.Seq == seq);
        TextEdit[] passed = [.. _foreign.Edits.TakeWhile(foreign => foreign.Seq < seq).Select(foreign => foreign.Placed)];
        string before = TextEdits.Apply(seen, TextEdits.Compose(passed));
        return new TextMeeting(seq, before, TextCrossing.Cross(sent, ForeignRow.Of(passed), null).Edit, met.Placed);
    }
}

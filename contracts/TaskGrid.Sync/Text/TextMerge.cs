using System.Runtime.InteropServices;
using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>
/// Takes authors' edits into the log of one text field, edit by edit, as PROTOCOL §4 asks.
/// </summary>
/// <remarks>
/// <code>
///   text at base --- f1 ------- f2 ---→ text in the log        f: foreign, m: the author's own, oldest first
///        |            |          |
///        m1           m1'        m1"    the rule goes column by column: all own edits over f1, then over f2
///        ↓            ↓          ↓
///        · -- f1' --- · -- f2' --·
///        m2           m2'        m2"    here it goes row by row: one own edit over all foreign ones
///        ↓            ↓          ↓
///   what the author sees --- f1" --- f2" ---→ text in the log
/// </code>
/// Both ways compute the same squares, so they give the same edits. Row by row, the lowest row (f1", f2") is all that must be
/// kept of the past: the author's next edit applies where it begins. Where the author has meanwhile seen f1, the row begins after it;
/// where own m1 stands in the log between f1 and f2, f2 was made after it and joins the row as it is.
/// </remarks>
public static class TextMerge
{
    /// <summary>
    /// The lowest seq after which the entries of the field are needed to integrate this author's edit. If <paramref name="log"/> does not
    /// reach back so far, load more and ask again.
    /// </summary>
    public static long NeedsFrom(IReadOnlyList<TextLogEntry> log, Origin author, CausalClock clock, TextBranchCache? cache = null)
    {
        if (Continues(cache, author, clock))
            return cache!.Seq;
        long need = clock.Base;
        // Own edits that were not yet in the log at `need` apply where their own clocks say, which may lie further back.
        for (int i = log.Count - 1; i >= 0 && log[i].Seq > need; i--)
        {
            if (IsOwn(log[i], author, clock))
                need = Math.Min(need, log[i].Clock.Base);
        }
        return need;
    }

    /// <summary>The field as the author saw it, held against the log.</summary>
    /// <param name="log">The field's entries in order of seq, complete from <see cref="NeedsFrom"/> on to the head.</param>
    /// <param name="author">Replica and number of the edit.</param>
    /// <param name="clock">What the author had seen.</param>
    /// <param name="cache">What the author's last integration returned, if the caller kept it.</param>
    public static TextView ViewOf(IReadOnlyList<TextLogEntry> log, Origin author, CausalClock clock, TextBranchCache? cache = null)
    {
        bool goesOn = Continues(cache, author, clock);
        long from = NeedsFrom(log, author, clock, cache);
        ForeignRow row = goesOn ? cache!.Foreign : ForeignRow.Empty;
        List<ForeignEdit> joining = [];
        for (int i = FirstAfter(log, from); i < log.Count; i++)
        {
            TextLogEntry entry = log[i];
            if (!IsOwn(entry, author, clock))
                joining.Add(new ForeignEdit(entry.Seq, entry.Applied, 0, entry.Removed));
            else if (!goesOn || entry.Origin!.Value.Replica != cache!.Last.Replica || entry.Origin.Value.N > cache.Last.N)
            {
                row = TakeOwn(row.With(CollectionsMarshal.AsSpan(joining)), entry);
                joining.Clear();
            }
        }
        row = row.With(CollectionsMarshal.AsSpan(joining)).After(clock.Base);
        return new TextView(author, clock.Base, log.Count == 0 ? from : Math.Max(from, log[^1].Seq), row);
    }

    /// <summary>The canonical edit of an author's edit. As <see cref="ViewOf"/> and <see cref="TextView.Integrate"/> in one.</summary>
    public static TextIntegration Integrate(
        IReadOnlyList<TextLogEntry> log, Origin author, CausalClock clock, TextEdit sent, TextBranchCache? cache = null, Func<string?>? seen = null) =>
        ViewOf(log, author, clock, cache).Integrate(sent, seen);

    /// <summary>A cache serves the same replica's later edits; a fork or a step back starts from the log.</summary>
    private static bool Continues(TextBranchCache? cache, Origin author, CausalClock clock) =>
        cache is not null && cache.Last.Replica == author.Replica && cache.Last.N < author.N && cache.Base <= clock.Base;

    private static bool IsOwn(TextLogEntry entry, Origin author, CausalClock clock) =>
        entry.Origin is { } origin && Causality.IsOwn(clock, author, origin);

    /// <summary>What the author had seen when he made it is part of the text that the row begins at.</summary>
    private static ForeignRow TakeOwn(ForeignRow row, TextLogEntry own) => TextCrossing.Cross(own.Sent, row.After(own.Clock.Base), null).Foreign;

    private static int FirstAfter(IReadOnlyList<TextLogEntry> log, long seq)
    {
        int low = 0;
        for (int high = log.Count; low < high;)
        {
            int middle = (low + high) / 2;
            if (log[middle].Seq > seq)
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }
}

using System.Collections.Immutable;
using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>
/// A field of which the last writer wins. The current writer is the one with the highest (adjusted stamp, replica):
/// <code>
///   a write covers the current one   → its adjusted stamp is above it, so it wins: whoever saw a value may replace it
///   the two are concurrent           → the higher (stamp, replica) wins: arbitrary, but the same whichever arrives first
/// </code>
/// An adjusted stamp depends only on what its write covers, so neither the winner nor any stamp depends on the order of arrival.
/// </summary>
public sealed record Register
{
    /// <summary>A register that nobody wrote.</summary>
    public static Register Empty { get; } = new();

    /// <summary>The write that counts; null if there was none.</summary>
    public RegisterEntry? Current { get; init; }

    /// <summary>The writes that were current before, in order of seq; their stamps ascend.</summary>
    public ImmutableArray<RegisterStep> Former { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The writes that never were current, in order of seq.</summary>
    public ImmutableArray<RegisterStep> Lost { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Steps up to this seq were let go of, but for the last that was current (<see cref="Trimmed"/>); null while all are here.</summary>
    public long? Since { get; init; }

    /// <summary>The value; null if cleared or never written.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public FieldValue? Value => Current?.Value;

    /// <summary>Takes a write in.</summary>
    /// <param name="write">The write, its stamp held but not yet adjusted.</param>
    /// <param name="clock">What its author had seen.</param>
    public RegisterWrite Write(RegisterEntry write, CausalClock clock)
    {
        RegisterEntry entry = Adjust(write, clock);
        if (Current is null)
            return new(this with { Current = entry }, entry, true, null);
        // Whatever is in the register stands earlier in the log, so it cannot cover this write; only one direction is open.
        bool covers = Causality.Covers(clock, entry.Origin, Current.Seq, Current.Origin);
        bool applied = covers || Beats(entry, Current);
        RegisterEntry? rival = covers || Current.Value == entry.Value ? null : Current;
        Register next = applied
            ? this with { Current = entry, Former = Former.Add(StepOf(Current)) }
            : this with { Lost = Lost.Add(StepOf(entry)) };
        return new(next, entry, applied, rival);
    }

    /// <summary>The same register with another value, written by nobody: the server cleared a parent that cannot be.</summary>
    public Register Override(FieldValue? value) => Current is null ? this : this with { Current = Current with { Value = value } };

    /// <summary>
    /// The register with its newest steps. Whoever has seen the log up to <see cref="Since"/> is adjusted as if all were here: he covers what
    /// was let go of, and covers the last write that was current then, which is here and above all of it:
    /// <code>
    ///   seq  →   f1   l1   f2   l2 | f3   l3   current        f: was current, stamps ascend; l: lost, below the f before it
    ///                      kept    since
    /// </code>
    /// For whoever has not, <see cref="Completed"/> comes first. Letting go early or late, once or twice, leaves the same.
    /// </summary>
    public Register Trimmed(int keep)
    {
        var above = Former.Concat(Lost).Select(step => step.Seq).Where(seq => seq > (Since ?? 0)).OrderDescending().ToList();
        if ((above.Count > keep ? above[keep] : Since) is not { } since)
            return this;
        // A write that was current for long is a step late: it may lie before what was let go of in its time, and be the last one there.
        int gone = Math.Max(0, Former.Count(step => step.Seq <= since) - 1);
        return since == Since && gone == 0
            ? this
            : this with { Since = since, Former = Former[gone..], Lost = Lost.RemoveAll(step => step.Seq <= since) };
    }

    /// <summary>True if a write may cover steps that were let go of, above all that it covers of the others.</summary>
    public bool NeedsOlder(CausalClock clock, Origin author) =>
        Since is { } since && clock.Base < since && !(Current is not null && Causality.Covers(clock, author, Current.Seq, Current.Origin));

    /// <summary>The register with the steps that it let go of.</summary>
    /// <param name="whole">The same register with all its steps, as far as these reach.</param>
    public Register Completed(Register whole)
    {
        if (Since is not { } since)
            return this;
        RegisterStep[] Older(ImmutableArray<RegisterStep> all, ImmutableArray<RegisterStep> kept) =>
            [.. all.Where(step => step.Seq <= since && !kept.Contains(step)), .. kept];
        return this with { Since = null, Former = [.. Older(whole.Former, Former)], Lost = [.. Older(whole.Lost, Lost)] };
    }

    /// <inheritdoc/>
    public bool Equals(Register? other) =>
        other is not null && Current == other.Current && Since == other.Since && Former.SequenceEqual(other.Former) && Lost.SequenceEqual(other.Lost);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Current, Former.Length, Lost.Length);

    private static bool Beats(RegisterEntry entry, RegisterEntry current) =>
        entry.At != current.At ? entry.At > current.At : entry.Origin.Replica.CompareTo(current.Origin.Replica) > 0;

    private static RegisterStep StepOf(RegisterEntry entry) => new(entry.Seq, entry.Origin, entry.At);

    /// <summary>One above every write that this one covers, also those that lost or were replaced since.</summary>
    private RegisterEntry Adjust(RegisterEntry write, CausalClock clock)
    {
        bool Covers(long seq, Origin origin) => Causality.Covers(clock, write.Origin, seq, origin);

        Stamp at = write.At;
        if (Current is not null && Covers(Current.Seq, Current.Origin))
            return write with { At = StampAdjust.Above(at, Current.At) }; // none that it covers stands higher
        foreach (RegisterStep step in Former)
            at = Covers(step.Seq, step.Origin) ? StampAdjust.Above(at, step.At) : at;
        foreach (RegisterStep step in Lost)
            at = Covers(step.Seq, step.Origin) ? StampAdjust.Above(at, step.At) : at;
        return write with { At = at };
    }
}

using System.Collections.Immutable;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Simulation;

/// <summary>Planted in the merge kernel.</summary>
internal static class KernelFaults
{
    private const string Register = "TaskGrid.Sync.Register";
    private const string StampAdjust = "TaskGrid.Sync.StampAdjust";
    private const string Stamp = "TaskGrid.Contracts.Stamp";

    [Fault("swapped-tie-break", "of two writes with one stamp the lower replica id wins")]
    internal static class SwappedTieBreak
    {
        [InsteadOf(Register, "Beats")]
        public static bool Beats(RegisterEntry entry, RegisterEntry current) =>
            entry.At != current.At ? entry.At > current.At : entry.Origin.Replica.CompareTo(current.Origin.Replica) < 0;
    }

    [Fault("stamps-as-text", "stamps are compared as text whose numbers have no leading zeros: 10 is less than 9")]
    internal static class StampsAsText
    {
        [InsteadOf(Stamp, "op_GreaterThan", CalledBy = Register)]
        public static bool IsLater(Stamp left, Stamp right) => string.CompareOrdinal($"{left.Wall}/{left.Counter}", $"{right.Wall}/{right.Counter}") > 0;
    }

    [Fault("counter-ignored", "stamps are compared by their time alone")]
    internal static class CounterIgnored
    {
        [InsteadOf(Stamp, "op_GreaterThan", CalledBy = Register)]
        public static bool IsLater(Stamp left, Stamp right) => left.Wall > right.Wall;
    }

    [Fault("stamp-not-raised", "the stamp of a write is not raised above those of the writes that its author had seen")]
    internal static class StampNotRaised
    {
        [InsteadOf(StampAdjust, "Above")]
        public static Stamp Above(Stamp stamp, Stamp covered) => stamp;
    }

    [Fault("hold-skipped", "a stamp that is far ahead of the server is not held")]
    internal static class HoldSkipped
    {
        [InsteadOf(StampAdjust, "Hold")]
        public static Stamp Hold(Stamp sent, long serverNow) => sent;
    }

    [Fault("unseen-add-removed", "removing a value of a set takes adds along that the remover had not seen")]
    internal static class UnseenAddRemoved
    {
        [InsteadOf("TaskGrid.Sync.ObservedSet", "Remove")]
        public static (ObservedSet Next, bool Gone) Remove(ObservedSet set, string value, Origin author, CausalClock clock) =>
            (new ObservedSet { Dots = set.Dots.RemoveAll(dot => dot.Value == value) }, true);
    }

    [Fault("composed-foreign-edits", "an edit is transformed over the composition of all foreign ones, not over one after the other")]
    internal static class ComposedForeignEdits
    {
        [InsteadOf("TaskGrid.Sync.TextMerge", "ViewOf")]
        public static TextView ViewOf(IReadOnlyList<TextLogEntry> log, Origin author, CausalClock clock, TextBranchCache? cache)
        {
            var unseen = log.Where(entry => entry.Seq > clock.Base).ToList();
            if (unseen.Count < 2 || unseen.Any(entry => entry.Origin is { } origin && Causality.IsOwn(clock, author, origin))) return TextMerge.ViewOf(log, author, clock, cache);
            var composed = unseen[^1] with { Applied = TextEdits.Compose([.. unseen.Select(entry => entry.Applied)]), Removed = null };
            return TextMerge.ViewOf([.. log.Take(log.Count - unseen.Count), composed], author, clock);
        }
    }

    [Fault("inserts-swapped", "of two inserts at one place the later in the log stands first")]
    internal static class InsertsSwapped
    {
        [InsteadOf("TaskGrid.Sync.TextEdits", "Transform", CalledBy = "TaskGrid.Sync.NarrowEdit")]
        public static TextEdit Transform(TextEdit edit, TextEdit other, Side side) => TextEdits.Transform(edit, other, side == Side.Left ? Side.Right : Side.Left);
    }

    [Fault("former-replica-unknown", "what an author did under the replica id before a fork counts as another's")]
    internal static class FormerReplicaUnknown
    {
        [InsteadOf("TaskGrid.Sync.Causality", "IsOwn")]
        public static bool IsOwn(CausalClock clock, Origin author, Origin other) => other.Replica == author.Replica && other.N < author.N;
    }

    [Fault("lost-writes-forgotten", "a write that never was current is forgotten, so the stamps of those who saw it are not raised above it")]
    internal static class LostWritesForgotten
    {
        [InsteadOf(Register, "get_Lost")]
        public static ImmutableArray<RegisterStep> Lost(Register register) => [];
    }
}

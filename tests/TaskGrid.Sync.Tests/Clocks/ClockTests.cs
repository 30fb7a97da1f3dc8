using System.Collections.Immutable;
using CsCheck;
using TaskGrid.Contracts;

namespace TaskGrid.Sync.Tests;

public sealed class ClockTests
{
    private static readonly ReplicaId[] Replicas = [.. Enumerable.Range(1, 4).Select(i => new ReplicaId(new Guid(i, 0, 0, new byte[8])))];

    private static readonly Gen<VectorClock> AClock = Gen.Int[0, 3].Array[4].Select(ns =>
        VectorClock.Of(ns.Select((n, i) => new Origin(Replicas[i], n)).Where(origin => origin.N > 0)));

    [Fact]
    public void Merging_vector_clocks_is_commutative_associative_and_idempotent() =>
        Gen.Select(AClock, AClock, AClock).Sample((a, b, c) =>
            a.Merge(b).Equals(b.Merge(a)) && a.Merge(b.Merge(c)).Equals(a.Merge(b).Merge(c)) && a.Merge(a).Equals(a)
            && a.Merge(VectorClock.Empty).Equals(a) && a.Merge(b).GetHashCode() == b.Merge(a).GetHashCode());

    [Fact]
    public void A_merged_clock_is_the_least_one_above_both() =>
        Gen.Select(AClock, AClock, AClock).Sample((a, b, c) =>
        {
            bool AtMost(VectorClock x, VectorClock y) => x.CompareTo(y) is ClockOrder.Before or ClockOrder.Equal;
            return AtMost(a, a.Merge(b)) && AtMost(b, a.Merge(b)) && (!(AtMost(a, c) && AtMost(b, c)) || AtMost(a.Merge(b), c));
        });

    [Fact]
    public void Before_and_after_mirror_each_other_and_before_is_transitive() =>
        Gen.Select(AClock, AClock, AClock).Sample((a, b, c) =>
        {
            ClockOrder mirrored = a.CompareTo(b) switch
            {
                ClockOrder.Before => ClockOrder.After,
                ClockOrder.After => ClockOrder.Before,
                ClockOrder same => same,
            };
            bool chain = a.CompareTo(b) == ClockOrder.Before && b.CompareTo(c) == ClockOrder.Before;
            return b.CompareTo(a) == mirrored && (!chain || a.CompareTo(c) == ClockOrder.Before);
        });

    [Fact(DisplayName = "[CL4] the compact clock covers exactly what its vector clock includes")]
    public void CompactEqualsVector() =>
        Gen.Select(Gen.Int[0, 3].Array[1, 12], Gen.Int[0, 12], Gen.Int[0, 3], Gen.Int[1, 5], Gen.Int[0, 3]).Sample((writers, cut, who, n, forkedAt) =>
        {
            var numbers = new Dictionary<ReplicaId, long>();
            List<Origin> log = [];
            foreach (int writer in writers)
                log.Add(new(Replicas[writer], numbers[Replicas[writer]] = numbers.GetValueOrDefault(Replicas[writer]) + 1));
            long @base = Math.Min(cut, log.Count);
            var author = new Origin(Replicas[who], n);
            ReplicaId old = Replicas[(who + 1) % 4];
            var clock = new CausalClock(@base, ImmutableSortedDictionary<ReplicaId, long>.Empty.Add(old, forkedAt));

            VectorClock vector = VectorClock.From(clock, author, VectorClock.Of(log.Take((int)@base)));

            for (int i = 0; i < log.Count; i++)
                Assert.Equal(vector.Includes(log[i]), Causality.Covers(clock, author, i + 1, log[i]));
        });

    [Fact(DisplayName = "[CL4] what the server made is covered by the base alone")]
    public void ServerMade()
    {
        var author = new Origin(Replicas[0], 9);
        Assert.True(Causality.Covers(new CausalClock(5), author, 5, null));
        Assert.False(Causality.Covers(new CausalClock(5), author, 6, null));
        Assert.False(Causality.Covers(new CausalClock(5), author, 6, author));
    }

    [Fact(DisplayName = "[ST2] a fresh estimate is used as it is")]
    public void FreshEstimate()
    {
        HybridClock clock = default(HybridClock).Next(1000, out Stamp first).Next(2000, out Stamp second);

        Assert.Equal((new Stamp(1000, 0), new Stamp(2000, 0)), (first, second));
        Assert.Equal(second, clock.Last);
    }

    [Fact(DisplayName = "[ST2] a stamp is one above the last and above all that was seen, when the estimate stands or goes back")]
    public void NeverBack()
    {
        HybridClock clock = default(HybridClock).Next(1000, out _).Next(1000, out Stamp second).Next(400, out Stamp third);
        clock.Observe(new Stamp(5000, 7)).Observe(new Stamp(4000, 9)).Next(1001, out Stamp afterSeen);

        Assert.Equal((new Stamp(1000, 1), new Stamp(1000, 2), new Stamp(5000, 8)), (second, third, afterSeen));
    }

    [Fact(DisplayName = "[ST2] one above counter 9999 is the next millisecond")]
    public void Carry()
    {
        default(HybridClock).Observe(new Stamp(1000, 9999)).Next(1000, out Stamp stamp);
        Assert.Equal(new Stamp(1001, 0), stamp);
    }

    [Fact(DisplayName = "[ST2] stamps strictly ascend whatever the estimate does")]
    public void Ascend() => Gen.Long[0, 3000].Array[1, 30].Sample(estimates =>
    {
        HybridClock clock = default;
        Stamp last = default;
        foreach (long estimate in estimates)
        {
            clock = clock.Next(estimate + 1, out Stamp stamp);
            Assert.True(stamp > last);
            last = stamp;
        }
    });

    [Fact(DisplayName = "[ST3] a stamp more than 60 s ahead is held to the server's time")]
    public void Held()
    {
        Assert.Equal(new Stamp(1000, 0), StampAdjust.Hold(new Stamp(61_001, 5), 1000));
        Assert.Equal(new Stamp(61_000, 5), StampAdjust.Hold(new Stamp(61_000, 5), 1000));
        Assert.Equal(new Stamp(3, 5), StampAdjust.Hold(new Stamp(3, 5), 1000));
    }

    [Fact(DisplayName = "[ST6] after a hold the clock goes down to what it has seen or the estimate, never up")]
    public void SetDown()
    {
        HybridClock ahead = default(HybridClock).Next(90_000, out _).Observe(new Stamp(1000, 3));

        ahead.SetDown(500).Next(500, out Stamp seenIsHigher);
        ahead.SetDown(2000).Next(2000, out Stamp estimateIsHigher);

        Assert.Equal(new Stamp(1000, 4), seenIsHigher);
        Assert.Equal(new Stamp(2000, 1), estimateIsHigher);
        Assert.Equal(ahead, ahead.SetDown(100_000));
    }
}

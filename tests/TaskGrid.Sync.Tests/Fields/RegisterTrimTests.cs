using System.Collections.Immutable;
using CsCheck;
using TaskGrid.Contracts;

namespace TaskGrid.Sync.Tests;

/// <summary>A register that lets go of old steps decides every write as one that keeps all.</summary>
public sealed class RegisterTrimTests
{
    private sealed record Step(int Replica, int Base, int Wall, int Former, int FormerN, bool Trims, int Keep);

    private static readonly Gen<Step[]> Histories = Gen.Select(
        Gen.Int[1, 4], Gen.Int[0, 40], Gen.Int[0, 6], Gen.Int[1, 4], Gen.Int[0, 8], Gen.Bool,
        (replica, @base, wall, former, formerN, trims) => new Step(replica, @base, wall, former, formerN, trims, 2)).Array[1, 40];

    [Fact(DisplayName = "[ST4] A register without its old steps adjusts and decides every write as with them, whatever its author had seen, forks included")]
    public void Random_histories() => Histories.Sample(Check, iter: 20_000);

    [Fact(DisplayName = "[ST4] The same for every history of five writes by two replicas")]
    public void Every_small_history()
    {
        var history = new Step[5];
        Assert.Equal(122_880, Extend(history, 0));
    }

    [Fact]
    public void Letting_go_early_or_late_once_or_twice_leaves_the_same() => Gen.Select(Histories, Gen.Int[1, 5]).Sample((steps, keep) =>
    {
        var (late, early) = (Register.Empty, Register.Empty);
        foreach (var (write, clock) in Writes(steps))
        {
            // The stamp is adjusted already, as it is in an event.
            var adjusted = late.Write(write, clock).Entry;
            (late, early) = (late.Write(adjusted, clock).Next, early.Write(adjusted, clock).Next.Trimmed(keep));
        }
        Assert.Equal(late.Trimmed(keep), early);
        Assert.Equal(early, early.Trimmed(keep));
        Assert.True(early.Former.Length + early.Lost.Length <= keep + 1);
        Assert.Equal(late, early.Completed(late));
    }, iter: 5_000);

    [Fact]
    public void It_asks_for_old_steps_only_where_they_may_count()
    {
        var register = Register.Empty;
        for (var i = 1; i <= 6; i++) register = register.Write(Entry(i, 1, i, i), new CausalClock(i - 1)).Next;
        register = register.Trimmed(2);
        Assert.Equal(3, register.Since);

        Assert.True(register.NeedsOlder(new CausalClock(2), new Origin(Id(2), 1)));
        Assert.False(register.NeedsOlder(new CausalClock(3), new Origin(Id(2), 1)));
        Assert.False(register.NeedsOlder(new CausalClock(0), new Origin(Id(1), 7)));
    }

    private static int Extend(Step[] history, int at)
    {
        if (at == history.Length)
        {
            Check(history);
            return 1;
        }
        var count = 0;
        for (var replica = 1; replica <= 2; replica++)
            for (var @base = 0; @base <= at; @base++)
                for (var wall = 0; wall < 2; wall++)
                {
                    history[at] = new Step(replica, @base, wall, 0, 0, true, 1);
                    count += Extend(history, at + 1);
                }
        return count;
    }

    private static void Check(Step[] steps)
    {
        var (whole, trimmed) = (Register.Empty, Register.Empty);
        foreach (var ((write, clock), step) in Writes(steps).Zip(steps))
        {
            if (trimmed.NeedsOlder(clock, write.Origin)) trimmed = trimmed.Completed(whole);
            var (expected, actual) = (whole.Write(write, clock), trimmed.Write(write, clock));
            Assert.Equal((expected.Entry, expected.Applied, expected.Rival), (actual.Entry, actual.Applied, actual.Rival));
            (whole, trimmed) = (expected.Next, step.Trims ? actual.Next.Trimmed(step.Keep) : actual.Next);
        }
    }

    private static IEnumerable<(RegisterEntry Write, CausalClock Clock)> Writes(Step[] steps)
    {
        var last = new Dictionary<int, long>();
        for (var i = 0; i < steps.Length; i++)
        {
            var step = steps[i];
            var n = last[step.Replica] = last.GetValueOrDefault(step.Replica) + 1;
            var former = step.Former == step.Replica || step.FormerN == 0
                ? ImmutableSortedDictionary<ReplicaId, long>.Empty
                : ImmutableSortedDictionary<ReplicaId, long>.Empty.Add(Id(step.Former), step.FormerN);
            yield return (Entry(i + 1, step.Replica, n, step.Wall), new CausalClock(Math.Min(step.Base, i), former));
        }
    }

    private static RegisterEntry Entry(long seq, int replica, long n, long wall) =>
        new(seq, new Origin(Id(replica), n), new Stamp(wall, 0), new Stamp(wall, 0), new UserId(new Guid(9, 0, 0, new byte[8])), FieldValue.Of($"{seq}"));

    private static ReplicaId Id(int number) => new(new Guid(number, 0, 0, new byte[8]));
}

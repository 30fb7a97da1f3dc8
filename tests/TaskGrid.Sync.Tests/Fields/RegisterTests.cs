using System.Collections.Immutable;
using System.Text.Json;
using TaskGrid.Contracts;

namespace TaskGrid.Sync.Tests;

public sealed class RegisterTests
{
    private static readonly ReplicaId[] Replicas = [.. Enumerable.Range(1, 3).Select(i => new ReplicaId(new Guid(i, 0, 0, new byte[8])))];
    private static readonly UserId Person = new(new Guid(9, 0, 0, new byte[8]));

    private static readonly Dictionary<string, FieldValue> Values =
        new[] { "a", "b", "c", "d", "v0", "v1", "v2", "v3", "v4" }.ToDictionary(v => v, FieldValue.Of);

    [Fact(DisplayName = "[OP4] a write that covers the current one wins, even with an earlier stamp, and is raised above it")]
    public void CoveringWins()
    {
        Register register = Register.Empty.Write(Entry(1, 0, 1, wall: 500, "a"), new CausalClock(0)).Next;

        RegisterWrite write = register.Write(Entry(2, 1, 1, wall: 10, "b"), new CausalClock(1));

        Assert.True(write.Applied);
        Assert.Null(write.Rival);
        Assert.Equal(new Stamp(500, 1), write.Entry.At);
        Assert.Equal(Values["b"], write.Next.Value);
    }

    [Fact(DisplayName = "[OP4] of concurrent writes the higher stamp wins and the current writer before is the rival")]
    public void ConcurrentByStamp()
    {
        Register register = Register.Empty.Write(Entry(1, 0, 1, wall: 500, "a"), new CausalClock(0)).Next;

        RegisterWrite later = register.Write(Entry(2, 1, 1, wall: 501, "b"), new CausalClock(0));
        RegisterWrite earlier = register.Write(Entry(2, 1, 1, wall: 499, "b"), new CausalClock(0));

        Assert.True(later.Applied);
        Assert.False(earlier.Applied);
        Assert.Equal(register.Current, later.Rival);
        Assert.Equal(register.Current, earlier.Rival);
        Assert.Equal(Values["a"], earlier.Next.Value);
    }

    [Fact(DisplayName = "[OP4] equal stamps go by replica")]
    public void TiesByReplica()
    {
        Register register = Register.Empty.Write(Entry(1, 1, 1, wall: 500, "a"), new CausalClock(0)).Next;

        Assert.True(register.Write(Entry(2, 2, 1, wall: 500, "b"), new CausalClock(0)).Applied);
        Assert.False(register.Write(Entry(2, 0, 1, wall: 500, "b"), new CausalClock(0)).Applied);
    }

    [Fact(DisplayName = "[CF2] equal values written concurrently have no rival")]
    public void EqualValues()
    {
        Register register = Register.Empty.Write(Entry(1, 0, 1, wall: 500, "a"), new CausalClock(0)).Next;
        Assert.Null(register.Write(Entry(2, 1, 1, wall: 501, "a"), new CausalClock(0)).Rival);
    }

    [Fact(DisplayName = "[ST4] a write is raised above an own write that lost")]
    public void AboveOwnLost()
    {
        Register register = Register.Empty.Write(Entry(1, 0, 1, wall: 900, "a"), new CausalClock(0)).Next
            .Write(Entry(2, 1, 1, wall: 700, "b"), new CausalClock(0)).Next;

        RegisterWrite write = register.Write(Entry(3, 1, 2, wall: 600, "c"), new CausalClock(0));

        Assert.False(write.Applied);
        Assert.Equal(new Stamp(700, 1), write.Entry.At);
    }

    [Fact(DisplayName = "[ST4] a write is raised above an own write that was current before")]
    public void AboveOwnFormer()
    {
        Register register = Register.Empty.Write(Entry(1, 1, 1, wall: 700, "a"), new CausalClock(0)).Next
            .Write(Entry(2, 0, 1, wall: 900, "b"), new CausalClock(0)).Next;

        Assert.Equal(new Stamp(700, 1), register.Write(Entry(3, 1, 2, wall: 600, "c"), new CausalClock(0)).Entry.At);
    }

    [Fact(DisplayName = "[ST4] after a fork only the old replica's writes up to the fork count")]
    public void Fork()
    {
        Register register = Register.Empty.Write(Entry(1, 0, 1, wall: 900, "a"), new CausalClock(0)).Next
            .Write(Entry(2, 1, 1, wall: 700, "b"), new CausalClock(0)).Next
            .Write(Entry(3, 1, 2, wall: 800, "c"), new CausalClock(0)).Next;
        var forked = new CausalClock(0, ImmutableSortedDictionary<ReplicaId, long>.Empty.Add(Replicas[1], 1));

        Assert.Equal(new Stamp(700, 1), register.Write(Entry(4, 2, 1, wall: 600, "d"), forked).Entry.At);
    }

    [Fact]
    public void A_value_set_by_the_server_replaces_the_current_one_and_keeps_its_stamp()
    {
        Register register = Register.Empty.Write(Entry(1, 0, 1, wall: 500, "a"), new CausalClock(0)).Next;

        Assert.Null(register.Override(null).Value);
        Assert.Equal(register.Current!.At, register.Override(null).Current!.At);
        Assert.Equal(Register.Empty, Register.Empty.Override(null));
    }

    [Fact]
    public void A_register_comes_back_from_JSON_as_it_was()
    {
        Register register = Register.Empty.Write(Entry(1, 0, 1, wall: 900, "a"), new CausalClock(0)).Next
            .Write(Entry(2, 1, 1, wall: 700, null), new CausalClock(0)).Next
            .Write(Entry(3, 2, 1, wall: 950, "c"), new CausalClock(2)).Next;

        string json = JsonSerializer.Serialize(register, SyncJson.Default.Register);

        Assert.Equal(register, JsonSerializer.Deserialize(json, SyncJson.Default.Register));
        Assert.Contains("\"current\":{\"seq\":3,\"origin\":{\"replica\":", json, StringComparison.Ordinal);
        Assert.Equal(Register.Empty, JsonSerializer.Deserialize("{}", SyncJson.Default.Register));
    }

    /// <summary>
    /// All histories of five writes by three replicas in which each write saw a given part of the others, in every order of arrival
    /// that keeps what was seen and that clocks can express: winner and every adjusted stamp must be the same in all of them.
    /// </summary>
    [Fact(DisplayName = "[ST5] winner and stamps do not depend on the order of arrival")]
    public void OrderOfArrival()
    {
        int[] authors = [0, 0, 1, 1, 2];
        int[][] walls = [[5, 1, 4, 2, 3], [1, 2, 3, 4, 5], [5, 4, 3, 2, 1], [3, 3, 3, 3, 3], [2, 5, 2, 5, 2], [9, 1, 1, 1, 9]];
        int[][] arrivals = [.. Permutations([0, 1, 2, 3, 4]).Where(p => Array.IndexOf(p, 0) < Array.IndexOf(p, 1) && Array.IndexOf(p, 2) < Array.IndexOf(p, 3))];
        int histories = 0;
        int orders = 0;
        for (int code = 0; code < 3 * 4 * 4 * 4 * 5; code++)
        {
            // What each write saw of the common past: a prefix of the writes 0, 2, 4 in this order, besides its own earlier ones.
            IReadOnlyList<ImmutableHashSet<int>> saw = Saw(code);
            foreach (int[] wall in walls)
            {
                string? first = null;
                foreach (int[] order in arrivals)
                {
                    if (Outcome(order, authors, wall, saw) is not { } outcome)
                        continue;
                    first ??= outcome;
                    Assert.Equal(first, outcome);
                    orders++;
                }
                histories += first is null ? 0 : 1;
            }
        }
        Assert.True(histories > 100 && orders > 5 * histories, $"{histories} histories, {orders} orders");
    }

    private static IReadOnlyList<ImmutableHashSet<int>> Saw(int code)
    {
        int[] heads = [0, 2, 4];
        int[] choices = [code % 3, code / 3 % 4, code / 12 % 4, code / 48 % 4, code / 192 % 5];
        var saw = new ImmutableHashSet<int>[5];
        for (int i = 0; i < 5; i++)
        {
            IEnumerable<int> seen = heads.Take(choices[i]).Where(h => h != i);
            saw[i] = [.. i is 1 or 3 ? seen.Append(i - 1) : seen];
        }
        return saw;
    }

    private static string? Outcome(int[] order, int[] authors, int[] wall, IReadOnlyList<ImmutableHashSet<int>> saw)
    {
        Register register = Register.Empty;
        var stamps = new SortedDictionary<int, Stamp>();
        for (int at = 0; at < order.Length; at++)
        {
            int write = order[at];
            int prefix = order.TakeWhile(saw[write].Contains).Count();
            bool expressible = saw[write].All(seen => order.Take(prefix).Contains(seen) || (authors[seen] == authors[write] && seen < write));
            if (!expressible || prefix > at)
                return null;
            long n = write is 1 or 3 ? 2 : 1;
            RegisterWrite taken = register.Write(Entry(at + 1, authors[write], n, wall[write], $"v{write}"), new CausalClock(prefix));
            stamps[write] = taken.Entry.At;
            register = taken.Next;
        }
        return $"{register.Value} {string.Join(' ', stamps.Values)}";
    }

    private static IEnumerable<int[]> Permutations(ImmutableArray<int> items) => items.IsEmpty
        ? [[]]
        : items.SelectMany(item => Permutations(items.Remove(item)).Select(rest => (int[])[item, .. rest]));

    private static RegisterEntry Entry(long seq, int replica, long n, long wall, string? value) =>
        new(seq, new(Replicas[replica], n), new Stamp(wall, 0), new Stamp(wall, 0), Person, value is null ? null : Values[value]);
}

using TaskGrid.Client;
using TaskGrid.Client.Sqlite;
using TaskGrid.Contracts;
using TaskGrid.TestKit;
using static TaskGrid.Simulation.Tests.Stores.Facts;

namespace TaskGrid.Simulation.Tests.Stores;

/// <summary>What the simulator finds on a store in memory holds for the one that people have: told the same, the two say the same.</summary>
public sealed class StoresAgreeTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Two_stores_that_are_told_the_same_say_the_same(int seed)
    {
        var first = AMark();
        using var memory = new MemoryReplicaStore(new MemoryState { Mark = first });
        using var sqlite = SqliteReplicaStore.Open(folder.File($"{seed}.db"), () => first);
        var (one, other) = (new RandomWrites(seed, memory), new RandomWrites(seed, sqlite));
        for (var step = 0; step < 60; step++)
        {
            Assert.Equal(one.Step(), other.Step());
            Assert.True(Contents.Of(memory) == Contents.Of(sqlite), $"seed {seed}, step {step}:\n{Contents.Of(memory)}\n--- and SQLite:\n{Contents.Of(sqlite)}");
        }
    }

    /// <summary>Transactions out of a seed: the same on every store that answers the same.</summary>
    private sealed class RandomWrites(int seed, IReplicaStore store)
    {
        private readonly Random random = new(seed);
        private readonly List<TaskId> tasks = [.. Enumerable.Range(1, 6).Select(i => TaskId.From(Guid.Parse($"0190cccc-0000-7000-8000-00000000000{i}")))];
        private readonly List<ReplicaId> replicas = [.. Enumerable.Range(1, 4).Select(i => ReplicaId.From(Guid.Parse($"0190dddd-0000-7000-8000-00000000000{i}")))];
        private long seq;

        /// <summary>One transaction of some writes; every eighth is rolled back.</summary>
        public string Step()
        {
            try
            {
                return store.Write(writing =>
                {
                    for (var writes = random.Next(1, 6); writes > 0; writes--) One(writing);
                    var within = Contents.Of(writing);
                    return random.Next(8) == 0 ? throw new InvalidDataException() : within;
                });
            }
            catch (InvalidDataException)
            {
                return "rolled back";
            }
        }

        private void One(IReplicaWriting writing)
        {
            switch (random.Next(13))
            {
                case 0:
                    writing.Put(writing.Mark with { Base = ++seq, SyncedAt = random.Next(), History = $"h{random.Next(3)}" });
                    break;
                case 1 or 2:
                    writing.Put(ATask(++seq, $"title {random.Next(9)}", Any(tasks)));
                    break;
                case 3:
                    writing.Put(AProject($"p{random.Next(9)}", DefinitionId.From(Guid.Parse($"0190eeee-0000-7000-8000-00000000000{random.Next(4)}"))));
                    break;
                case 4:
                    writing.Put(AConflict(Any(tasks), seq += 2, random.Next(2) == 0, ConflictId.From(Guid.Parse($"0190ffff-0000-7000-8000-00000000000{random.Next(5)}"))));
                    break;
                case 5:
                    writing.Put(Any(tasks), new JournalEntry(random.Next(3), ACanonicalChange(++seq, Any(tasks), Any(replicas))));
                    break;
                case 6 or 7:
                    writing.Append(AChange(writing.Mark, writing.Mark.NextN, Typed(Any(tasks), $"t{random.Next(99)}")));
                    writing.Put(writing.Mark with { NextN = writing.Mark.NextN + 1 });
                    break;
                case 8 when writing.Pending() is { Count: > 0 } pending:
                    writing.Replace(pending[random.Next(pending.Count)] with { State = (OutboxState)random.Next(4), Seq = ++seq, SentAt = random.Next(2) == 0 ? null : Noon.AddMinutes(random.Next(90)).ToUnixTimeMilliseconds() });
                    break;
                case 9 when writing.Pending() is { Count: > 0 } pending:
                    if (random.Next(2) == 0) writing.Remove(pending[random.Next(pending.Count)]);
                    else writing.Reject(pending[random.Next(pending.Count)], Codes.Invalid, random.Next(2) == 0 ? null : "no", Noon);
                    break;
                case 10 when writing.Rejected() is { Count: > 0 } refused:
                    writing.Forget(refused[random.Next(refused.Count)]);
                    break;
                case 11:
                    writing.Prune(Noon.AddMinutes(random.Next(90)));
                    break;
                default:
                    if (random.Next(3) == 0) writing.ClearConfirmed();
                    else Members(writing, UserId.From(Guid.Parse($"0190aaaa-0000-7000-8000-00000000000{random.Next(4)}")));
                    break;
            }
        }

        private void Members(IReplicaWriting writing, UserId user)
        {
            if (random.Next(3) == 0) writing.RemoveMember(user);
            else writing.Put(new MemberLine("member", user, $"name {random.Next(9)}", (Role)random.Next(3)));
            if (random.Next(3) == 0) writing.PutEmail(user, $"{random.Next(9)}@example.com");
            writing.Meet(Any(replicas), user);
        }

        private T Any<T>(List<T> things) => things[random.Next(things.Count)];
    }
}

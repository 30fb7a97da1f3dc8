using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using TaskGrid.Contracts;
using TaskGrid.Domain.Organizations;
using static TaskGrid.Domain.Tests.ReferenceLog;

namespace TaskGrid.Domain.Tests.Organizations;

/// <summary>
/// Profiles that are copied at any moment, and used long after: each copy goes on with the same replica and numbers. Whatever was made is in
/// the log once, or was rejected once, and a fork is told at the first number that differs.
/// </summary>
public class CopiedProfileTests
{
    private enum Doing { Write, WriteBad, Push, PushAndLoseTheAnswer, Copy }

    private sealed record Step(Doing Doing, int Store, int Count);

    private static readonly Gen<Step[]> Steps = Gen.Select(
        Gen.Int[0, 4], Gen.Int[0, 5], Gen.Int[1, 4], (doing, store, count) => new Step((Doing)doing, store, count)).Array[1, 60];

    [Fact(DisplayName = "[PU4] [PU7] [PU9] However often a profile is copied and its answers lost, each change counts once and each fork is found where it begins")]
    public void Each_change_counts_once() => Steps.Sample(Check, iter: 3000);

    private static void Check(Step[] steps)
    {
        var world = new World();
        foreach (var step in steps) world.Do(step);
        foreach (var store in world.Stores) world.PushAll(store);
        foreach (var body in world.Made.Keys)
            Assert.True(world.Log.Feed.Count(change => change.Body.TaskOf == body) == (world.Made[body] ? 1 : 0), $"{body} is not in the log as often as it should be");
    }

    /// <summary>A store as a client keeps it: its changes, and up to which of them it holds an answer.</summary>
    private sealed record Store(ReplicaId Replica, ImmutableList<ChangeBody> Bodies, long Answered, ImmutableSortedDictionary<ReplicaId, long> Former);

    private sealed class World
    {
        private readonly Dictionary<Origin, (Change Change, ChangeResult Result)> first = [];
        private int made;

        public ReferenceLog Log { get; } = new();

        public List<Store> Stores { get; } = [new(Replica(1), [], 0, ImmutableSortedDictionary<ReplicaId, long>.Empty)];

        /// <summary>The task that each change is about, and whether the log should have it.</summary>
        public Dictionary<TaskId, bool> Made { get; } = [];

        public void Do(Step step)
        {
            var at = step.Store % Stores.Count;
            switch (step.Doing)
            {
                case Doing.Copy: Stores.Add(Stores[at]); break;
                case Doing.Push or Doing.PushAndLoseTheAnswer: Stores[at] = Push(Stores[at], step.Count, step.Doing == Doing.Push); break;
                default: Stores[at] = Write(Stores[at], step.Doing == Doing.Write); break;
            }
        }

        public void PushAll(Store store)
        {
            while (store.Answered < store.Bodies.Count) store = Push(store, 3, true);
        }

        private Store Write(Store store, bool good)
        {
            var task = Task(++made);
            Made[task] = good;
            ChangeBody body = good ? new ChangeBody.Create(task, TaskValues.Titled("x")) : new ChangeBody.Restore(task);
            return store with { Bodies = store.Bodies.Add(body) };
        }

        private Store Push(Store store, int count, bool answered)
        {
            var changes = store.Bodies.Skip((int)store.Answered).Take(count)
                .Select((body, i) => new Change(store.Answered + 1 + i, Stamp.At(Noon), new CausalClock(1, store.Former), body)).ToArray();
            if (changes.Length == 0) return store;
            if (Log.TryPush(Log.Owner, store.Replica, changes) is Admission.Refused refused) return Forked(store, changes, refused.Problem);
            var results = Log.Push(Log.Owner, store.Replica, changes);
            foreach (var (change, result) in changes.Zip(results))
            {
                if (first.TryGetValue(new Origin(store.Replica, change.N), out var known)) Assert.Equal((known.Change.Body, known.Result), (change.Body, result));
                else first[new Origin(store.Replica, change.N)] = (change, result);
            }
            return answered ? store with { Answered = store.Answered + changes.Length } : store;
        }

        private Store Forked(Store store, Change[] changes, Problem problem)
        {
            Assert.Equal(Codes.ReplicaForked, problem.Code);
            var differs = changes.First(change => first.TryGetValue(new Origin(store.Replica, change.N), out var known) && known.Change.Body != change.Body);
            Assert.Equal(differs.N, problem.N);
            // What comes before is shared: its answers are asked for first.
            return differs.N > changes[0].N ? Push(store, (int)(differs.N - changes[0].N), true) : Anew(store, differs.N);
        }

        /// <summary>[PU9] The new replica id follows from what is issued anew, so that two copies with the same unsent work issue it once.</summary>
        private static Store Anew(Store store, long n)
        {
            var bodies = store.Bodies.RemoveRange(0, (int)n - 1);
            var seed = SHA256.HashData(Encoding.UTF8.GetBytes($"{store.Replica} {n} {bodies[0]}"));
            return new Store(new ReplicaId(new Guid(seed.AsSpan(0, 16))), bodies, 0, n > 1 ? store.Former.SetItem(store.Replica, n - 1) : store.Former);
        }
    }
}

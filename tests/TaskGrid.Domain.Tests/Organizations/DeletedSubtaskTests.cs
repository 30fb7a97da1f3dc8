using TaskGrid.Contracts;
using TaskGrid.Domain.Organizations;
using TaskGrid.Domain.Tasks;
using static TaskGrid.Domain.Tests.ReferenceLog;

namespace TaskGrid.Domain.Tests.Organizations;

/// <summary>A delete that takes a subtask along meets the edits of that subtask as it meets its own task's: in either order of arrival.</summary>
public class DeletedSubtaskTests
{
    private static readonly TaskId Parent = Task(1);
    private static readonly TaskId Child = Task(2);
    private static readonly TaskId Grandchild = Task(3);
    private static readonly TaskId Unseen = Task(4);

    private static readonly (string Name, ChangeBody Body)[] Edits =
    [
        ("set", new ChangeBody.Set(Child, Fields.Status, FieldValue.Of("doing"))),
        ("comment", new ChangeBody.Comment(Child, new CommentId(new Guid("0199aaaa-0000-7000-8000-400000000001")), "But I need this", null)),
        ("text", new ChangeBody.Text(Grandchild, Fields.Title, TextEdit.InsertAt(0, "still "))),
        ("parent", new ChangeBody.Add(Parent, Fields.Labels, "keep")),
        ("out", new ChangeBody.Set(Child, Fields.Parent, null)),
        ("up", new ChangeBody.Set(Grandchild, Fields.Parent, FieldValue.Of(Parent.ToString()))),
        ("create", new ChangeBody.Create(Unseen, TaskValues.Titled("new") with { Registers = Under(Child) })),
    ];

    private sealed class World
    {
        public ReferenceLog Log { get; } = new();
        public Device Ada { get; }
        public Device Bob { get; }
        public Device Eve { get; }

        public World()
        {
            Log.Execute(new OrganizationCommand.SetMember(Log.Owner, Log.Now, User(2), "Bob", Role.Member, false));
            (Ada, Bob, Eve) = (new Device(Log, Log.Owner, 1), new Device(Log, User(2), 2), new Device(Log, User(2), 3));
            Ada.Does(new ChangeBody.Create(Parent, TaskValues.Titled("parent")));
            Ada.Does(new ChangeBody.Create(Child, TaskValues.Titled("child") with { Registers = Under(Parent) }));
            Ada.Does(new ChangeBody.Create(Grandchild, TaskValues.Titled("grandchild") with { Registers = Under(Child) }));
            foreach (var device in (Device[])[Ada, Bob, Eve]) device.Sync();
        }

        /// <summary>The delete and the others' edits, each made on the same log, arrive in this order.</summary>
        public World Arrive(IEnumerable<(Device Device, ChangeBody Body)> order)
        {
            var made = order.ToList();
            foreach (var (device, body) in made)
            {
                Log.Now += TimeSpan.FromSeconds(1);
                Log.Push(device.User, device.Replica, device.Make(body));
            }
            return this;
        }

        public static World After(Func<World, IEnumerable<(Device, ChangeBody)>> changes)
        {
            var world = new World();
            return world.Arrive(changes(world));
        }

        public ConflictNote? OpenOf(TaskId task) =>
            Log.Tasks.TryGetValue(task, out var state) && state is TaskState.Present present
                ? present.Merge.Conflicts.Select(mark => mark.Note).SingleOrDefault(note => note is { Kind: ConflictKinds.DeletedEdited, Open: true })
                : null;
    }

    [Theory(DisplayName = "[TR3] [CF4] A delete that takes a subtask along and an unseen edit of it are one open conflict on the subtask, in either order")]
    [InlineData(true)]
    [InlineData(false)]
    public void One_open_conflict(bool deleteFirst)
    {
        var world = new World();
        (Device, ChangeBody) delete = (world.Ada, new ChangeBody.Delete(Parent)), edit = (world.Bob, Edits[0].Body);
        world.Arrive(deleteFirst ? [delete, edit] : [edit, delete]);

        var note = world.OpenOf(Child)!;

        Assert.True(world.Log[Child].Line.Deleted);
        Assert.Equal(["delete", "set"], note.Versions.Select(v => v.Op).Order());
        Assert.Null(world.OpenOf(Parent));
        Assert.Equal(note.Id, world.Log.Feed[^1].Conflict!.Id);
        Assert.Equal(
            deleteFirst
                ? DerivedIds.Conflict(world.Log.Organization, note.Versions[1].Seq, ConflictKinds.DeletedEdited)
                : DerivedIds.Conflict(world.Log.Organization, note.Versions[1].Seq, ConflictKinds.DeletedEdited, Child), note.Id);
    }

    /// <summary>Every pair of edits by two other devices, each before, between or after: 7 × 7 pairs in all 6 orders, those left out that can be made once only.</summary>
    [Fact(DisplayName = "[TR3] [TR4] [CF4] Whatever the order of arrival, the same is deleted and the same waits for a person")]
    public void Whatever_the_order()
    {
        foreach (var (first, one) in Edits)
            foreach (var (second, other) in Edits.Where(edit => !IsOnce(edit.Body) || edit.Body != one))
            {
                var outcomes = Orders().Select(order => Outcome(order, one, other)).Distinct().ToList();
                Assert.True(outcomes.Count == (LeavesBehind(one, other) || LeavesBehind(other, one) ? 2 : 1), $"{first}, {second}: {string.Join(" | ", outcomes)}");
            }
    }

    /// <summary>The same with both edits of one device, which keep their own order.</summary>
    [Fact(DisplayName = "[TR3] [TR4] [CF4] The order of a delete among two edits of one device changes nothing either")]
    public void Among_the_edits_of_one_device()
    {
        foreach (var (first, one) in Edits)
            foreach (var (second, other) in Edits.Where(edit => !IsOnce(edit.Body) || edit.Body != one))
            {
                var outcomes = Enumerable.Range(0, 3).Select(at => OfOneDevice(at, one, other)).Distinct().ToList();
                Assert.True(outcomes.Count == (LeavesBehind(other, one) ? 2 : 1), $"{first}, {second}: {string.Join(" | ", outcomes)}");
            }
    }

    [Theory(DisplayName = "[CF10] A decision on a subtask that went along keeps it deleted for itself, or brings it back at the top level")]
    [InlineData(true)]
    [InlineData(false)]
    public void Deciding(bool keep)
    {
        var world = World.After(w => [(w.Bob, Edits[0].Body), (w.Bob, Edits[2].Body), (w.Ada, new ChangeBody.Delete(Parent))]);
        var note = world.OpenOf(Child)!;
        world.Bob.Base = world.Log.Feed.Count;

        world.Arrive([(world.Bob, new ChangeBody.Resolve(note.Id, note.Versions.Single(v => v.Op == "delete" == keep).Seq, null))]);

        Assert.Equal(keep, world.Log[Child].Line.Deleted);
        Assert.Null(world.OpenOf(Child));
        Assert.True(world.Log[Parent].Line.Deleted);
        Assert.Equal(keep, world.Log[Grandchild].Line.Deleted);
        Assert.Equal(keep, world.OpenOf(Grandchild) is not null);
        if (!keep) Assert.Null(world.Log[Child].Line[Fields.Parent]);
        LogAgreement.Check(world.Log);

        world.Arrive([(world.Bob, new ChangeBody.Restore(Parent))]);
        Assert.Equal(keep, world.Log[Child].Line.Deleted);
        LogAgreement.Check(world.Log);
    }

    [Fact(DisplayName = "[CF9] Who restores the parent has answered for every subtask that comes back with it")]
    public void Restoring_the_parent_answers()
    {
        var world = World.After(w => [(w.Bob, Edits[0].Body), (w.Bob, Edits[2].Body), (w.Bob, Edits[3].Body), (w.Ada, new ChangeBody.Delete(Parent))]);
        Assert.All([Parent, Child, Grandchild], task => Assert.NotNull(world.OpenOf(task)));
        world.Ada.Base = world.Log.Feed.Count;

        world.Arrive([(world.Ada, new ChangeBody.Restore(Parent))]);

        Assert.All([Parent, Child, Grandchild], task => Assert.Equal((false, null), (world.Log[task].Line.Deleted, world.OpenOf(task))));
        Assert.Equal(3, world.Log.Feed[^1].AllConflicts.Count(note => note.ResolvedBy?.Seq == world.Log.Feed.Count));
        LogAgreement.Check(world.Log);
    }

    [Fact(DisplayName = "[CF4] An edit that had not seen the delete opens the record again after somebody decided without knowing of it")]
    public void Opened_again()
    {
        var world = World.After(w => [(w.Ada, new ChangeBody.Delete(Parent)), (w.Bob, Edits[0].Body)]);
        var note = world.OpenOf(Child)!;
        world.Ada.Base = world.Log.Feed.Count;
        world.Arrive([(world.Ada, new ChangeBody.Resolve(note.Id, note.Versions[0].Seq, null))]);
        Assert.Null(world.OpenOf(Child));

        world.Arrive([(world.Eve, Edits[1].Body)]);

        Assert.Equal((note.Id, 3), (world.OpenOf(Child)!.Id, world.OpenOf(Child)!.Versions.Length));
        LogAgreement.Check(world.Log);
    }

    [Fact(DisplayName = "[TR4] A move by one who had deleted the parent himself brings nothing back, synced or not")]
    public void A_move_after_the_own_delete()
    {
        var world = new World();
        world.Ada.Does(new ChangeBody.Delete(Parent), Edits[4].Body);
        world.Ada.Sync();
        Assert.True(world.Log[Child].Line.Deleted);
        LogAgreement.Check(world.Log);
    }

    [Fact(DisplayName = "[CL4] An edit after a fork has seen the delete that its author made before it")]
    public void An_edit_after_a_fork()
    {
        var world = new World();
        var delete = world.Ada.Make(new ChangeBody.Delete(Parent));
        world.Ada.Sync();
        var clock = new CausalClock(delete.Clock.Base, System.Collections.Immutable.ImmutableSortedDictionary<ReplicaId, long>.Empty.Add(world.Ada.Replica, delete.N));
        var result = Assert.Single(world.Log.Push(world.Ada.User, Replica(9), new Change(1, Stamp.At(world.Log.Now), clock, Edits[0].Body)));
        Assert.Null(result.Conflict);

        var unseen = clock.Replicas.SetItem(world.Ada.Replica, delete.N - 1);
        Assert.Single(world.Log.Push(world.Ada.User, Replica(10), new Change(1, Stamp.At(world.Log.Now), new CausalClock(clock.Base, unseen), Edits[0].Body)));
        Assert.Equal(ConflictKinds.DeletedEdited, world.OpenOf(Child)?.Kind);
    }

    /// <summary>What can be made once only: of two, the first to arrive stands.</summary>
    private static bool IsOnce(ChangeBody body) => body is ChangeBody.Create or ChangeBody.Comment;

    /// <summary>
    /// What was created under a subtask while that was deleted has gone to the top level, and stays there when a move brings the subtask
    /// back: the record of it says so, and a decision flips it.
    /// </summary>
    private static bool LeavesBehind(ChangeBody move, ChangeBody create) => move == Edits[4].Body && create is ChangeBody.Create;

    private static IEnumerable<int[]> Orders() => [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

    private static string Outcome(int[] order, ChangeBody one, ChangeBody other)
    {
        var world = new World();
        (Device, ChangeBody)[] changes = [(world.Ada, new ChangeBody.Delete(Parent)), (world.Bob, one), (world.Eve, other)];
        world.Arrive(order.Select(i => changes[i]));
        return Outcome(world);
    }

    private static string OfOneDevice(int at, ChangeBody one, ChangeBody other)
    {
        var world = new World();
        List<(Device, ChangeBody)> changes = [(world.Bob, one), (world.Bob, other)];
        changes.Insert(at, (world.Ada, new ChangeBody.Delete(Parent)));
        world.Arrive(changes);
        return Outcome(world);
    }

    /// <summary>
    /// What may not depend on the order: what is deleted, where it stands, what waits for a person, and which parents a subtask was left
    /// without. Of a replica that edited the task more than once, a delete that comes last shows the last edit only.
    /// </summary>
    private static string Outcome(World world)
    {
        LogAgreement.Check(world.Log);
        return string.Join(", ", new[] { Parent, Child, Grandchild, Unseen }.Where(world.Log.Tasks.ContainsKey).Select(task =>
        {
            var state = world.Log[task];
            var open = (world.OpenOf(task)?.Versions ?? []).GroupBy(v => (v.Replica, v.Op == "delete")).Select(v => $"{v.Key.Replica.ToString()[^1]}:{v.Last().Op}").Order();
            var orphaned = state.Merge.Conflicts.Where(mark => mark.Note.Kind == ConflictKinds.Orphaned)
                .SelectMany(mark => mark.Note.Versions).Select(v => v.Value!.AsText()![^1]).Distinct().Order();
            return $"{task.ToString()[^1]}{(state.Line.Deleted ? "-" : "+")}^{state.Line[Fields.Parent]?.AsText()?[^1]}[{string.Join(' ', open)}][{string.Join(' ', orphaned)}]";
        }));
    }

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, FieldValue> Under(TaskId parent) =>
        TaskValues.Titled("").Registers.Add(Fields.Parent, FieldValue.Of(parent.ToString()));
}

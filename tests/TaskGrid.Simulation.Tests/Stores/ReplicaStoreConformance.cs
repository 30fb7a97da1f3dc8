using TaskGrid.Client;
using TaskGrid.Contracts;
using TaskGrid.Contracts.Search;
using TaskGrid.Sync;
using static TaskGrid.Simulation.Tests.Stores.Facts;

namespace TaskGrid.Simulation.Tests.Stores;

/// <summary>What <see cref="IReplicaStore"/> promises of transactions and of the confirmed state. Every store inherits it.</summary>
public abstract class ReplicaStoreConformance : IDisposable
{
    private IReplicaStore? opened;

    protected IReplicaStore Store => opened ??= Open(AMark());

    protected abstract IReplicaStore Open(ReplicaMark first);

    public virtual void Dispose()
    {
        opened?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_new_store_holds_its_first_mark_and_nothing_else()
    {
        var mark = AMark();
        using var store = Open(mark);
        Assert.Equal(mark.Replica, store.Read(reading => reading.Mark.Replica));
        Assert.Empty(store.Read(reading => reading.Tasks().ToList()));
        Assert.Empty(store.Read(reading => reading.Pending()));
    }

    [Fact]
    public void A_moved_mark_is_read_back_whole()
    {
        var moved = Mark with
        {
            NextN = 7,
            Base = 12,
            History = "h",
            Clock = new HybridClock(new Stamp(1_700_000_000_000, 3), new Stamp(1_700_000_000_500, 0)),
            ClockOffset = -250,
            Digest = ulong.MaxValue - 1,
            Former = Mark.Former.Add(ReplicaId.From(Guid.NewGuid()), 4),
            ResyncedAt = 5,
            Quarantined = true,
            SyncedAt = 6,
        };
        Write(writing => writing.Put(moved));
        Assert.Equal(moved with { Former = moved.Former.Clear() }, Mark with { Former = moved.Former.Clear() });
        Assert.Equal(moved.Former.AsEnumerable(), Mark.Former);
    }

    [Fact]
    public void A_transaction_that_throws_leaves_nothing_behind()
    {
        Write(writing => writing.Put(ATask(1)));
        var before = Contents.Of(Store);
        Assert.Throws<InvalidDataException>(() => Write(writing =>
        {
            writing.Put(writing.Mark with { Base = 9, NextN = 9 });
            writing.Put(ATask(2));
            writing.Put(AProject("Garden"));
            writing.Append(AChange(writing.Mark, 1));
            writing.Meet(ReplicaId.From(Guid.NewGuid()), Ana);
            throw new InvalidDataException();
        }));
        Assert.Equal(before, Contents.Of(Store));
    }

    [Fact]
    public void Callbacks_never_nest_and_the_store_goes_on_after_one_tried()
    {
        Assert.ThrowsAny<Exception>(() => Store.Read(_ => Store.Read(reading => reading.Mark)));
        Assert.ThrowsAny<Exception>(() => Store.Write(_ => Store.Write(writing => writing.Mark)));
        Write(writing => writing.Put(writing.Mark with { Base = 3 }));
        Assert.Equal(3, Mark.Base);
    }

    [Fact]
    public void A_transaction_sees_what_it_wrote()
    {
        var task = ATask(1);
        Write(writing =>
        {
            writing.Put(task);
            writing.Put(writing.Mark with { Base = 1 });
            writing.Append(AChange(writing.Mark, 1));
            Assert.Equal("Paint the fence", writing.Task(task.Id)!.Title);
            Assert.Equal(1, writing.Mark.Base);
            Assert.Single(writing.Pending());
        });
    }

    [Fact]
    public void The_digest_follows_every_way_in_which_tasks_are_written()
    {
        var (first, second) = (ATask(1), ATask(2));
        Write(writing =>
        {
            writing.Put(first);
            writing.Put(second);
        });
        Assert.Equal(TaskDigest.Sum([first, second]), Mark.Digest);
        var renamed = first with { Title = "Oil the gate", Seq = 3 };
        Write(writing => writing.Put(renamed));
        Assert.Equal(TaskDigest.Sum([renamed, second]), Mark.Digest);
        Write(writing =>
        {
            writing.ClearConfirmed();
            Assert.Equal(0UL, writing.Mark.Digest);
            writing.Load([Loaded(second)]);
        });
        Assert.Equal(TaskDigest.Sum([second]), Mark.Digest);
    }

    [Fact]
    public void Tasks_come_by_id_and_what_changed_since_by_its_change()
    {
        var lines = Enumerable.Range(1, 6).Select(seq => ATask(seq)).ToList();
        Write(writing => lines.AsEnumerable().Reverse().ToList().ForEach(writing.Put));
        Assert.Equal(lines.Select(line => line.Id).Order(), Store.Read(reading => reading.Tasks().Select(line => line.Id).ToList()));
        Assert.Equal([4L, 5L, 6L], Store.Read(reading => reading.Since(3)).Select(line => line.Seq));
        Assert.Equal(6, Store.Read(reading => reading.TaskCount()));
        Assert.Null(Store.Read(reading => reading.Task(NewTask())));
    }

    [Fact]
    public void A_task_is_found_by_the_beginning_or_the_end_of_its_id()
    {
        var line = ATask(1);
        Write(writing => writing.Put(line));
        var id = line.Id.ToString();
        Assert.Equal([line.Id], Store.Read(reading => reading.TasksLike(id[^9..], 2)));
        Assert.Equal([line.Id], Store.Read(reading => reading.TasksLike(id[..9], 2)));
        Assert.Empty(Store.Read(reading => reading.TasksLike("zz", 2)));
        Assert.Empty(Store.Read(reading => reading.TasksLike(id[^9..], 0)));
    }

    [Fact]
    public void Definitions_members_and_addresses_are_as_last_written()
    {
        var (project, ben) = (AProject("Garden"), UserId.From(Guid.NewGuid()));
        Write(writing =>
        {
            writing.Put(project);
            writing.Put(AProject("House", project.Id));
            writing.Put(new MemberLine("member", ben, "Ben", Role.Viewer));
            writing.PutEmail(ben, "ben@example.com");
            writing.Put(new MemberLine("member", ben, "Benjamin", Role.Admin));
        });
        Assert.Equal(FieldValue.Of("House"), Assert.Single(Store.Read(reading => reading.Definitions())).Values["name"]);
        Assert.Equal(new KnownMember(new MemberLine("member", ben, "Benjamin", Role.Admin), "ben@example.com"), Assert.Single(Store.Read(reading => reading.Members())));
        Write(writing => writing.RemoveMember(ben));
        Assert.Empty(Store.Read(reading => reading.Members()));
    }

    [Fact]
    public void Conflicts_come_newest_first_and_the_latest_state_of_each_counts()
    {
        var task = NewTask();
        var (older, newer) = (AConflict(task, 4, open: true), AConflict(task, 9, open: true));
        Write(writing =>
        {
            writing.Put(older);
            writing.Put(newer);
        });
        Assert.Equal([newer.Id, older.Id], Store.Read(reading => reading.Conflicts(openOnly: true)).Select(note => note.Id));
        Write(writing => writing.Put(newer with { Open = false }));
        Assert.Equal(older.Id, Assert.Single(Store.Read(reading => reading.Conflicts(openOnly: true))).Id);
        Assert.False(Store.Read(reading => reading.Conflict(newer.Id))!.Open);
        Assert.Equal(2, Store.Read(reading => reading.Conflicts(openOnly: false)).Count);
    }

    [Fact]
    public void The_journal_of_a_task_is_in_order_and_keeps_what_it_has()
    {
        var (task, replica) = (NewTask(), ReplicaId.From(Guid.NewGuid()));
        Write(writing =>
        {
            writing.Put(task, new JournalEntry(3, ACanonicalChange(5, task, replica)));
            writing.Put(task, new JournalEntry(0, ACanonicalChange(3, task, replica)));
            writing.Put(task, new JournalEntry(4, ACanonicalChange(5, task, replica)));
        });
        Assert.Equal([(0L, 3L), (3L, 5L)], Store.Read(reading => reading.Journal(task)).Select(entry => (entry.Prior, entry.Change.Seq)));
        Assert.Empty(Store.Read(reading => reading.Journal(NewTask())));
    }

    [Fact]
    public void Devices_are_numbered_as_they_are_met()
    {
        var ben = UserId.From(Guid.Parse("0190aaaa-0000-7000-8000-000000000002"));
        var (bens, anas) = (ReplicaId.From(Guid.NewGuid()), ReplicaId.From(Guid.NewGuid()));
        Write(writing => writing.Put(writing.Mark with { Base = 1 }));
        Write(writing =>
        {
            writing.Meet(bens, ben);
            writing.Meet(anas, Ana);
            writing.Meet(bens, ben);
        });
        Assert.Equal([new KnownDevice(Mark.Replica, Ana, 1, true), new KnownDevice(anas, Ana, 2, false), new KnownDevice(bens, ben, 1, false)],
            Store.Read(reading => reading.Devices()));
    }

    [Fact]
    public void Clearing_takes_the_confirmed_state_and_leaves_the_outbox_and_the_refused_changes()
    {
        var line = ATask(1);
        Write(writing =>
        {
            writing.Put(line);
            writing.Put(AProject("Garden"));
            writing.Put(new MemberLine("member", Ana, "Ana", Role.Owner));
            writing.Put(AConflict(line.Id, 4, open: true));
            writing.Put(line.Id, new JournalEntry(0, ACanonicalChange(1, line.Id, writing.Mark.Replica)));
            writing.Append(AChange(writing.Mark, 1, Typed(line.Id, "kept")));
            writing.Append(AChange(writing.Mark, 2));
            writing.Reject(writing.Pending()[1], Codes.Invalid, "no", Noon);
            writing.ClearConfirmed();
        });
        Assert.Equal(0, Store.Read(reading => reading.TaskCount()));
        Assert.Empty(Store.Read(reading => reading.Definitions()));
        Assert.Empty(Store.Read(reading => reading.Members()));
        Assert.Empty(Store.Read(reading => reading.Conflicts(openOnly: false)));
        Assert.Empty(Store.Read(reading => reading.Journal(line.Id)));
        Assert.Single(Store.Read(reading => reading.Pending(line.Id)));
        Assert.Single(Store.Read(reading => reading.Rejected()));
    }

    [Fact]
    public void Words_are_found_by_their_beginnings_once_the_index_has_them()
    {
        var (fence, gate) = (ATask(1, "Paint the FENCE"), ATask(2, "Oil the gate"));
        Write(writing =>
        {
            writing.Put(fence);
            writing.Load([Loaded(gate)]);
        });
        Index();
        Assert.Equal([fence.Id], Found("fen pai"));
        Assert.Equal(2, Found("the").Count);
        Assert.Empty(Found("ence"));
        Write(writing => writing.Put(fence with { Title = "Paint", Seq = 3 }));
        Index();
        Assert.Empty(Found("fence"));
        Assert.Equal(0, Store.Read(reading => reading.Unindexed()));
    }

    [Fact]
    public void The_version_moves_with_a_write_and_not_with_a_read()
    {
        var before = Store.Version();
        Store.Read(reading => reading.Mark);
        Assert.Equal(before, Store.Version());
        Write(writing => writing.Put(ATask(1)));
        Assert.NotEqual(before, Store.Version());
    }

    [Fact]
    public void One_leads_at_a_time()
    {
        var lead = Store.TryLead();
        Assert.NotNull(lead);
        Assert.Null(Store.TryLead());
        lead.Dispose();
        using var next = Store.TryLead();
        Assert.NotNull(next);
    }

    protected ReplicaMark Mark => Store.Read(reading => reading.Mark);

    protected void Write(Action<IReplicaWriting> write) => Store.Write(writing =>
    {
        write(writing);
        return true;
    });

    private void Index() => Write(writing => Assert.Equal(0, writing.Index(int.MaxValue)));

    private IReadOnlyList<TaskId> Found(string words) => Store.Read(reading => reading.Search(TaskWords.Of(words)));
}

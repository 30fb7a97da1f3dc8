using System.Text;
using TaskGrid.Client;
using TaskGrid.Contracts;
using static TaskGrid.Simulation.Tests.Stores.Facts;

namespace TaskGrid.Simulation.Tests.Stores;

/// <summary>What <see cref="IReplicaStore"/> promises of the outbox and the refused changes. Every store inherits it.</summary>
public abstract class OutboxConformance : ReplicaStoreConformance
{
    [Fact]
    public void Changes_take_places_in_the_order_in_which_they_were_made()
    {
        var (task, other) = (NewTask(), NewTask());
        Append(AChange(Mark, 1, Typed(task, "a")), AChange(Mark, 2, Typed(other, "b")), AChange(Mark, 3, Typed(task, "c")));
        Assert.Equal([1L, 2L, 3L], Pending().Select(row => row.Origin.N));
        Assert.Equal(Pending().Select(row => row.Place).Order(), Pending().Select(row => row.Place));
        Assert.Equal([1L, 3L], Store.Read(reading => reading.Pending(task)).Select(row => row.Origin.N));
        Assert.Equal(3, Store.Read(reading => reading.Unanswered()));
    }

    [Fact]
    public void A_number_is_never_given_twice()
    {
        Append(AChange(Mark, 1));
        Assert.ThrowsAny<Exception>(() => Append(AChange(Mark, 1)));
        Assert.Single(Pending());
    }

    [Fact]
    public void A_resolve_belongs_to_the_task_of_its_conflict()
    {
        var note = AConflict(NewTask(), 4, open: true);
        Write(writing =>
        {
            writing.Put(note);
            writing.Append(AChange(writing.Mark, 1, new ChangeBody.Resolve(note.Id, 4, null)));
        });
        Assert.Single(Store.Read(reading => reading.Pending(note.Task)));
    }

    [Fact]
    public void The_bytes_of_a_change_stay_until_it_is_expressed_anew()
    {
        Append(AChange(Mark, 1) with { Raw = null });
        var raw = Pending()[0].Raw;
        Assert.NotNull(raw);
        Replace(Pending()[0] with { State = OutboxState.Sent, Shown = TextEdit.InsertAt(3, "moved") });
        Assert.Equal(raw, Pending()[0].Raw);
        var fresh = new Origin(ReplicaId.From(Guid.NewGuid()), 5);
        Replace(Pending()[0].Anew(fresh, Pending()[0].Change with { N = 5 }, null));
        Assert.NotEqual(raw, Pending()[0].Raw);
        Assert.Equal((fresh, OutboxState.Unsent), (Pending()[0].Origin, Pending()[0].State));
    }

    [Fact]
    public void A_change_is_found_under_its_number_of_today_alone()
    {
        var before = new Origin(Mark.Replica, 1);
        Append(AChange(Mark, 1), AChange(Mark, 2));
        var after = new Origin(ReplicaId.From(Guid.NewGuid()), 1);
        Replace(Pending()[0].Anew(after, Pending()[0].Change, null));
        Assert.Null(Store.Read(reading => reading.Find(before)));
        Assert.Equal(Pending()[0].Place, Store.Read(reading => reading.Find(after))!.Place);
        Assert.Equal([2L], Store.Read(reading => reading.From(before.Replica, 1)).Select(row => row.Origin.N));
        Assert.Equal(2, Store.Read(reading => reading.Replicas()).Distinct().Count());
    }

    [Fact]
    public void What_is_done_leaves_the_overlay_and_is_kept()
    {
        Append(AChange(Mark, 1), AChange(Mark, 2));
        Replace(Pending()[0] with { State = OutboxState.Answered, Seq = 8 });
        Assert.Equal((2, 1), (Pending().Count, Store.Read(reading => reading.Unanswered())));
        Replace(Pending()[0] with { State = OutboxState.Done });
        Assert.Equal([2L], Pending().Select(row => row.Origin.N));
        Assert.Equal([1L, 2L], Store.Read(reading => reading.From(reading.Mark.Replica, 1)).Select(row => row.Origin.N));
        Assert.Equal(8, Store.Read(reading => reading.Find(new Origin(reading.Mark.Replica, 1)))!.Seq);
    }

    [Fact]
    public void What_is_to_be_sent_is_limited_by_count_and_bytes_but_never_to_nothing()
    {
        Append([.. Enumerable.Range(1, 4).Select(n => AChange(Mark, n, Typed(NewTask(), new string('é', 100))))]);
        var bytes = Encoding.UTF8.GetByteCount(Pending()[0].Raw!) + 1;
        Assert.Equal([1L, 2L], ToSend(count: 2, bytes: int.MaxValue));
        Assert.Equal([1L, 2L, 3L], ToSend(count: 9, bytes: 3 * bytes));
        Assert.Equal([1L, 2L], ToSend(count: 9, bytes: (3 * bytes) - 1));
        Assert.Equal([1L], ToSend(count: 9, bytes: 1));
        Replace(Pending()[0] with { State = OutboxState.Answered, Seq = 1 });
        Assert.Equal([2L, 3L, 4L], ToSend(count: 9, bytes: int.MaxValue));
    }

    [Fact]
    public void A_refused_change_leaves_the_outbox_for_the_list_until_it_is_taken_off()
    {
        Append(AChange(Mark, 1), AChange(Mark, 2));
        Write(writing =>
        {
            writing.Reject(writing.Pending()[1], Codes.Unknown, "there is no such task", Noon);
            writing.Reject(writing.Pending()[0], Codes.Dependent, null, Noon);
        });
        Assert.Empty(Pending());
        var refused = Store.Read(reading => reading.Rejected());
        Assert.Equal([(2L, Codes.Unknown, "there is no such task"), (1L, Codes.Dependent, null)], refused.Select(change => (change.Origin.N, change.Code, change.Detail)));
        Assert.Equal(Noon, refused[0].Time);
        Write(writing => writing.Forget(refused[0]));
        Assert.Equal(refused[1].Id, Assert.Single(Store.Read(reading => reading.Rejected())).Id);
    }

    [Fact]
    public void Done_changes_are_forgotten_by_when_they_were_sent_and_others_never()
    {
        Append(AChange(Mark, 1), AChange(Mark, 2), AChange(Mark, 3));
        var later = Noon.AddDays(40);
        Replace(Pending()[0] with { State = OutboxState.Sent, SentAt = later.ToUnixTimeMilliseconds() });
        Replace(Pending()[0] with { State = OutboxState.Done, Seq = 1 });
        Replace(Pending()[0] with { State = OutboxState.Done, Seq = 2 });
        Write(writing => writing.Prune(later));
        // The first was sent late, the second is as old as it was made, the third is not done.
        Assert.Equal([1L, 3L], Store.Read(reading => reading.From(reading.Mark.Replica, 1)).Select(row => row.Origin.N));
        Write(writing => writing.Prune(later.AddSeconds(1)));
        Assert.Equal([3L], Store.Read(reading => reading.From(reading.Mark.Replica, 1)).Select(row => row.Origin.N));
    }

    [Fact]
    public void What_is_not_there_is_neither_replaced_nor_removed()
    {
        Append(AChange(Mark, 1));
        var gone = Pending()[0];
        Write(writing => writing.Remove(gone));
        Replace(gone with { State = OutboxState.Sent });
        Write(writing => writing.Remove(gone));
        Assert.Empty(Pending());
        Append(AChange(Mark, 2));
        Assert.True(Pending()[0].Place > gone.Place, "a place is never given twice");
    }

    private IReadOnlyList<OutboxChange> Pending() => Store.Read(reading => reading.Pending());

    private void Append(params OutboxChange[] changes) => Write(writing => Array.ForEach(changes, change => writing.Append(change)));

    private void Replace(OutboxChange change) => Write(writing => writing.Replace(change));

    private IEnumerable<long> ToSend(int count, int bytes) => Store.Read(reading => reading.ToSend(reading.Mark.Replica, count, bytes)).Select(row => row.Origin.N);
}

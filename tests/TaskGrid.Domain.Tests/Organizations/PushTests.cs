using TaskGrid.Contracts;
using TaskGrid.Domain.Organizations;
using static TaskGrid.Domain.Tests.ReferenceLog;

namespace TaskGrid.Domain.Tests.Organizations;

public class PushTests
{
    private readonly ReferenceLog log = new();
    private readonly Device ada;

    public PushTests() => ada = new Device(log, log.Owner, 1);

    [Fact(DisplayName = "[PU4] A change sent again is answered with the same and changes nothing")]
    public void A_change_sent_again_is_answered_with_the_same_and_changes_nothing()
    {
        var change = ada.Make(Create(1));
        var first = ada.Sync();
        var head = log.Feed.Count;
        Assert.Equal(first, log.Push(ada.User, ada.Replica, change));
        Assert.Equal(head, log.Feed.Count);
    }

    [Fact(DisplayName = "[PU6] A gap names the number that was expected")]
    public void A_gap_names_the_number_that_was_expected()
    {
        var change = ada.Make(Create(1)) with { N = 3 };
        Assert.Equal((409, Codes.Gap, 1L), Refusal(ada.User, change));
    }

    [Fact(DisplayName = "[PU11] Text that builds on an edit which was rejected in an earlier push falls with it when both come in one")]
    public void Text_that_builds_on_what_was_rejected_before_falls_with_it()
    {
        ada.Does(Create(1));
        ada.Sync();
        var refused = ada.Make(new ChangeBody.Text(Task(1), Fields.Title, TextEdit.DeleteAt(99, 1)));
        Assert.Equal(ChangeStatus.Rejected, Assert.Single(log.Push(ada.User, ada.Replica, refused)).Status);
        // The answer is lost: the author goes on typing, and sends both.
        var after = ada.Make(new ChangeBody.Text(Task(1), Fields.Title, TextEdit.InsertAt(0, "x")));

        var results = log.Push(ada.User, ada.Replica, refused, after);

        Assert.Equal([Codes.Invalid, Codes.Dependent], results.Select(result => result.Code));
    }

    [Fact(DisplayName = "[PU7] The same number with other content is a fork")]
    public void The_same_number_with_other_content_is_a_fork()
    {
        var change = ada.Make(Create(1));
        ada.Sync();
        var refused = Assert.IsType<Admission.Refused>(log.TryPush(ada.User, ada.Replica, change with { Body = Create(2) }));
        Assert.Equal((Codes.ReplicaForked, 1L), (refused.Problem.Code, refused.Problem.N));
    }

    [Fact(DisplayName = "[ID3] A replica belongs to who first pushed with it")]
    public void A_replica_belongs_to_who_first_pushed_with_it()
    {
        ada.Does(Create(1));
        ada.Sync();
        log.Execute(new OrganizationCommand.SetMember(log.Owner, log.Now, User(2), "Bob", Role.Member, false));
        var change = new Change(2, Stamp.At(log.Now), new CausalClock(1), Create(2));
        Assert.Equal(Codes.ReplicaTaken, Refusal(User(2), change).Code);
    }

    [Fact(DisplayName = "[CL5] A base above the head refuses the whole push before anything counts")]
    public void A_base_above_the_head_refuses_the_whole_push_before_anything_counts()
    {
        var changes = new[] { ada.Make(Create(1)), ada.Make(Create(2)) with { Clock = new CausalClock(99) } };
        var refused = Assert.IsType<Admission.Refused>(log.TryPush(ada.User, ada.Replica, changes));
        Assert.Equal((410, Codes.Resync), (refused.Problem.Status, refused.Problem.Code));
    }

    [Fact(DisplayName = "[AC2] Who is no member learns nothing")]
    public void Who_is_no_member_learns_nothing() =>
        Assert.Equal((404, Codes.NotFound, (long?)null), Refusal(User(9), ada.Make(Create(1))));

    [Fact(DisplayName = "[PU3] [LG1] A rejection uses up its number and takes no place in the log")]
    public void A_rejection_uses_up_its_number_and_takes_no_place_in_the_log()
    {
        ada.Does(Create(1), new ChangeBody.Set(Task(5), "status", FieldValue.Of("done")), new ChangeBody.Set(Task(1), "status", FieldValue.Of("done")));
        var results = ada.Sync();
        Assert.Equal([ChangeStatus.Accepted, ChangeStatus.Rejected, ChangeStatus.Accepted], results.Select(r => r.Status));
        Assert.Equal(Codes.Unknown, results[1].Code);
        Assert.Equal([2L, 3L], log.Feed.Skip(1).Select(c => c.Seq));
    }

    [Fact(DisplayName = "[PU11] [LG1] What a task rejects moves up what follows it and takes what builds on it along")]
    public void What_a_task_rejects_moves_up_what_follows_it_and_takes_what_builds_on_it_along()
    {
        var (known, lost) = (new CommentId(Guid.CreateVersion7()), new CommentId(Guid.CreateVersion7()));
        ada.Does(Create(1),
            new ChangeBody.Comment(Task(1), lost, "answers what is not there", known),
            new ChangeBody.Comment(Task(1), known, "first", null),
            new ChangeBody.EditComment(Task(1), lost, "never"),
            new ChangeBody.Text(Task(1), "title", TextEdit.InsertAt(500, "past the end")),
            new ChangeBody.Text(Task(1), "title", TextEdit.InsertAt(0, "on it")),
            new ChangeBody.Set(Task(1), "status", FieldValue.Of("done")));
        var results = ada.Sync();
        Assert.Equal([null, Codes.Unknown, null, Codes.Dependent, Codes.Invalid, Codes.Dependent, null], results.Select(r => r.Code));
        Assert.Equal([2L, 3L, 4L], log.Feed.Skip(1).Select(c => c.Seq));
        Assert.Equal(3, Assert.Single(log[Task(1)].Line.Comments).Seq);
    }

    [Fact(DisplayName = "[AC3] A viewer's changes are rejected one by one")]
    public void A_viewers_changes_are_rejected_one_by_one()
    {
        log.Execute(new OrganizationCommand.SetMember(log.Owner, log.Now, User(2), "Vic", Role.Viewer, false));
        var result = Assert.Single(log.Push(User(2), Replica(2), new Change(1, Stamp.At(log.Now), new CausalClock(1), Create(1))));
        Assert.Equal(Codes.Forbidden, result.Code);
    }

    [Fact(DisplayName = "[LG4] A change stands where it was taken in, whatever its stamp says")]
    public void Stamps_order_nothing_in_the_log()
    {
        var late = new Device(log, log.Owner, 2) { Skew = TimeSpan.FromDays(-3650) };
        ada.Does(Create(1));
        ada.Sync();
        late.Does(Create(2));
        late.Sync();

        Assert.Equal([(1L, Task(1)), (2L, Task(2))], log.Feed.Skip(1).Select(c => (c.Seq - 1, c.Body.TaskOf!.Value)));
        Assert.True(log.Feed[^1].At < log.Feed[^2].At);
    }

    private (int Status, string Code, long? Expected) Refusal(UserId user, Change change)
    {
        var problem = Assert.IsType<Admission.Refused>(log.TryPush(user, ada.Replica, change)).Problem;
        return (problem.Status, problem.Code, problem.Expected);
    }

    private static ChangeBody.Create Create(int task) => new(Task(task), TaskValues.Titled("x"));
}

using TaskGrid.Contracts;
using TaskGrid.Domain.Organizations;
using TaskGrid.Domain.Tasks;
using static TaskGrid.Domain.Tests.ReferenceLog;

namespace TaskGrid.Domain.Tests.Tasks;

/// <summary>One change can disagree with several others: each disagreement has its record, and the canonical change tells all of them.</summary>
public class ManyConflictsTests
{
    private readonly ReferenceLog log = new();
    private readonly TaskId task = Task(1);
    private readonly Device ada;
    private readonly Device bob;
    private readonly Device eve;

    public ManyConflictsTests()
    {
        log.Execute(new OrganizationCommand.SetMember(log.Owner, log.Now, User(2), "Bob", Role.Member, false));
        log.Execute(new OrganizationCommand.SetMember(log.Owner, log.Now, User(3), "Eve", Role.Member, false));
        (ada, bob, eve) = (new Device(log, log.Owner, 1), new Device(log, User(2), 2), new Device(log, User(3), 3));
        ada.Does(new ChangeBody.Create(task, TaskValues.Titled("one two three")));
        ada.Sync();
        bob.Sync();
        eve.Sync();
    }

    [Fact(DisplayName = "[CF4] An edit that meets the edits of two others makes a record with each of them")]
    public void A_record_for_each_pair()
    {
        bob.Does(Text("[{\"d\":4}]"));
        eve.Does(Text("[4,{\"d\":4}]"));
        ada.Does(Text("[2,{\"d\":4}]"));
        bob.Sync();
        eve.Sync();

        var result = Assert.Single(ada.Sync());

        var (first, second) = (result.Conflict!, Assert.Single(result.Conflicts!.Value));
        Assert.Equal([bob.Replica, ada.Replica], first.Versions.Select(v => v.Replica));
        Assert.Equal([eve.Replica, ada.Replica], second.Versions.Select(v => v.Replica));
        Assert.Equal(DerivedIds.Conflict(log.Organization, result.Seq!.Value, ConflictKinds.TextOverlap), first.Id);
        Assert.Equal(DerivedIds.Conflict(log.Organization, result.Seq!.Value, ConflictKinds.TextOverlap, eve.Replica), second.Id);
        Assert.All([first, second], note => Assert.Equal("three", note.Merged!.AsText()));
        LogAgreement.Check(log);
    }

    [Fact(DisplayName = "[CF3] A version of an overlap has the stamp of its own edit, not of its author's last one")]
    public void Stamps_are_those_of_the_edit()
    {
        bob.Does(Text("[{\"d\":4}]"));
        bob.Sync();
        var edited = log.Feed[^1];
        log.Now += TimeSpan.FromMinutes(1);
        bob.Does(Set("status", "doing"));
        bob.Sync();
        ada.Does(Text("[2,{\"d\":4}]"));

        var version = Assert.Single(ada.Sync()).Conflict!.Versions[0];

        Assert.Equal((edited.Seq, edited.At, edited.User), (version.Seq, version.At, version.User));
    }

    [Fact(DisplayName = "[CF6] An overlap on a text of a deleted task is told beside the conflict with the delete")]
    public void Overlap_on_a_tombstone()
    {
        bob.Does(Text("[{\"d\":4}]"));
        bob.Sync();
        eve.Sync();
        eve.Does(new ChangeBody.Delete(task));
        eve.Sync();
        ada.Does(Text("[2,{\"d\":4}]"));

        var result = Assert.Single(ada.Sync());

        Assert.Equal([ConflictKinds.TextOverlap, ConflictKinds.DeletedEdited], [result.Conflict!.Kind, Assert.Single(result.Conflicts!.Value).Kind]);
        LogAgreement.Check(log);
    }

    [Fact(DisplayName = "[CF3] A move that wins over another one and goes to the top level keeps the other's parent in a record")]
    public void Orphaned_and_disagreeing()
    {
        TaskId[] parents = [Task(2), Task(3)];
        foreach (var parent in parents) ada.Does(new ChangeBody.Create(parent, TaskValues.Titled("parent")));
        ada.Sync();
        bob.Sync();
        eve.Sync();
        eve.Does(new ChangeBody.Delete(parents[0]));
        bob.Does(Move(parents[1]));
        log.Now += TimeSpan.FromSeconds(1);
        ada.Does(Move(parents[0]));
        eve.Sync();
        bob.Sync();

        var result = Assert.Single(ada.Sync());

        Assert.Equal(ConflictKinds.Orphaned, result.Conflict!.Kind);
        var kept = Assert.Single(result.Conflicts!.Value);
        Assert.Equal((ConflictKinds.Register, parents[1].ToString()), (kept.Kind, kept.Versions[0].Value!.AsText()));
        LogAgreement.Check(log);
    }

    [Theory(DisplayName = "[CF9] A write that the decider of a conflict had not seen is a disagreement of its own, in either order of arrival")]
    [InlineData(true)]
    [InlineData(false)]
    public void Decided_without_having_seen(bool resolveFirst)
    {
        ada.Does(Set("status", "doing"));
        bob.Does(Set("status", "done"));
        ada.Sync();
        var conflict = Assert.Single(bob.Sync()).Conflict!;
        ada.Sync();
        eve.Does(Set("status", "cancelled"));
        log.Now += TimeSpan.FromSeconds(1);
        ada.Does(new ChangeBody.Resolve(conflict.Id, conflict.Versions[0].Seq, null));
        if (resolveFirst) ada.Sync();
        eve.Sync();
        ada.Sync();

        Assert.Equal("doing", log[task].Line["status"]!.AsText());
        var notes = log[task].Merge.Conflicts.Select(mark => mark.Note).ToList();
        Assert.NotNull(notes.Single(note => note.Id == conflict.Id).ResolvedBy);
        Assert.Contains(notes, note => note.ResolvedBy is null && note.Versions.Select(v => v.Op).Order().SequenceEqual(["resolve", "set"])
            && note.Versions.Any(v => v.Value!.AsText() == "cancelled"));
        LogAgreement.Check(log);
    }

    [Fact(DisplayName = "[CF4] Nobody disagrees with his own decision that he types over before he sees it")]
    public void No_disagreement_with_oneself()
    {
        bob.Does(Text("[{\"d\":4}]"));
        ada.Does(Text("[2,{\"d\":4}]"));
        bob.Sync();
        var conflict = Assert.Single(ada.Sync()).Conflict!;
        ada.Does(new ChangeBody.Resolve(conflict.Id, null, FieldValue.Of("four five six")), Text("[1,{\"d\":2}]"));

        var results = ada.Sync();

        Assert.Equal(conflict.Id, results[0].Conflict!.Id);
        Assert.Null(results[1].Conflict);
    }

    [Fact(DisplayName = "[CF7] An edit that meets a decided text is a disagreement with who decided")]
    public void Disagreement_with_a_decider()
    {
        bob.Does(Text("[{\"d\":4}]"));
        ada.Does(Text("[2,{\"d\":4}]"));
        bob.Sync();
        var conflict = Assert.Single(ada.Sync()).Conflict!;
        eve.Sync();
        bob.Sync();
        bob.Does(new ChangeBody.Resolve(conflict.Id, null, FieldValue.Of("four five six")));
        bob.Sync();
        eve.Does(Text("[1,{\"d\":2}]"));

        var overlap = Assert.Single(eve.Sync()).Conflict!;

        Assert.Equal([("resolve", bob.Replica, bob.User), ("text", eve.Replica, eve.User)], overlap.Versions.Select(v => (v.Op, v.Replica, v.User)));
        LogAgreement.Check(log);
    }

    [Fact(DisplayName = "[TX9] A decision about a text keeps what others wrote that its author had not seen, and they disagree where they meet")]
    public void A_decided_text_keeps_what_was_not_seen()
    {
        bob.Does(Text("[4,{\"d\":3},\"zwei\"]"));
        ada.Does(Text("[4,{\"d\":3},\"deux\"]"));
        bob.Sync();
        var conflict = Assert.Single(ada.Sync()).Conflict!;
        ada.Sync();
        eve.Sync();
        Assert.Equal("one zweideux three", log[task].Line.Title);
        eve.Does(Text("[18,\" four\"]"), Text("[10,\"x\"]"));
        eve.Sync();
        ada.Does(new ChangeBody.Resolve(conflict.Id, conflict.Versions[0].Seq, null));

        var result = Assert.Single(ada.Sync());

        Assert.Equal("one zweix three four", log[task].Line.Title);
        Assert.Equal(conflict.Id, result.Conflict!.Id);
        Assert.Equal(["resolve", "text"], Assert.Single(result.Conflicts!.Value).Versions.Select(v => v.Op).Order());
        LogAgreement.Check(log);
    }

    [Fact(DisplayName = "[CF9] Of two decisions at once about a text the later in the log stands, and nothing is made of both")]
    public void Two_deciders_at_once()
    {
        bob.Does(Text("[4,{\"d\":3},\"zwei\"]"));
        ada.Does(Text("[4,{\"d\":3},\"deux\"]"));
        bob.Sync();
        var conflict = Assert.Single(ada.Sync()).Conflict!;
        foreach (var device in (Device[])[ada, bob]) device.Sync();
        ada.Does(new ChangeBody.Resolve(conflict.Id, conflict.Versions[1].Seq, null));
        bob.Does(new ChangeBody.Resolve(conflict.Id, conflict.Versions[0].Seq, null));
        ada.Sync();
        bob.Sync();

        Assert.Equal("one zwei three", log[task].Line.Title);
        Assert.Equal(bob.User, Assert.Single(log[task].Merge.Conflicts).Note.ResolvedBy!.User);
        LogAgreement.Check(log);
    }

    [Fact(DisplayName = "[TX7] An edit that meets very many others is taken in, whatever became of the text since")]
    public void Very_many_overlaps()
    {
        bob.Does(new ChangeBody.Text(task, Fields.Title, TextEdit.InsertAt(3, new string('x', 300))));
        bob.Sync();
        ada.Sync();
        ada.Does(new ChangeBody.Text(task, Fields.Title, TextEdit.DeleteAt(0, 313)));
        for (var i = 0; i < 280; i++)
        {
            bob.Does(new ChangeBody.Text(task, Fields.Title, TextEdit.InsertAt(4, "y")));
            bob.Sync();
        }
        bob.Does(new ChangeBody.Text(task, Fields.Title, TextEdit.DeleteAt(1, 590)));
        bob.Sync();

        var result = Assert.Single(ada.Sync());

        Assert.Equal(ChangeStatus.Merged, result.Status);
        Assert.Equal("", log[task].Line.Title);
        LogAgreement.Check(log);
    }

    [Fact(DisplayName = "[CF7] An author who is far behind asks for the log again, so that it is known whose each edit is that he meets")]
    public void Whose_the_edits_are()
    {
        bob.Does(Text("[{\"d\":4}]"));
        bob.Sync();
        ada.Does(Text("[13,\"!\"]"));
        var behind = ada.Base;
        ada.Sync();
        ada.Base = behind;
        for (var i = 0; i < 2100; i++)
        {
            bob.Does(new ChangeBody.Text(task, Fields.Title, TextEdit.InsertAt(0, "y")));
            bob.Sync();
        }
        var next = new TaskCommand.Apply(log.Organization, task, ada.Make(Text("[2,{\"d\":4}]")),
            new Author(ada.User, ada.Replica, Role.Owner), log.Feed.Count + 1, log.Now, null);
        Assert.Null(TaskTexts.NeedsSince(log[task], next));

        Assert.Equal((Fields.Title, behind), TaskTexts.NeedsSince((TaskState.Present)TaskTexts.Trimmed(log[task]), next));
    }

    private ChangeBody.Text Text(string edit) => new(task, Fields.Title, TextEdit.TryRead(System.Text.Json.JsonElement.Parse(edit), out var read, out _) ? read : throw new FormatException(edit));

    private ChangeBody.Set Move(TaskId parent) => new(task, Fields.Parent, FieldValue.Of(parent.ToString()));

    private ChangeBody.Set Set(string field, string value) => new(task, field, FieldValue.Of(value));
}

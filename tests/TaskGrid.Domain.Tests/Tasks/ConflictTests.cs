using TaskGrid.Contracts;
using TaskGrid.Domain.Organizations;
using static TaskGrid.Domain.Tests.ReferenceLog;

namespace TaskGrid.Domain.Tests.Tasks;

public class ConflictTests
{
    private readonly ReferenceLog log = new();
    private readonly TaskId task = Task(1);
    private readonly Device ada;
    private readonly Device bob;

    public ConflictTests()
    {
        log.Execute(new OrganizationCommand.SetMember(log.Owner, log.Now, User(2), "Bob", Role.Member, false));
        ada = new Device(log, log.Owner, 1);
        bob = new Device(log, User(2), 2);
        ada.Does(new ChangeBody.Create(task, TaskValues.Titled("Write it")));
        ada.Sync();
        bob.Sync();
    }

    [Fact(DisplayName = "[CF1] [CF3] Concurrent writes of a register keep both values and the later stamp stands")]
    public void Concurrent_writes_of_a_register_keep_both_values_and_the_later_stamp_stands()
    {
        ada.Does(Set("status", "doing"));
        log.Now += TimeSpan.FromSeconds(1);
        bob.Does(Set("status", "done"));

        bob.Sync();
        var result = Assert.Single(ada.Sync());

        Assert.Equal(ChangeStatus.Merged, result.Status);
        Assert.Equal("done", log[task].Line["status"]!.AsText());
        Assert.Equal(ConflictKinds.Register, result.Conflict!.Kind);
        Assert.False(result.Conflict.Open);
        Assert.Equal(["\"done\"", "\"doing\""], result.Conflict.Versions.Select(v => v.Value!.Json));
    }

    [Fact(DisplayName = "[CF2] Equal values written concurrently are no conflict")]
    public void Equal_values_written_concurrently_are_no_conflict()
    {
        ada.Does(Set("status", "done"));
        bob.Does(Set("status", "done"));
        ada.Sync();
        Assert.Null(Assert.Single(bob.Sync()).Conflict);
    }

    [Fact(DisplayName = "[OP4] A write by one who had seen the value wins even with an older clock")]
    public void A_write_by_one_who_had_seen_the_value_wins_even_with_an_older_clock()
    {
        ada.Does(Set("status", "doing"));
        ada.Sync();
        bob.Sync();
        bob.Skew = TimeSpan.FromDays(-3650);
        bob.Does(Set("status", "done"));
        var result = Assert.Single(bob.Sync());
        Assert.Equal(ChangeStatus.Accepted, result.Status);
        Assert.Equal("done", log[task].Line["status"]!.AsText());
    }

    [Fact(DisplayName = "[ST3] A clock years ahead is held to the server's time and wins nothing by it")]
    public void A_clock_years_ahead_is_held_to_the_servers_time_and_wins_nothing_by_it()
    {
        bob.Skew = TimeSpan.FromDays(3650);
        bob.Does(Set("status", "done"));
        var result = Assert.Single(bob.Sync());
        Assert.Equal(Stamp.At(log.Now), result.At);
    }

    [Fact(DisplayName = "[CF1] [CF9] Two assignments at once are open for a person, and one resolve decides and flips")]
    public void Two_assignments_at_once_are_open_for_a_person_and_one_resolve_decides_and_flips()
    {
        ada.Does(Set("assignee", log.Owner.ToString()));
        log.Now += TimeSpan.FromSeconds(1);
        bob.Does(Set("assignee", User(2).ToString()));
        ada.Sync();
        var conflict = Assert.Single(bob.Sync()).Conflict!;
        Assert.Equal(ConflictKinds.Reassigned, conflict.Kind);
        Assert.True(conflict.Open);
        ada.Sync();

        ada.Does(new ChangeBody.Resolve(conflict.Id, conflict.Versions[0].Seq, null));
        Assert.False(Assert.Single(ada.Sync()).Conflict!.Open);
        Assert.Equal(log.Owner.ToString(), log[task].Line["assignee"]!.AsText());

        bob.Sync();
        bob.Does(new ChangeBody.Resolve(conflict.Id, conflict.Versions[1].Seq, null));
        bob.Sync();
        Assert.Equal(User(2).ToString(), log[task].Line["assignee"]!.AsText());
    }

    [Theory(DisplayName = "[CF1] [CF10] A delete and an edit unseen by it are one open conflict in either order")]
    [InlineData(true)]
    [InlineData(false)]
    public void A_delete_and_an_edit_unseen_by_it_are_one_open_conflict_in_either_order(bool deleteFirst)
    {
        ada.Does(new ChangeBody.Delete(task));
        bob.Does(new ChangeBody.Comment(task, new CommentId(Guid.CreateVersion7()), "But I need this", null), Set("status", "doing"));
        if (deleteFirst) ada.Sync();
        bob.Sync();
        ada.Sync();
        bob.Sync();

        var state = log[task];
        Assert.True(state.Line.Deleted);
        Assert.Equal("But I need this", Assert.Single(state.Line.Comments).Body);
        Assert.Equal("doing", state.Line["status"]!.AsText());
        var note = Assert.Single(state.Merge.Conflicts).Note;
        Assert.Equal((ConflictKinds.DeletedEdited, true), (note.Kind, note.Open));

        bob.Does(new ChangeBody.Resolve(note.Id, note.Versions.First(v => v.Op != "delete").Seq, null));
        bob.Sync();
        Assert.False(log[task].Line.Deleted);
        Assert.False(Assert.Single(log[task].Merge.Conflicts).Note.Open);
    }

    [Fact(DisplayName = "[CF9] Who restores a task has answered whether it stays deleted")]
    public void Who_restores_a_task_has_answered_whether_it_stays_deleted()
    {
        ada.Does(new ChangeBody.Delete(task));
        ada.Sync();
        bob.Does(Set("status", "doing"));
        bob.Sync();
        bob.Does(new ChangeBody.Restore(task));
        bob.Sync();
        Assert.False(log[task].Line.Deleted);
        Assert.False(Assert.Single(log[task].Merge.Conflicts).Note.Open);
    }

    [Fact(DisplayName = "[CF4] Overlaps of the same two within ten minutes join one record")]
    public void Overlaps_of_the_same_two_within_ten_minutes_join_one_record()
    {
        for (var i = 0; i < 5; i++)
        {
            log.Now += TimeSpan.FromMinutes(1);
            ada.Does(Set("priority", $"a{i}"));
            bob.Does(Set("priority", $"b{i}"));
            ada.Sync();
            bob.Sync();
            ada.Sync();
        }
        Assert.Equal(10, Assert.Single(log[task].Merge.Conflicts).Note.Versions.Length);
    }

    [Fact(DisplayName = "[OP6] [OP7] A value added by another survives a remove that had not seen it")]
    public void A_value_added_by_another_survives_a_remove_that_had_not_seen_it()
    {
        ada.Does(new ChangeBody.Add(task, "labels", "bug"));
        ada.Sync();
        bob.Sync();
        bob.Does(new ChangeBody.Add(task, "labels", "bug"));
        ada.Does(new ChangeBody.Remove(task, "labels", "bug"));
        bob.Sync();
        Assert.Equal(ChangeStatus.Merged, Assert.Single(ada.Sync()).Status);
        Assert.Equal(["bug"], log[task].Line.Labels);
    }

    [Fact(DisplayName = "[CF7] Each version of an overlap has the author and the stamp of its own edit, not of that replica's last one")]
    public void Each_version_of_an_overlap_has_its_own_author_and_stamp()
    {
        ada.Does(new ChangeBody.Text(task, Fields.Title, TextEdit.DeleteAt(0, 8)));
        ada.Sync();
        log.Now += TimeSpan.FromSeconds(5);
        ada.Does(Set("status", "doing"));
        ada.Sync();
        bob.Does(new ChangeBody.Text(task, Fields.Title, TextEdit.InsertAt(2, "X")));

        var note = Assert.Single(bob.Sync()).Conflict!;

        foreach (var version in note.Versions)
        {
            var change = log.Feed.Single(entry => entry.Seq == version.Seq);
            Assert.Equal((change.User, change.Origin!.Value.Replica, change.At), (version.User, version.Replica, version.At));
        }
    }

    [Fact(DisplayName = "[CF7] An edit that overlaps a resolved text names who resolved it")]
    public void An_edit_that_overlaps_a_resolved_text_names_the_resolver()
    {
        ada.Does(new ChangeBody.Text(task, Fields.Title, TextEdit.DeleteAt(0, 8)));
        ada.Sync();
        bob.Does(new ChangeBody.Text(task, Fields.Title, TextEdit.InsertAt(2, "X")));
        var note = Assert.Single(bob.Sync()).Conflict!;
        ada.Sync();
        bob.Does(new ChangeBody.Text(task, Fields.Title, TextEdit.DeleteAt(0, 1)));
        ada.Does(new ChangeBody.Resolve(note.Id, note.Versions[1].Seq, null));
        var resolve = Assert.Single(ada.Sync());

        var second = Assert.Single(bob.Sync()).Conflict!;

        Assert.Equal((resolve.Seq, ada.User), second.Versions.Where(version => version.Seq == resolve.Seq).Select(version => ((long?)version.Seq, version.User)).Single());
    }

    [Fact(DisplayName = "[CF3] The versions of a text overlap are the whole texts that each side made, also of the places where they did not meet")]
    public void Versions_of_a_text_are_whole()
    {
        Write(ada, "one two three four five six");
        bob.Sync();
        // ONE two three four FIVE six, and: one TWO three four V six VII
        Write(ada, TextComponent.Delete(3), TextComponent.Insert("ONE"), TextComponent.Keep(16), TextComponent.Delete(4), TextComponent.Insert("FIVE"));
        var result = Write(bob, TextComponent.Keep(4), TextComponent.Delete(3), TextComponent.Insert("TWO"), TextComponent.Keep(12), TextComponent.Delete(4),
            TextComponent.Insert("V"), TextComponent.Keep(4), TextComponent.Insert(" VII"));

        var note = result.Conflict!;
        Assert.Equal(ConflictKinds.TextOverlap, note.Kind);
        Assert.Equal(["ONE two three four FIVE six", "one TWO three four V six VII"], note.Versions.Select(v => v.Value!.AsText()));
        Assert.Equal("ONE TWO three four FIVEV six VII", note.Merged!.AsText());
    }

    [Fact(DisplayName = "[CF3] An edit that meets more others than are judged by their words is taken in, and its record holds the texts of both")]
    public void Very_many_overlaps()
    {
        const int words = 300;
        Write(ada, string.Concat(Enumerable.Repeat("word ", words)));
        bob.Sync();
        for (var i = 0; i < words; i++) Write(ada, TextComponent.Delete(5));

        var note = Write(bob, TextComponent.Delete(words * 5), TextComponent.Insert("mine")).Conflict!;

        Assert.Equal("mine", log[task].Line.Description);
        Assert.Equal(["", "mine"], note.Versions.Select(v => v.Value!.AsText()));
    }

    private ChangeResult Write(Device author, string text) => Write(author, TextComponent.Insert(text));

    private ChangeResult Write(Device author, params TextComponent[] edit)
    {
        author.Does(new ChangeBody.Text(task, Fields.Description, TextEdit.From(edit)));
        return Assert.Single(author.Sync());
    }

    private ChangeBody.Set Set(string field, string value) => new(task, field, FieldValue.Of(value));
}

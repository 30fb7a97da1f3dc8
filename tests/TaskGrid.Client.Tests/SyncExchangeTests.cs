using System.Text.Json;
using TaskGrid.Contracts;

namespace TaskGrid.Client.Tests;

public sealed class SyncExchangeTests : IDisposable
{
    private readonly World world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task What_one_device_writes_offline_the_other_sees_after_both_synced()
    {
        var (ana, ben) = (world.DeviceOf(world.Ana), world.DeviceOf(world.Ben));
        var task = ana.Create("Paint the fence");
        ana.Write(new ChangeBody.Set(task, Fields.Status, FieldValue.Of("doing")));
        ana.Write(new ChangeBody.Add(task, Fields.Labels, "garden"));
        ana.Write(new ChangeBody.Comment(task, CommentId.From(Guid.CreateVersion7()), "Green?", null));
        Assert.Equal("doing", ana.Shown(task)![Fields.Status]!.AsText());

        await world.ConvergeAsync();

        var seen = ben.Shown(task)!;
        Assert.Equal(("Paint the fence", "doing", "garden", "Green?"), (seen.Title, seen[Fields.Status]!.AsText(), seen.Labels[0], seen.Comments[0].Body));
    }

    [Fact(DisplayName = "[TX7] Both type into one title offline and nothing typed is lost")]
    public async Task Both_type_into_one_title_offline_and_nothing_typed_is_lost()
    {
        var (ana, ben) = (world.DeviceOf(world.Ana), world.DeviceOf(world.Ben));
        var task = ana.Create("Paint the fence");
        await world.ConvergeAsync();
        ana.Type(task, Fields.Title, "Paint the garden fence");
        ben.Type(task, Fields.Title, "Paint the fence blue");

        await world.ConvergeAsync();

        Assert.Equal("Paint the garden fence blue", ana.Shown(task)!.Title);
        Assert.Equal("Paint the garden fence blue", ben.Shown(task)!.Title);
    }

    [Fact(DisplayName = "[TX5] [CL3] Pending text moves over what comes in, while what is sent stays as it was made")]
    public async Task Pending_text_moves_over_what_comes_in_while_what_is_sent_stays_as_made()
    {
        var (ana, ben) = (world.DeviceOf(world.Ana), world.DeviceOf(world.Ben));
        var task = ana.Create("fence");
        await world.ConvergeAsync();
        ben.Type(task, Fields.Title, "fence blue");
        ben.Transport.CutAt = int.MaxValue;
        ana.Type(task, Fields.Title, "The fence");
        await ana.SyncAsync();
        var made = ben.Store.Read(reading => reading.Pending()[0].Raw);

        // Ana's edit arrives by a live frame while Ben's is still in his outbox.
        Assert.True(ben.Exchange.TakeLive(new LiveFrame.Changes(ben.Mark.Base, world.Server.Head, [.. world.Server.Log.Skip((int)ben.Mark.Base)])));

        Assert.Equal("The fence blue", ben.Shown(task)!.Title);
        Assert.Equal(made, ben.Store.Read(reading => reading.Pending()[0].Raw));
        await world.ConvergeAsync();
        Assert.Equal("The fence blue", ana.Shown(task)!.Title);
    }

    [Fact(DisplayName = "[CF6] A store keeps every conflict of a change, those beside the first and on other tasks too")]
    public async Task Every_conflict_of_a_change()
    {
        var ana = world.DeviceOf(world.Ana);
        var task = ana.Create("Paint the fence");
        await world.ConvergeAsync();
        ConflictNote[] notes = [.. Enumerable.Range(0, 3).Select(_ => new ConflictNote(ConflictId.From(Guid.CreateVersion7()), ConflictKinds.DeletedEdited,
            TaskId.From(Guid.CreateVersion7()), null, true, [], ConflictRules.StaysDeleted))];
        var mark = ana.Mark;
        var change = new CanonicalChange(mark.Base + 1, new Origin(ReplicaId.From(Guid.CreateVersion7()), 1), world.Ben, ana.Time.GetUtcNow(), Stamp.At(ana.Time.GetUtcNow()), null,
            new CausalClock(mark.Base), new ChangeBody.Delete(task), null, notes[0]) { Conflicts = [.. notes[1..]] };
        var travelled = JsonSerializer.Deserialize(JsonSerializer.Serialize(change, ContractsJson.Default.CanonicalChange), ContractsJson.Default.CanonicalChange)!;

        Assert.True(ana.Exchange.TakeLive(new LiveFrame.Changes(mark.Base, mark.Base + 1, [travelled])));

        Assert.Equal(notes.Select(note => note.Id).Order(), ana.Store.Read(reading => reading.Conflicts(openOnly: true)).Select(note => note.Id).Order());
    }

    [Fact(DisplayName = "[TX8] Typing that was never sent is one change, and what was sent is left alone")]
    public async Task Typing_that_was_never_sent_is_one_change_and_what_was_sent_is_left_alone()
    {
        var ana = world.DeviceOf(world.Ana);
        var task = ana.Create("a");
        await ana.SyncAsync();
        foreach (var text in (string[])["ab", "abc", "abcd"]) ana.Type(task, Fields.Title, text);
        Assert.Single(ana.Store.Read(reading => reading.Pending()));

        ana.Transport.DuringPush = () =>
        {
            ana.Transport.DuringPush = null;
            ana.Type(task, Fields.Title, "abcd!");
        };
        await world.ConvergeAsync();

        Assert.Equal("abcd!", ana.Shown(task)!.Title);
        Assert.Equal(2, world.Server.Log.Count(change => change.Body is ChangeBody.Text));
    }

    [Theory(DisplayName = "[PU4] [ER2] A request that is cut at any place is sent again and changes nothing twice")]
    [InlineData(Cut.BeforeArrival)]
    [InlineData(Cut.AnswerLost)]
    internal async Task A_request_that_is_cut_at_any_place_changes_nothing_twice(Cut how)
    {
        var (cutAt, points) = (0, int.MaxValue);
        while (++cutAt <= points)
        {
            using var own = new World();
            var (ana, ben) = (own.DeviceOf(own.Ana), own.DeviceOf(own.Ben));
            (ana.Transport.CutAt, ana.Transport.How) = (cutAt, how);
            var task = ana.Create("fence");
            await ana.SyncAsync();
            await ben.SyncAsync();
            await ana.SyncAsync();
            ana.Type(task, Fields.Title, "fence one");
            ben.Create("other");
            await ben.SyncAsync();
            await ana.SyncAsync();
            ana.Restart();
            ana.Type(task, Fields.Title, "fence one two");
            await ana.SyncAsync();
            await ana.SyncAsync();
            ana.Transport.CutAt = 0;
            points = Math.Min(points, ana.Transport.Requests);

            await own.ConvergeAsync();

            Assert.Equal("fence one two", ben.Shown(task)!.Title);
            Assert.Equal(2, own.Server.Tasks.Count);
        }
        Assert.InRange(points, 6, 20);
    }

    [Fact(DisplayName = "[PU13] A refused change leaves the view, stays on its user's list, and can be tried again")]
    public async Task A_refused_change_leaves_the_view_and_stays_on_its_users_list()
    {
        var ana = world.DeviceOf(world.Ana);
        var task = ana.Create("fence");
        await ana.SyncAsync();
        world.Server.Refuses = change => change.Body is ChangeBody.Set ? (Codes.Forbidden, "no") : null;
        ana.Write(new ChangeBody.Set(task, Fields.Status, FieldValue.Of("done")));
        ana.Write(new ChangeBody.Add(task, Fields.Labels, "garden"));

        await world.ConvergeAsync();

        Assert.Null(ana.Shown(task)![Fields.Status]);
        Assert.Equal(["garden"], ana.Shown(task)!.Labels);
        Assert.Equal((Codes.Forbidden, "no"), (ana.Rejected[0].Code, ana.Rejected[0].Detail));

        world.Server.Refuses = _ => null;
        Assert.IsType<WriteOutcome.Written>(ana.Replica.Retry(ana.Rejected[0]));
        await world.ConvergeAsync();
        Assert.Equal("done", world.Server.Tasks[task][Fields.Status]!.AsText());
        Assert.Empty(ana.Rejected);
    }

    [Fact(DisplayName = "[PU13] Text typed after an edit that is refused is expressed anew without it")]
    public async Task Text_typed_after_an_edit_that_is_refused_is_expressed_anew_without_it()
    {
        var ana = world.DeviceOf(world.Ana);
        var task = ana.Create("fence");
        await ana.SyncAsync();
        world.Server.Refuses = change => change.Body is ChangeBody.Text { Edit.Inserted: 4 } ? (Codes.Invalid, "too long") : null;
        ana.Type(task, Fields.Title, "bad fence");
        ana.Transport.DuringPush = () =>
        {
            ana.Transport.DuringPush = null;
            ana.Type(task, Fields.Title, "bad fence, blue");
        };

        await world.ConvergeAsync();

        Assert.Equal("fence, blue", world.Server.Tasks[task].Title);
        Assert.Equal("fence, blue", ana.Shown(task)!.Title);
        Assert.Single(ana.Rejected);
    }

    [Fact(DisplayName = "[PU8] [PU9] A copied profile goes on under an id of its own")]
    public async Task A_copied_profile_goes_on_under_an_id_of_its_own()
    {
        var ana = world.DeviceOf(world.Ana);
        var task = ana.Create("fence");
        await ana.SyncAsync();
        var copy = world.DeviceOf(world.Ana, ana.Folder);
        ana.Type(task, Fields.Title, "The fence");
        ana.Write(new ChangeBody.Add(task, Fields.Labels, "one"));
        copy.Type(task, Fields.Title, "fence!");
        copy.Write(new ChangeBody.Add(task, Fields.Labels, "two"));

        await world.ConvergeAsync();

        Assert.Equal("The fence!", ana.Shown(task)!.Title);
        Assert.Equal(["one", "two"], copy.Shown(task)!.Labels);
        Assert.NotEqual(ana.Mark.Replica, copy.Mark.Replica);
    }

    [Fact(DisplayName = "[PL9] [LG3] A server restored from an older backup is offered again what it lost")]
    public async Task A_server_restored_from_an_older_backup_is_offered_again_what_it_lost()
    {
        var (ana, ben) = (world.DeviceOf(world.Ana), world.DeviceOf(world.Ben));
        var old = ana.Create("old");
        await world.ConvergeAsync();
        var backup = world.Server.Head;
        ana.Type(old, Fields.Title, "old, with more");
        var lost = ana.Create("lost");
        await world.ConvergeAsync();
        ana.Write(new ChangeBody.Set(lost, Fields.Status, FieldValue.Of("done")));
        world.Server.RestoreBackupOf(backup);
        world.Server.Join(world.Ben, "Ben", Role.Admin);

        await world.ConvergeAsync();

        Assert.Equal("old, with more", ben.Shown(old)!.Title);
        Assert.Equal(("lost", "done"), (ben.Shown(lost)!.Title, ben.Shown(lost)![Fields.Status]!.AsText()));
        Assert.Empty(ana.Rejected);
    }

    [Fact(DisplayName = "[SN5] [DG2] Pending text survives a snapshot that was taken because the digest differed")]
    public async Task Pending_text_survives_a_snapshot_taken_over_it()
    {
        var (ana, ben) = (world.DeviceOf(world.Ana), world.DeviceOf(world.Ben));
        var task = ana.Create("fence");
        await world.ConvergeAsync();
        ben.Type(task, Fields.Title, "The old fence");
        await ben.SyncAsync();
        ana.Type(task, Fields.Title, "fence, blue");
        // A base that the server cannot know makes it ask for a resync.
        ana.Store.Write(writing =>
        {
            writing.Put(writing.Mark with { Digest = 1 });
            return true;
        });
        ana.Transport.Offline = true;
        await ana.SyncAsync();
        ana.Transport.Offline = false;

        await ana.SyncAsync();
        await world.ConvergeAsync();

        Assert.Equal("The old fence, blue", ana.Shown(task)!.Title);
        Assert.NotEqual(0, ana.Mark.ResyncedAt);
    }

    [Fact(DisplayName = "[PU12] A change that no request can carry is refused here, and void uses up its number")]
    public async Task A_change_that_no_request_can_carry_is_refused_here_and_its_number_used_up()
    {
        var ana = world.DeviceOf(world.Ana);
        var before = ana.Create("before");
        await ana.SyncAsync();
        ana.Write(new ChangeBody.Set(before, Fields.Status, FieldValue.Of("done")));
        ana.Create("big", new string('x', 5000));
        var after = ana.Create("after");
        ana.Transport.MostBytes = 4000;

        await world.ConvergeAsync();

        Assert.True(world.Server.Tasks.ContainsKey(after));
        Assert.Equal(Codes.TooLarge, Assert.Single(ana.Rejected).Code);
        Assert.Contains(world.Server.Log, change => change.Body is ChangeBody.Void);
    }

    [Fact(DisplayName = "[AC5] Lost access drops the tasks and keeps the outbox until access returns")]
    public async Task Lost_access_drops_the_tasks_and_keeps_the_outbox_until_access_returns()
    {
        var (ana, ben) = (world.DeviceOf(world.Ana), world.DeviceOf(world.Ben));
        var task = ana.Create("fence");
        await world.ConvergeAsync();
        ben.Type(task, Fields.Title, "fence, blue");
        world.Server.Remove(world.Ben);

        Assert.IsType<SyncOutcome.AccessLost>(await ben.SyncAsync());
        Assert.Empty(ben.Confirmed);
        Assert.Single(ben.Store.Read(reading => reading.Pending()));
        Assert.IsType<SyncOutcome.AccessLost>(await ben.SyncAsync());

        world.Server.Join(world.Ben, "Ben", Role.Member);
        await world.ConvergeAsync();
        Assert.Equal("fence, blue", ana.Shown(task)!.Title);
    }

    [Fact(DisplayName = "[ST6] A device whose clock is years ahead is held and comes down")]
    public async Task A_device_whose_clock_is_years_ahead_is_held_and_comes_down()
    {
        var ana = world.DeviceOf(world.Ana);
        var task = ana.Create("fence");
        await ana.SyncAsync();
        var ahead = TimeProvider.System.GetUtcNow().AddYears(3).ToUnixTimeMilliseconds();
        ana.Store.Write(writing =>
        {
            writing.Put(writing.Mark with { Clock = writing.Mark.Clock with { Last = new Stamp(ahead, 0) } });
            return true;
        });
        ana.Write(new ChangeBody.Set(task, Fields.Status, FieldValue.Of("doing")));
        await ana.SyncAsync();

        Assert.True(ana.Mark.Clock.Last.Wall < ahead);
        await world.ConvergeAsync();
    }
}

using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli.Tests;

public sealed class HistoryTests
{
    private readonly Garden garden = new();

    [Fact]
    public async Task A_tasks_story_is_told_offline_day_by_day_with_its_conflicts_where_they_happened()
    {
        using var ana = garden.Ana();

        var said = await ana.RunAsync("history", Garden.Task(ana, "Paint the garden fence blue"));

        Assert.Equal("""
            Paint the garden fence blue

            Yesterday, 23 November 2026
              09:19  You (offline at 09:09) added it as “Paint the fence”, due 1 Dec 2026.
              09:50  You (offline at 09:28) set the status to doing.
              09:50  You (offline at 09:28) moved the due date from 1 Dec 2026 to 5 Dec 2026.
              09:50  You (offline at 09:33) changed the description: … to six weeks. [-Ask for a date-]{+Ordered by phone; they confirm+} in writing.
              09:50  You (offline at 09:35) renamed it from “Paint the fence” to “Paint the garden fence”.
              09:53  Ben (offline at 09:29) set the status to todo. You had set it to doing at the same time; this is later and stands.  (conflict 7d2c74)
              09:53  Ben (offline at 09:29) moved the due date from 1 Dec 2026 to 24 Dec 2026. You had set it to 5 Dec 2026 at the same time; this is later and stands.  (conflict 9913cf)
              09:53  Ben (offline at 09:34) changed the description: Lead time is [-four-]{+six+} to [-six-]{+eight+} weeks[-.-] Ordered by phone; they [-confirm-]{+confirmnow! Ask+} in writing. You had edited the same words at the same time; both edits were merged, and somebody should read it.  (conflict d141e7)
              09:53  Ben (offline at 09:36) renamed it from “Paint the garden fence” to “Paint the garden fence blue”.

            Today, 24 November 2026
              07:19  You (offline at 07:14) decided the description: “Lead time is four to six weeks. Ordered by phone; they confirm in writing.” (your version).
              07:21  Ben (offline at 07:17) decided the description: “Lead time is six to eight weeks. Ordered by phone; ask in writing.” Neither had seen the other's decision; Ben's is later and stands.

            """, said.Output);
        Assert.Equal((0, ""), (said.Exit, said.Errors));
        Assert.False(ana.ServerWasAsked);
    }

    [Fact]
    public async Task A_change_that_lost_a_move_without_effect_an_answer_and_another_device_read_well_and_the_device_can_be_asked_for()
    {
        using var ben = garden.Ben();

        var said = await ben.RunAsync("history", Garden.Task(ben, "Roof"), "--devices");

        Assert.Equal("""
            Roof

            Yesterday, 23 November 2026
              09:19  Ana (device 1) added it as “Roof”.
              09:53  You (offline at 09:46) moved it under “Bathroom”. Somebody had moved that under this one at the same time, so this move had no effect.  (conflict efaca5)
              09:53  You (offline at 09:49) set the priority to urgent.
              09:55  Ana (device 2, offline at 09:47) set the priority to low. You had set it to urgent at the same time; yours is later and stands.  (conflict 05bc79)

            Today, 24 November 2026
              07:37  Ana (device 1, offline at 07:29) added the label garden.
              07:37  Ana (device 1) commented: “Tiles or reed?”
              08:03  You (offline at 07:45) answered Ana: “Reed!”
              08:03  You (offline at 07:49) took the label garden away.

            """, said.Output);
    }

    [Theory]
    [InlineData("Plants", "Ben (offline at 09:32) took it from you. You had given it to Ben at the same time; this is later and stands.")]
    [InlineData("Plants", "Ben (offline at 07:08) decided who has it: nobody (Ben's version). You had given it to Ben at the same time; this is later and stands.")]
    [InlineData("Dark mode", "Ben (offline at 09:39) commented: “The client asked for it again”. You had deleted it meanwhile; it stays deleted, and this is kept on it.")]
    [InlineData("Dark mode", "You (offline at 07:12) decided whether it stays deleted: it is back.")]
    [InlineData("Cellar", "You (offline at 08:04) deleted it. Meanwhile Ben commented: “I have begun to empty it”. It stays deleted, and that is kept on it.")]
    [InlineData("Shed", "Ben (offline at 09:44) moved it under “Kitchen”. That had been deleted meanwhile, so it went to the top level.")]
    [InlineData("Garage", "You deleted it; 1 subtask went along.")]
    [InlineData("Garage", "You restored it; 1 subtask came back with it.")]
    [InlineData("Door", "You deleted “Garage”, and this subtask with it.")]
    [InlineData("Door", "You restored “Garage”, and this subtask with it.")]
    public async Task Every_outcome_has_its_words(string task, string sentence)
    {
        using var ana = garden.Ana();
        var said = await ana.RunAsync("history", Garden.Task(ana, task));
        Assert.Contains(sentence, said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_sent_yet_stands_at_the_end_and_says_so()
    {
        using var ana = garden.Ana();
        var shed = Garden.Task(ana, "Shed");
        await ana.RunAsync("edit", shed, "--due", "+3d", "--assignee", "Ben");
        await ana.RunAsync("done", shed);

        var said = await ana.RunAsync("history", shed);

        Assert.EndsWith("""

            Not sent yet
              10:00  You gave it to Ben.
              10:00  You set the due date to 27 Nov 2026.
              10:00  You set the status to done.

            """, said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_something_is_missing_and_the_server_is_silent_it_tells_the_rest_says_why_and_does_not_wait()
    {
        using var ana = garden.Ana();
        var shed = Garden.Task(ana, "Shed");
        ana.Write(writing => writing.Put(writing.Task(IdText.Parse<TaskId>(shed))! with { Seq = 99 }));
        garden.Time.IsImpatient = true;

        var said = await ana.RunAsync("history", shed);

        Assert.Equal(0, said.Exit);
        Assert.Contains("moved it under “Kitchen”", said.Output, StringComparison.Ordinal);
        Assert.Contains("… what happened here is not on this device …", said.Output, StringComparison.Ordinal);
        Assert.Matches("^Some of it is not on this device: .* did not answer .*Run this again when the server is there", said.Errors);
    }

    [Fact]
    public async Task Told_to_stay_offline_it_never_asks()
    {
        using var ana = garden.Ana();
        var shed = Garden.Task(ana, "Shed");
        ana.Write(writing => writing.Put(writing.Task(IdText.Parse<TaskId>(shed))! with { Seq = 99 }));

        var said = await ana.RunAsync("history", shed, "--offline");

        Assert.Contains("the server was not asked", said.Errors, StringComparison.Ordinal);
        Assert.False(ana.ServerWasAsked);
    }

    [Fact]
    public async Task A_script_gets_each_change_as_the_log_has_it_with_its_sentence()
    {
        using var ana = garden.Ana();
        var plants = Garden.Task(ana, "Plants");
        await ana.RunAsync("comment", plants, "Whose are they?");

        var entries = (await ana.JsonAsync("history", plants)).EnumerateArray().ToList();

        Assert.Equal(["create", "set", "set", "resolve", "resolve", "comment"], entries.Select(entry => entry.GetProperty("op").GetString()));
        Assert.Equal([false, false, false, false, false, true], entries.Select(entry => entry.GetProperty("pending").GetBoolean()));
        Assert.Equal(("assignee", "You (offline at 09:31) reassigned it from you to Ben."), (entries[1].GetProperty("field").GetString(), entries[1].GetProperty("sentence").GetString()));
        Assert.False(entries[5].TryGetProperty("seq", out _));
    }
}

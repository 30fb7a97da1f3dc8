using TaskGrid.Contracts;

namespace TaskGrid.Cli.Tests;

public sealed class ConflictTests
{
    private readonly Garden garden = new();

    [Fact]
    public async Task The_list_says_what_happened_what_stands_and_what_waits()
    {
        using var ana = garden.Ana();

        var open = await ana.RunAsync("conflicts", "list");
        var all = await ana.RunAsync("conflicts", "list", "--all");

        Assert.Equal("""
            1|3beea5|“Cellar”: you deleted it while Ben worked on it|1 hour ago|deleted|look
            2|f66afd|“Plants”: you and Ben decided who has it differently|2 hours ago|nobody (Ben's version)|look
            3|a5e735|“Light mode”: you deleted it while Ben worked on it|1 day ago|deleted|look

            """, open.Output.Replace('\t', '|'));
        Assert.Equal("""
            1|3beea5|“Cellar”: you deleted it while Ben worked on it|1 hour ago|deleted|look
            2|f66afd|“Plants”: you and Ben decided who has it differently|2 hours ago|nobody (Ben's version)|look
            3|05bc79|“Roof”: you and Ben set the priority differently|1 day ago|urgent (Ben's version)|
            4|efaca5|“Roof”: Ben moved it under “Bathroom”, which had been moved under it|1 day ago|the top level|
            5|e5b8fd|“Shed”: Ben moved it under “Kitchen”, which was deleted meanwhile|1 day ago|the top level|
            6|a5e735|“Light mode”: you deleted it while Ben worked on it|1 day ago|deleted|look
            7|ddd90d|“Dark mode”: you deleted it while Ben worked on it|1 day ago|restored|decided by you
            8|d141e7|“Paint the garden fence blue”: you and Ben edited the same words of the description|1 day ago|as Ben wrote it|decided by Ben
            9|ee0b7c|“Plants”: you and Ben assigned it differently|1 day ago|nobody (Ben's version)|decided by Ben
            10|9913cf|“Paint the garden fence blue”: you and Ben set the due date differently|1 day ago|24 Dec 2026 (Ben's version)|
            11|7d2c74|“Paint the garden fence blue”: you and Ben set the status differently|1 day ago|todo (Ben's version)|

            """, all.Output.Replace('\t', '|'));
    }

    [Fact]
    public async Task Two_who_decided_at_once_are_both_named_and_whose_decision_stands()
    {
        using var ana = garden.Ana();

        var said = await ana.RunAsync("conflicts", "show", Garden.Conflict(ana, ConflictKinds.Reassigned, "Plants"));

        Assert.Equal("""
            “Plants”: you and Ben assigned it differently

              A  you (this device)   yesterday 09:31 (1 day ago)   Ben
              B  Ben                 yesterday 09:32 (1 day ago)   nobody   ← stands now

            Neither had seen the other's change, so by the rule the latest one stands: Ben's.
            You decided today 07:05: Ben (your version).
            Ben decided today 07:08: nobody (Ben's version). Neither had seen the other's decision; Ben's is later and stands.

            To take the other one: taskgrid conflicts flip ee0b7c
            To take something else: taskgrid conflicts resolve ee0b7c --value VALUE

            """, said.Output);
    }

    [Fact]
    public async Task Of_texts_it_shows_both_what_merging_made_and_what_became_of_each_word()
    {
        using var ben = garden.Ben();

        var said = await ben.RunAsync("conflicts", "show", Garden.Conflict(ben, ConflictKinds.TextOverlap, "Paint"));

        Assert.StartsWith("""
            “Paint the garden fence blue”: you and Ana edited the same words of the description

              A  Ana (device 1), yesterday 09:33 (1 day ago)
                 Lead time is four to six weeks. Ordered by phone; they confirm in writing.
              B  you, yesterday 09:34 (1 day ago)
                 Lead time is six to eight weeks now! Ask in writing.
              =  merged
                 Lead time is six to eight weeks Ordered by phone; they confirmnow! Ask in writing.

              A → merged: Lead time is [-four-]{+six+} to [-six-]{+eight+} weeks[-.-] Ordered by phone; they [-confirm-]{+confirmnow! Ask+} in writing.
              B → merged: Lead time is six to eight weeks [-now-]{+Ordered by phone; they confirmnow+}! Ask in writing.

            Both edits were merged into one text; what each of them typed is in it.
            """, said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_of_one_minute_are_told_apart_by_their_seconds_and_those_of_one_person_by_their_device()
    {
        using var ana = garden.Ana();
        var id = Garden.Conflict(ana, ConflictKinds.Register, "Roof");
        Change(ana, id, note => note with { Versions = [note.Versions[0], note.Versions[1] with { At = Stamp.At(note.Versions[0].At.Time.AddSeconds(-5)) }] });

        var said = await ana.RunAsync("conflicts", "show", id);

        Assert.Contains("A  Ben              yesterday 09:49:10 (1 day ago)   urgent   ← stands now", said.Output, StringComparison.Ordinal);
        Assert.Contains("B  you (device 2)   yesterday 09:49:05 (1 day ago)   low", said.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ConflictKinds.DeletedEdited, "Light", "A deleted task stays deleted. What others did to it meanwhile is kept on it, and is there when it comes back.\nIt waits for somebody to look.")]
    [InlineData(ConflictKinds.DeletedEdited, "Cellar", "To leave it as it stands and close it: taskgrid conflicts resolve 3beea5 --keep now\nTo bring it back: taskgrid conflicts flip 3beea5")]
    [InlineData(ConflictKinds.DeletedEdited, "Dark", "You decided today 07:12: it is back.\n\nTo delete it after all: taskgrid conflicts flip ddd90d")]
    [InlineData(ConflictKinds.Orphaned, "Shed", "A task cannot stand under a deleted one, so it went to the top level.\nIt stands at the top level now.")]
    [InlineData(ConflictKinds.Cycle, "Roof", "Both moves together would make a loop, so the one that came first stands and this one had no effect.")]
    [InlineData(ConflictKinds.Register, "Paint", "  A  you (this device)   yesterday 09:28 (1 day ago)   5 Dec 2026\n  B  Ben                 yesterday 09:29 (1 day ago)   24 Dec 2026   ← stands now")]
    public async Task Every_kind_says_which_rule_decided_and_what_can_be_done(string kind, string task, string words)
    {
        using var ana = garden.Ana();
        var said = await ana.RunAsync("conflicts", "show", Garden.Conflict(ana, kind, task));
        Assert.Contains(words, said.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("{\"", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_ran_ahead_is_named_where_it_was_held()
    {
        using var ana = garden.Ana();
        var id = Garden.Conflict(ana, ConflictKinds.Register, "Roof");
        Change(ana, id, note => note with { Versions = [note.Versions[0] with { AtSent = Stamp.At(note.Versions[0].At.Time.AddDays(3650)) }, note.Versions[1]] });

        var said = await ana.RunAsync("conflicts", "show", id);

        Assert.Contains("The clock of Ben was 9 years 362 days ahead; that change counts from when it came in.", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_is_that_of_the_last_list_whichever_it_was()
    {
        using var ana = garden.Ana();
        await ana.RunAsync("conflicts", "list", "--all");
        Assert.StartsWith("“Shed”", (await ana.RunAsync("conflicts", "show", "5")).Output, StringComparison.Ordinal);
        await ana.RunAsync("conflicts", "list");
        Assert.StartsWith("“Light mode”", (await ana.RunAsync("conflicts", "show", "#3")).Output, StringComparison.Ordinal);
        Assert.Equal(1, (await ana.RunAsync("conflicts", "show", "5")).Exit);
    }

    private static void Change(Person person, string id, Func<ConflictNote, ConflictNote> change) => person.Write(writing =>
        writing.Put(change(writing.Conflicts(openOnly: false).First(note => note.Id.ToString().EndsWith(id, StringComparison.Ordinal)))));
}

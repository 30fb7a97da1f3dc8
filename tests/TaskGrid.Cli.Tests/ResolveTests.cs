using TaskGrid.Contracts;

namespace TaskGrid.Cli.Tests;

public sealed class ResolveTests : IDisposable
{
    private readonly Person ana = new Garden().Ana();

    public void Dispose() => ana.Dispose();

    [Fact]
    public async Task A_decision_made_offline_shows_at_once_and_is_pending_until_it_is_sent()
    {
        var id = Garden.Conflict(ana, ConflictKinds.DeletedEdited, "Light");

        var said = await ana.RunAsync("conflicts", "flip", id);

        Assert.Equal("Decided. “Light mode”: it is back. The others see it after the next sync.\n", said.Output);
        Assert.Contains("Light mode *", (await ana.RunAsync("list")).Output, StringComparison.Ordinal);
        Assert.Contains($"{id}\t“Light mode”: you deleted it while Ben worked on it\t1 day ago\trestored\tyour decision is not sent yet", (await ana.RunAsync("conflicts", "list")).Output, StringComparison.Ordinal);
        Assert.Contains("You decided: it is back. That is not sent yet; the others see it after the next sync.", (await ana.RunAsync("conflicts", "show", id)).Output, StringComparison.Ordinal);
        Assert.Equal(26, (await ana.JsonAsync("conflicts", "show", id)).GetProperty("pending").GetProperty("choice").GetInt64());
        Assert.Contains("Not sent yet: 1 decision about conflicts.", (await ana.RunAsync("status")).Output, StringComparison.Ordinal);
        Assert.Equal(26, Assert.IsType<ChangeBody.Resolve>(Assert.Single(ana.Outbox())).Choice);
        Assert.False(ana.ServerWasAsked);
    }

    [Fact]
    public async Task Flipping_takes_the_other_version_and_flipping_again_the_first()
    {
        var id = Garden.Conflict(ana, ConflictKinds.Reassigned, "Plants");

        var first = await ana.RunAsync("conflicts", "flip", id);
        var second = await ana.RunAsync("conflicts", "flip", id);

        Assert.Equal("Decided. “Plants”, assignee: Ben (your version). Ben had decided: nobody (Ben's version). The others see it after the next sync.\n", first.Output);
        Assert.StartsWith("Decided. “Plants”, assignee: nobody (Ben's version).", second.Output, StringComparison.Ordinal);
        Assert.Equal([13, 22], ana.Outbox().OfType<ChangeBody.Resolve>().Select(resolve => resolve.Choice));
    }

    [Theory]
    [InlineData("A", 12L)]
    [InlineData("b", 21L)]
    [InlineData("mine", 12L)]
    [InlineData("theirs", 21L)]
    [InlineData("now", 21L)]
    [InlineData("21", 21L)]
    public async Task A_version_is_named_by_its_letter_as_mine_as_theirs_or_as_what_stands_now(string keep, long seq)
    {
        await ana.RunAsync("conflicts", "resolve", Garden.Conflict(ana, ConflictKinds.Register, "Paint"), "--keep", keep);
        Assert.Equal(seq, Assert.IsType<ChangeBody.Resolve>(Assert.Single(ana.Outbox())).Choice);
    }

    [Fact]
    public async Task Another_value_is_read_by_the_field_that_it_is_for()
    {
        (string Kind, string Task, string Value, string? Json)[] values =
        [
            (ConflictKinds.Reassigned, "Plants", "ana", $"\"{Me()}\""), (ConflictKinds.Reassigned, "Plants", "nobody", null),
            (ConflictKinds.Register, "Paint", "+3d", "\"2026-11-27\""), (ConflictKinds.Register, "Roof", "high", "\"high\""),
            (ConflictKinds.Orphaned, "Shed", Garden.Task(ana, "Garage")[^6..], $"\"{Garden.Task(ana, "Garage")}\""), (ConflictKinds.Cycle, "Roof", "none", null),
            (ConflictKinds.DeletedEdited, "Light", "restored", "false"), (ConflictKinds.DeletedEdited, "Dark", "deleted", "true"),
            (ConflictKinds.TextOverlap, "Paint", "Five weeks.", "\"Five weeks.\""),
        ];
        foreach (var (kind, task, value, _) in values)
            Assert.Equal((0, ""), (await ana.RunAsync("conflicts", "resolve", Garden.Conflict(ana, kind, task), "--value", value)) is var said ? (said.Exit, said.Errors) : default);

        Assert.Equal(values.Select(value => value.Json), ana.Outbox().OfType<ChangeBody.Resolve>().Select(resolve => resolve.Value?.Json));
    }

    [Fact]
    public async Task A_text_is_written_in_the_editor_beginning_with_what_stands_and_changes_here_once_it_is_sent()
    {
        var id = Garden.Conflict(ana, ConflictKinds.TextOverlap, "Paint");
        Environment.SetEnvironmentVariable("VISUAL", "sed -i 's/ask/and ask/'");
        try
        {
            var said = await ana.RunAsync("conflicts", "resolve", id, "--edit");
            Assert.Contains("The text changes here, too, once that is sent.", said.Output, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("VISUAL", null);
        }
        Assert.Equal("Lead time is six to eight weeks. Ordered by phone; and ask in writing.", Assert.IsType<ChangeBody.Resolve>(Assert.Single(ana.Outbox())).Value!.AsText());
        Assert.Empty(Directory.GetFiles(ana.Folder, "*.md"));
    }

    [Fact]
    public async Task What_is_no_decision_says_how_to_make_one_and_decides_nothing()
    {
        var text = Garden.Conflict(ana, ConflictKinds.TextOverlap, "Paint");
        (string[] Command, int Exit, string Words)[] wrong =
        [
            (["conflicts", "resolve", text], ExitCodes.Usage, "Give one of --keep, --value and --edit"),
            (["conflicts", "resolve", text, "--keep", "A", "--edit"], ExitCodes.Usage, "Give one of --keep, --value and --edit"),
            (["conflicts", "resolve", text, "--keep", "C"], 1, "'C' is no version of it"),
            (["conflicts", "flip", text], 1, "There is no one other version to take. Say which: taskgrid conflicts resolve"),
            (["conflicts", "resolve", Garden.Conflict(ana, ConflictKinds.Register, "Roof"), "--edit"], 1, "Only a text is edited"),
            (["conflicts", "resolve", Garden.Conflict(ana, ConflictKinds.DeletedEdited, "Light"), "--value", "soon"], 1, "deleted or restored"),
            (["conflicts", "resolve", "ffffff", "--keep", "A"], 1, "There is no conflict 'ffffff'"),
        ];
        foreach (var (command, exit, words) in wrong)
        {
            var said = await ana.RunAsync(command);
            Assert.Equal((exit, true), (said.Exit, said.Errors.Contains(words, StringComparison.Ordinal)));
        }
        Assert.Empty(ana.Outbox());
    }

    private string Me()
    {
        using var workspace = ana.Open();
        return workspace.Session.User.Id.ToString();
    }
}

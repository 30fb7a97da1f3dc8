using System.Text.Json;
using TaskGrid.Contracts;

namespace TaskGrid.Cli.Tests;

public sealed class OfflineTests : IDisposable
{
    private readonly Person ana = new();

    public void Dispose() => ana.Dispose();

    [Fact]
    public async Task Every_ordinary_command_works_without_ever_reaching_for_the_server()
    {
        var csv = ana.File("tasks.csv");
        await File.WriteAllTextAsync(csv, "title\nimported\n", TestContext.Current.CancellationToken);
        var task = await ana.AddAsync("Paint the fence", "-d", "green", "-l", "garden", "--due", "tomorrow");
        string[][] commands =
        [
            ["edit", task, "--title", "Paint it", "--status", "doing", "--remove-label", "garden", "--watch"], ["assign", task, "me"], ["comment", task, "Which", "green?"],
            ["done", task], ["rm", task], ["restore", task], ["list"], ["list", "status = done"], ["list", "--search", "paint", "--sort", "due,-created"], ["show", task],
            ["history", task], ["status"], ["conflicts", "list"], ["conflicts", "list", "--all"], ["rejected", "list", "--unsent"], ["rejected", "list"], ["rejected", "export", "--unsent"], ["import", csv], ["export"], ["export", "--format", "csv"], ["export", "--digest"],
            ["project", "define", "Website"], ["label", "list"], ["view", "list"], ["org", "members"], ["completion", "bash"],
        ];
        foreach (var command in commands)
        {
            var said = await ana.RunAsync(command);
            Assert.True(said.Exit == 0, $"{string.Join(' ', command)}: {said.Errors}");
        }
        Assert.False(ana.ServerWasAsked);
    }

    [Fact]
    public async Task A_title_is_changed_by_the_words_that_differ()
    {
        var task = await ana.AddAsync("Paint the old fence");
        await ana.RunAsync("edit", task, "--title", "Paint the new fence now");
        var edit = ana.Outbox().OfType<ChangeBody.Text>().Single().Edit;
        Assert.Equal(JsonSerializer.Deserialize<TextEdit>("""[10,{"d":4},"new ",5," now"]"""), edit);
    }

    [Fact]
    public async Task A_task_is_found_by_its_number_and_by_either_end_of_its_id()
    {
        var (first, second) = (await ana.AddAsync("first"), await ana.AddAsync("second"));
        await ana.RunAsync("list", "--sort", "title");
        Assert.Equal(second, (await ana.JsonAsync("show", "2")).GetProperty("id").GetString());
        Assert.Equal(first, (await ana.JsonAsync("show", "#1")).GetProperty("id").GetString());
        Assert.Equal(second, (await ana.JsonAsync("show", second[^6..])).GetProperty("id").GetString());
        Assert.Equal(first, (await ana.JsonAsync("show", first)).GetProperty("id").GetString());
        var said = await ana.RunAsync("show", first[..4]);
        Assert.Equal((1, true), (said.Exit, said.Errors.Contains("More than one task", StringComparison.Ordinal)));
        Assert.Equal(1, (await ana.RunAsync("show", "3")).Exit);
    }

    [Fact]
    public async Task Deleting_hides_the_subtasks_too_and_restoring_shows_the_task_again()
    {
        var parent = await ana.AddAsync("parent");
        await ana.AddAsync("child", "--parent", parent);
        Assert.Equal(2, (await ana.JsonAsync("list")).GetArrayLength());
        await ana.RunAsync("rm", parent);
        Assert.Equal(0, (await ana.JsonAsync("list")).GetArrayLength());
        await ana.RunAsync("restore", parent);
        Assert.Equal(2, (await ana.JsonAsync("list")).GetArrayLength());
    }

    [Fact]
    public async Task A_filter_that_does_not_parse_is_a_usage_error_that_points_at_the_place()
    {
        var said = await ana.RunAsync("list", "status done");
        Assert.Equal(ExitCodes.Usage, said.Exit);
        Assert.Contains("\n       ^", said.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_command_line_is_a_usage_error_that_names_the_help()
    {
        var said = await ana.RunAsync("list", "--nonsense");
        Assert.Equal(ExitCodes.Usage, (await ana.RunAsync("nonsense")).Exit);
        Assert.NotEqual(0, said.Exit);
        Assert.Contains("taskgrid", (await ana.RunAsync("nonsense")).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_no_field_can_hold_is_refused_and_nothing_is_written()
    {
        var task = await ana.AddAsync("fence");
        var said = await ana.RunAsync("edit", task, "--due", "soon", "--status", "doing", "--json");
        Assert.Equal(1, said.Exit);
        Assert.Equal(Codes.Invalid, JsonDocument.Parse(said.Errors).RootElement.GetProperty("error").GetProperty("code").GetString());
        Assert.Single(ana.Outbox());
    }

    [Fact]
    public async Task A_title_cannot_steer_the_terminal()
    {
        await ana.AddAsync("red \u001b[31m alert\u0007");
        var said = await ana.RunAsync("list");
        Assert.Contains("red [31m alert", said.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', said.Output);
    }

    [Fact]
    public async Task Without_a_sign_in_the_sentence_says_what_to_do()
    {
        File.Delete(ana.File("session.json"));
        var said = await ana.RunAsync("list");
        Assert.Equal(1, said.Exit);
        Assert.Contains("taskgrid login", said.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_with_no_server_says_so_with_its_own_exit_code_and_keeps_everything()
    {
        await ana.AddAsync("fence");
        ana.MoveTo(new Uri("http://127.0.0.1:1"));
        var said = await ana.RunAsync("sync");
        Assert.Equal(ExitCodes.Offline, said.Exit);
        Assert.Contains("kept", said.Errors, StringComparison.Ordinal);
        Assert.Single(ana.Outbox());
    }
}

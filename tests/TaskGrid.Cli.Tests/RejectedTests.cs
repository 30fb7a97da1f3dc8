using System.Text.Json;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli.Tests;

public sealed class RejectedTests : IDisposable
{
    private readonly Garden garden = new();
    private readonly Person ben;
    private readonly TaskId roof;

    public RejectedTests()
    {
        ben = garden.Ben();
        roof = IdText.Parse<TaskId>(Garden.Task(ben, "Roof"));
    }

    public void Dispose() => ben.Dispose();

    [Fact]
    public async Task The_list_says_what_it_was_and_why_it_was_refused()
    {
        Refuse(Codes.Forbidden, null, new ChangeBody.Set(roof, Fields.Status, FieldValue.Of("done")));
        Refuse(Codes.Invalid, "'title' would be longer than 4096 bytes", new ChangeBody.Text(roof, Fields.Title, TextEdit.InsertAt(4, " of reed")));
        Refuse(Codes.Unknown, null, new ChangeBody.Comment(roof, CommentId.From(Guid.CreateVersion7()), "And the gutter?", null));

        var said = await ben.RunAsync("rejected", "list");

        Assert.Equal("""
            1|just now|“Roof”|you set the status to done|your role did not allow it when it was sent
            2|just now|“Roof”|you edited the title: typed “of reed”|it was not of the form that the server takes ('title' would be longer than 4096 bytes)
            3|just now|“Roof”|you commented: “And the gutter?”|what it is about does not exist on the server

            """, said.Output.Replace('\t', '|'));
        Assert.Equal("To try again: taskgrid rejected retry. More: taskgrid rejected show <id>\n", said.Errors);
    }

    [Fact]
    public async Task One_of_them_is_shown_with_what_it_holds_and_what_can_be_done()
    {
        Refuse(Codes.Forbidden, null, new ChangeBody.Comment(roof, CommentId.From(Guid.CreateVersion7()), "First the gutter.\nThen the roof.", null));

        var said = await ben.RunAsync("rejected", "show", "1");

        Assert.Equal("""
            “Roof”: you commented: “First the gutter. Then the roof.”
            Made today 10:00, refused today 10:00: your role did not allow it when it was sent.
            Ask an admin for another role, then try again.

              First the gutter.
              Then the roof.

            To try it again: taskgrid rejected retry 1
            To print only what it holds: taskgrid rejected copy 1
            To forget it: taskgrid rejected forget 1

            """, said.Output);
    }

    [Fact]
    public async Task A_copy_is_what_was_typed_and_nothing_else()
    {
        Refuse(Codes.Forbidden, null, new ChangeBody.Comment(roof, CommentId.From(Guid.CreateVersion7()), "First the gutter.\nThen the roof.", null));
        Refuse(Codes.Forbidden, null, new ChangeBody.Text(roof, Fields.Title, TextEdit.From(TextComponent.Delete(4), TextComponent.Insert("Thatch"))));
        Refuse(Codes.Exists, null, new ChangeBody.Create(TaskId.From(Guid.CreateVersion7()), TaskValues.Titled("Well") with { Description = "Dig it." }));

        Assert.Equal("First the gutter.\nThen the roof.\n", (await ben.RunAsync("rejected", "copy", "1")).Output);
        Assert.Equal("Thatch\n", (await ben.RunAsync("rejected", "copy", "2")).Output);
        Assert.Equal("Well\n\nDig it.", (await ben.JsonAsync("rejected", "copy", "3")).GetProperty("content").GetString());
    }

    [Fact]
    public async Task Those_that_can_be_tried_again_are_and_those_that_cannot_stay_and_say_why()
    {
        Refuse(Codes.Unknown, null, new ChangeBody.Set(TaskId.From(Guid.CreateVersion7()), Fields.Status, FieldValue.Of("done")));
        Refuse(Codes.Forbidden, null, new ChangeBody.Set(roof, Fields.Status, FieldValue.Of("done")));

        var said = await ben.RunAsync("rejected", "retry");

        Assert.Equal((1, "1 change will be sent again. Run: taskgrid sync\n", "1 stays on the list: There is no such task.\n"), (said.Exit, said.Output, said.Errors));
        Assert.Equal(new ChangeBody.Set(roof, Fields.Status, FieldValue.Of("done")), Assert.Single(ben.Outbox()));
        Assert.Equal(1, (await ben.JsonAsync("rejected", "list")).GetArrayLength());
    }

    [Fact]
    public async Task Exported_to_a_file_they_are_whole_with_what_is_not_sent_beside_them()
    {
        Refuse(Codes.Forbidden, "no", new ChangeBody.Set(roof, Fields.Status, FieldValue.Of("done")));
        await ben.RunAsync("comment", roof.ToString(), "Reed it is");

        var said = await ben.RunAsync("rejected", "export", ben.File("mine.json"), "--unsent");

        Assert.Equal($"Wrote 2 changes to {ben.File("mine.json")}\n", said.Output);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(ben.File("mine.json"), TestContext.Current.CancellationToken));
        var (refused, unsent) = (json.RootElement[0], json.RootElement[1]);
        Assert.Equal(("forbidden", "no", "done"), (refused.GetProperty("code").GetString(), refused.GetProperty("detail").GetString(), refused.GetProperty("change").GetProperty("value").GetString()));
        Assert.Equal("Reed it is", unsent.GetProperty("change").GetProperty("body").GetString());
    }

    [Fact]
    public async Task Nothing_is_forgotten_before_it_is_said_twice()
    {
        Refuse(Codes.Forbidden, null, new ChangeBody.Set(roof, Fields.Status, FieldValue.Of("done")));

        var asked = await ben.RunAsync("rejected", "forget", "1");
        Assert.Equal(ExitCodes.Usage, asked.Exit);
        Assert.Contains("This forgets 1 change for good. Give --yes if that is meant", asked.Errors, StringComparison.Ordinal);
        Assert.Equal(1, (await ben.JsonAsync("rejected", "list")).GetArrayLength());

        Assert.Equal("Forgot 1 change.\n", (await ben.RunAsync("rejected", "forget", "1", "--yes")).Output);
        Assert.Equal(0, (await ben.JsonAsync("rejected", "list")).GetArrayLength());
    }

    private void Refuse(string code, string? detail, ChangeBody body)
    {
        var at = garden.Time.Now;
        ben.Write(writing => writing.Reject(new OutboxChange(0, new Origin(writing.Mark.Replica, 1), new Change(1, Stamp.At(at), new CausalClock(0), body), OutboxState.Sent), code, detail, at));
    }
}

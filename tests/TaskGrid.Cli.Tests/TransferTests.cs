using TaskGrid.Contracts;

namespace TaskGrid.Cli.Tests;

public sealed class TransferTests : IDisposable
{
    private readonly Person ana = new();

    public void Dispose() => ana.Dispose();

    [Fact]
    public async Task A_csv_file_becomes_tasks_projects_and_subtasks_whatever_order_its_rows_have()
    {
        await WriteAsync("""
            id,Title,Description,Status,Labels,Project,Parent,Due date,custom.effort
            b,"Child, with comma","two
            lines",doing,one; two,Website,a,2026-12-24,3
            a,Parent,,todo,,Website,,,
            """);
        Assert.Equal(2, (await ana.JsonAsync("import", ana.File("tasks.csv"))).GetProperty("tasks").GetInt32());

        Assert.Equal(["define", "create", "create"], ana.Outbox().Select(body => body.Op));
        var creates = ana.Outbox().OfType<ChangeBody.Create>().ToList();
        Assert.Equal(["Parent", "Child, with comma"], creates.Select(create => create.Values.Title));
        var child = creates[1].Values;
        Assert.Equal(creates[0].Task.ToString(), child.Registers[Fields.Parent].AsText());
        Assert.Equal(("two\nlines", "3", "2026-12-24"), (child.Description.ReplaceLineEndings("\n"), child.Registers["custom.effort"].Json, child.Registers[Fields.DueDate].AsText()));
        Assert.Equal(["one", "two"], child.Labels);
    }

    [Fact]
    public async Task A_dry_run_says_what_would_happen_and_writes_nothing()
    {
        await WriteAsync("title\none\ntwo\n");
        Assert.Equal(2, (await ana.JsonAsync("import", ana.File("tasks.csv"), "--dry-run")).GetProperty("tasks").GetInt32());
        Assert.Empty(ana.Outbox());
    }

    [Fact]
    public async Task Rows_that_are_wrong_are_named_by_their_number_and_then_nothing_is_imported()
    {
        await WriteAsync("title,due,assignee\ngood,,\nbad,soon,\n,2026-12-24,\nwho,,zoe\n");
        var said = await ana.RunAsync("import", ana.File("tasks.csv"));
        Assert.Equal(ExitCodes.Refused, said.Exit);
        foreach (var row in (string[])["Row 3: ", "Row 4: it has no title", "Row 5: No member is called 'zoe'"]) Assert.Contains(row, said.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Row 2", said.Errors, StringComparison.Ordinal);
        Assert.Empty(ana.Outbox());
    }

    [Fact]
    public async Task Parents_that_go_round_in_a_circle_are_refused()
    {
        await WriteAsync("id,title,parent\na,one,b\nb,two,a\n");
        var said = await ana.RunAsync("import", ana.File("tasks.csv"));
        Assert.Contains("circle", said.Errors, StringComparison.Ordinal);
        Assert.Empty(ana.Outbox());
    }

    [Fact]
    public async Task What_was_exported_is_known_again_and_imports_elsewhere()
    {
        await ana.AddAsync("fence", "-d", "green", "-l", "garden", "--set", "effort=3");
        await ana.RunAsync("export", ana.File("all.json"));
        await ana.RunAsync("export", ana.File("all.csv"));
        Assert.Equal(1, (await ana.JsonAsync("import", ana.File("all.json"))).GetProperty("existing").GetInt32());

        using var ben = new Person();
        foreach (var file in (string[])["all.json", "all.csv"])
        {
            Assert.Equal(0, (await ben.RunAsync("import", ana.File(file))).Exit);
            var create = Assert.IsType<ChangeBody.Create>(Assert.Single(ben.Outbox()));
            Assert.Equal(("fence", "green", "3"), (create.Values.Title, create.Values.Description, create.Values.Registers["custom.effort"].Json));
        }
    }

    [Fact]
    public async Task An_unknown_column_is_named()
    {
        await WriteAsync("title,flavour\nx,y\n");
        var said = await ana.RunAsync("import", ana.File("tasks.csv"));
        Assert.Equal((1, true), (said.Exit, said.Errors.Contains("'flavour'", StringComparison.Ordinal)));
    }

    private Task WriteAsync(string text) => File.WriteAllTextAsync(ana.File("tasks.csv"), text, TestContext.Current.CancellationToken);
}

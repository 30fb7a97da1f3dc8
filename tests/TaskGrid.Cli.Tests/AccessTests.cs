using TaskGrid.Contracts;

namespace TaskGrid.Cli.Tests;

public sealed class AccessTests : IDisposable
{
    private readonly Person ben = new Garden().Ben();
    private readonly AnsweringServer server;

    public AccessTests()
    {
        using var workspace = ben.Open();
        var user = workspace.Session.User;
        server = new AnsweringServer(new() { ["/api/me"] = $$"""{"user":{"id":"{{user.Id}}","name":"Ben","email":"ben@example.com"},"organizations":[]}""" });
        ben.MoveTo(server.Url);
    }

    public void Dispose()
    {
        server.Dispose();
        ben.Dispose();
    }

    [Fact(DisplayName = "[AC5] The sync that finds access gone says so, and what was not sent can be seen and exported, offline too")]
    public async Task Lost()
    {
        await ben.RunAsync("comment", Garden.Task(ben, "Roof"), "Reed it is");

        var said = await ben.RunAsync("sync");

        Assert.Equal(ExitCodes.Refused, said.Exit);
        Assert.StartsWith("You are no longer a member of Garden; its tasks were removed from this device. What you did and did not send is kept: 1 change.", said.Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await ben.JsonAsync("list", "--all", "deleted or not deleted")).GetArrayLength());
        Assert.Equal("Reed it is", (await ben.JsonAsync("rejected", "export", "--unsent"))[0].GetProperty("change").GetProperty("body").GetString());
    }

    [Fact(DisplayName = "[AC5] An organization that the server names no more stays within reach for what was not sent to it")]
    public async Task Within_reach()
    {
        await ben.RunAsync("comment", Garden.Task(ben, "Roof"), "Reed it is");
        await ben.RunAsync("sync");

        var listed = await ben.RunAsync("org", "list");

        Assert.StartsWith("*\tGarden\tno access\t", listed.Output, StringComparison.Ordinal);
        Assert.Equal(1, (await ben.JsonAsync("rejected", "export", "--unsent")).GetArrayLength());
        Assert.Equal(0, (await ben.RunAsync("org", "use", "Garden")).Exit);
    }
}

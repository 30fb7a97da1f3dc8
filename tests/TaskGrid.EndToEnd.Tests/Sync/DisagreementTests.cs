using TaskGrid.TestKit;

namespace TaskGrid.EndToEnd.Tests.Sync;

/// <summary>What people read where their work met: conflicts, decisions, lost access; a real server and the real program.</summary>
[Trait("tier", "gate")]
public sealed class DisagreementTests : IDisposable
{
    private readonly ScratchFolder scratch = new();
    private readonly CommandLine ana;
    private readonly CommandLine ben;

    public DisagreementTests() => (ana, ben) = (new CommandLine(scratch, "ana"), new CommandLine(scratch, "ben"));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task Two_set_a_date_differently_offline_one_flips_it_offline_and_both_read_the_same_story()
    {
        await using var server = await TaskGridServer.StartAsync(cancellationToken: Cancelled);
        await BeginAsync(server.Url);
        await server.StopAsync(Cancelled);
        await ana.RunAsync("list");
        await ben.RunAsync("list");
        await ana.RunAsync("edit", "1", "--due", "2026-12-05");
        await ben.RunAsync("edit", "1", "--due", "2026-12-24");
        await server.StartAgainAsync(Cancelled);
        await ana.RunAsync("sync");
        var told = (await ben.TryAsync("sync")).Errors;
        await server.StopAsync(Cancelled);

        Assert.Contains("“Paint the fence”: you and Ana set the due date differently; now: 24 Dec 2026 (your version)", told, StringComparison.Ordinal);
        await ben.RunAsync("conflicts", "list", "--all");
        Assert.StartsWith("Decided. “Paint the fence”, due date: 5 Dec 2026 (Ana's version).", await ben.RunAsync("conflicts", "flip", "1"), StringComparison.Ordinal);
        Assert.Contains("You decided: 5 Dec 2026 (Ana's version). That is not sent yet", await ben.RunAsync("conflicts", "show", "1"), StringComparison.Ordinal);
        await server.StartAgainAsync(Cancelled);
        await ben.RunAsync("sync");
        await ana.RunAsync("sync");
        await server.StopAsync(Cancelled);

        Assert.Contains("2026-12-05", await ana.RunAsync("list"), StringComparison.Ordinal);
        var story = await ana.RunAsync("history", "1");
        Assert.Contains("Ben set the due date to 24 Dec 2026. You had set it to 5 Dec 2026 at the same time; this is later and stands.", story, StringComparison.Ordinal);
        Assert.Contains("Ben decided the due date: 5 Dec 2026 (your version).", story, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "[AC5] Who is removed reads what happened and keeps what was not sent; added again, it goes on from there, texts included")]
    public async Task Removed_and_added_again()
    {
        await using var server = await TaskGridServer.StartAsync(cancellationToken: Cancelled);
        await BeginAsync(server.Url);
        await ben.RunAsync("list");
        await ben.RunAsync("edit", "1", "--title", "Paint the garden fence", "--status", "doing");
        await ben.RunAsync("comment", "1", "Which green?");
        await ana.RunAsync("org", "remove", "ben@example.com");
        await ana.RunAsync("list");
        await ana.RunAsync("edit", "1", "--title", "Paint the fence blue");
        await ana.RunAsync("sync");

        var (exit, _, errors) = await ben.TryAsync("sync");

        Assert.Equal(1, exit);
        Assert.Contains("You are no longer a member of Garden; its tasks were removed from this device. What you did and did not send is kept: 3 changes.", errors, StringComparison.Ordinal);
        Assert.Contains("no access", await ben.RunAsync("org", "list"), StringComparison.Ordinal);
        var kept = scratch.File("kept.json");
        await ben.RunAsync("rejected", "export", kept, "--unsent");
        Assert.Contains("Which green?", await File.ReadAllTextAsync(kept, Cancelled), StringComparison.Ordinal);

        await ana.RunAsync("org", "invite", "ben@example.com");
        await ben.RunAsync("sync");
        await ana.RunAsync("sync");

        Assert.Contains("Paint the garden fence blue", await ana.RunAsync("list"), StringComparison.Ordinal);
        Assert.Contains("Ben: Which green?", await ana.RunAsync("show", "1"), StringComparison.Ordinal);
        Assert.Contains("Everything is sent.", await ben.RunAsync("status"), StringComparison.Ordinal);
        Assert.DoesNotContain("no access", await ben.RunAsync("org", "list"), StringComparison.Ordinal);
    }

    private async Task BeginAsync(Uri url)
    {
        foreach (var (person, name) in new[] { (ana, "Ana"), (ben, "Ben") })
            await person.RunAsync("register", "--url", url.ToString(), "--email", $"{name.ToLowerInvariant()}@example.com", "--name", name);
        await ana.RunAsync("org", "create", "Garden");
        await ana.RunAsync("org", "invite", "ben@example.com");
        await ana.RunAsync("add", "Paint the fence");
        await ana.RunAsync("sync");
        await ben.RunAsync("org", "use", "Garden");
        await ben.RunAsync("sync");
        await ana.RunAsync("sync");
    }
}

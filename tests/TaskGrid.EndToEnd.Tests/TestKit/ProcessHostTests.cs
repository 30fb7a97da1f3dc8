using TaskGrid.TestKit;

namespace TaskGrid.EndToEnd.Tests.TestKit;

public sealed class ProcessHostTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Output_and_exit_code_are_told_apart_by_stream()
    {
        var (exitCode, standard, all) = await ProcessHost.RunAsync(Shell("echo out; echo err >&2; exit 7"), Patience, Token);

        Assert.Equal((7, "out\n"), (exitCode, standard));
        Assert.Contains("err", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_is_found_whether_it_has_come_or_is_to_come()
    {
        await using var host = ProcessHost.Start(Shell("trap 'echo last; exit 0' TERM; echo first; while :; do sleep 0.05; done"));

        Assert.Equal("first", await host.Output.WaitForLineAsync(line => line == "first", Patience, Token));
        var last = host.Output.WaitForLineAsync(line => line == "last", Patience, Token);
        Assert.Equal(0, await host.TerminateAsync(Patience, Token));
        Assert.Equal("last", await last);
        Assert.Equal("first", await host.Output.WaitForLineAsync(line => line == "first", Patience, Token));
    }

    [Fact]
    public async Task Waiting_for_a_line_ends_with_the_process_and_shows_what_it_said()
    {
        await using var host = ProcessHost.Start(Shell("echo cannot bind; exit 1"));

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(
            () => host.Output.WaitForLineAsync(line => line == "ready", Patience, Token));

        Assert.Contains("cannot bind", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_process_takes_its_children_along()
    {
        await using var host = ProcessHost.Start(Shell("sleep 300 & echo $!; wait"));
        await host.Output.WaitForLineAsync(_ => true, Patience, Token);

        await host.KillAsync();

        // The exit is told only after the end of the output, which the child would hold open for five minutes.
        Assert.Equal(137, await host.WaitForExitAsync(Patience, Token));
    }

    [Fact]
    public async Task Processes_of_a_killed_test_process_die_with_it()
    {
        // Stands in for the test process: holds the leash's pipe, and is killed. The sleeper is not its child.
        await using var sleeper = ProcessHost.Start(Shell("exec sleep 300"));
        var leash = Path.Combine(Repository.Root, "tests/TaskGrid.TestKit/leash");
        await using var owner = ProcessHost.Start(Shell($"(echo {sleeper.Id}; exec sleep 300) | setsid {leash}"));
        await owner.Output.WaitForLineAsync(line => line == $"held {sleeper.Id}", Patience, Token);

        await owner.KillAsync();

        Assert.Equal(137, await sleeper.WaitForExitAsync(Patience, Token));
    }

    private static ProcessPlan Shell(string script) => new("bash", "-c", script);
}

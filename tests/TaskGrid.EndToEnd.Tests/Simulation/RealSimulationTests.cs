using TaskGrid.TestKit;

namespace TaskGrid.EndToEnd.Tests.Simulation;

/// <summary>
/// <c>tests/simulate --real</c>: random histories of several devices against the server's own process on PostgreSQL, both killed amid
/// pushes. A seed that fails prints the command that plays it again.
/// </summary>
public sealed class RealSimulationTests
{
    [Fact]
    [Trait("tier", "gate")]
    public Task Every_promise_holds_against_the_real_server_for_as_many_seeds_as_fit_into_a_minute() =>
        PlayAsync("--seeds", "10000", "--seconds", "50");

    [Fact]
    [Trait("tier", "full")]
    public Task Every_promise_holds_against_the_real_server_for_hundreds_of_seeds() => PlayAsync("--seeds", "400", "--start", "1001");

    private static async Task PlayAsync(params string[] options)
    {
        var plan = ProcessPlan.Dotnet(Repository.ProgramOf("tests/TaskGrid.Simulation"), ["--real", .. options]);
        var (exitCode, standard, all) = await ProcessHost.RunAsync(plan, TimeSpan.FromHours(2), TestContext.Current.CancellationToken);
        Assert.True(exitCode == 0, all);
        Assert.EndsWith(" seeds, 0 findings\n", standard, StringComparison.Ordinal);
        TestContext.Current.SendDiagnosticMessage(standard);
    }
}

using System.Diagnostics;
using TaskGrid.TestKit;

namespace TaskGrid.EventStore.Tests.Rebuilding;

/// <summary>The program that operators run, as they run it.</summary>
public sealed class AdminCommandTests(ALivelyOrganization life) : IClassFixture<ALivelyOrganization>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_good_log_is_well_and_a_bad_one_is_named_and_mended()
    {
        Assert.Equal(0, (await RunAsync("rebuild", "--verify", "--database", life.ConnectionString)).Code);
        Assert.Equal(0, (await RunAsync("check", "--database", life.ConnectionString)).Code);
        await using (var command = life.Source.CreateCommand("update tg.tasks set digest_term = digest_term + 1"))
            Assert.NotEqual(0, await command.ExecuteNonQueryAsync(Token));

        var verified = await RunAsync("rebuild", "--verify", "--organization", life.Organization.ToString(), "--database", life.ConnectionString);
        var check = await RunAsync("check", "--database", life.ConnectionString);
        var written = await RunAsync("rebuild", "--write", "--database", life.ConnectionString);

        Assert.Equal(1, verified.Code);
        Assert.Contains("digest term is", verified.Output, StringComparison.Ordinal);
        Assert.Equal(1, check.Code);
        Assert.Contains("the digest is the sum", check.Output, StringComparison.Ordinal);
        Assert.Equal(0, written.Code);
        Assert.Equal(0, (await RunAsync("rebuild", "--verify", "--database", life.ConnectionString)).Code);
    }

    [Theory]
    [InlineData(2, "rebuild")]
    [InlineData(2, "rebuild", "--verify", "--write")]
    [InlineData(2, "rebuild", "--verify", "--database", "no such setting")]
    [InlineData(2, "nonsense")]
    [InlineData(3, "check", "--database", "Host=127.0.0.1;Port=1;Username=nobody;Timeout=2")]
    public async Task What_cannot_be_done_is_said_with_a_code_and_without_a_stack_trace(int code, params string[] arguments)
    {
        var (actual, output) = await RunAsync(arguments);

        Assert.Equal(code, actual);
        Assert.NotEmpty(output);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments.Prepend(Repository.ProgramOf("services/TaskGrid.Admin"))) start.ArgumentList.Add(argument);
        start.Environment.Remove("TaskGrid__Database");
        using var program = Process.Start(start)!;
        var output = program.StandardOutput.ReadToEndAsync(Token);
        var error = program.StandardError.ReadToEndAsync(Token);
        await program.WaitForExitAsync(Token);
        return (program.ExitCode, await output + await error);
    }
}

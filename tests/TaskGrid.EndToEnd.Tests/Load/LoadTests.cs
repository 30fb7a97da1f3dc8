using TaskGrid.TestKit;

namespace TaskGrid.EndToEnd.Tests.Load;

/// <summary><c>tests/load</c> as its script says: real client engines on the full topology, a member killed in the middle.</summary>
[Trait("tier", "full")]
public sealed class LoadTests
{
    [Theory]
    [InlineData("silo-1")]
    [InlineData("rabbitmq")]
    public async Task Nothing_is_lost_when_a_member_is_killed_under_load(string member)
    {
        var plan = new ProcessPlan(Path.Combine(Repository.Root, "tests/load"), "--kill", member, "--organizations", "4", "--users", "4", "--rate", "5", "--seconds", "60");
        var (exitCode, standard, all) = await ProcessHost.RunAsync(plan, TimeSpan.FromMinutes(20), TestContext.Current.CancellationToken);
        Assert.True(exitCode == 0, all);
        Assert.Contains("nothing lost", standard, StringComparison.Ordinal);
        TestContext.Current.SendDiagnosticMessage(standard);
    }
}

using System.Reflection;

namespace TaskGrid.Simulation.Tests.Faults;

/// <summary>A simulator that finds nothing proves something only if it would find what is there.</summary>
public sealed class FaultTests
{
    private const int Seeds = 1000;

    public static TheoryData<string> All => [.. Fault.All.Select(fault => fault.Name)];

    [Fact]
    public void There_are_enough_of_them_to_say_something() => Assert.True(Fault.All.Length >= 12, $"only {Fault.All.Length}");

    [Theory]
    [MemberData(nameof(All))]
    public void What_a_fault_is_planted_in_is_there(string name) => Assert.NotEmpty(Planting.Plant(AppContext.BaseDirectory, Named(name)));

    [Theory]
    [InlineData("raised-base")]
    [InlineData("swapped-tie-break")]
    [InlineData("dropped-receipt")]
    [InlineData("composed-branch")]
    [Trait("tier", "gate")]
    public void A_planted_fault_is_found(string name) => Find(name);

    [Theory]
    [MemberData(nameof(All))]
    [Trait("tier", "full")]
    public void Every_planted_fault_is_found(string name) => Find(name);

    [Fact]
    public void A_fault_in_a_method_that_is_gone_is_no_fault() =>
        Assert.Contains("Register.Loses", Refused(Instead("TaskGrid.Sync.Register", "Loses", nameof(True))), StringComparison.Ordinal);

    [Fact]
    public void A_fault_where_nobody_calls_is_no_fault() =>
        Assert.Contains("nothing calls", Refused(Instead("TaskGrid.Sync.Register", "Beats", nameof(True), "TaskGrid.Client.Outbox")), StringComparison.Ordinal);

    [Fact]
    public void A_fault_in_a_method_of_another_form_is_no_fault() =>
        Assert.Contains("is what is called", Refused(Instead("TaskGrid.Sync.Register", "Beats", nameof(True))), StringComparison.Ordinal);

    private static void Find(string name)
    {
        var caught = Hunt.For(Named(name), 1, Seeds, TimeSpan.FromMinutes(30));
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {caught.Seeds} seeds: {string.Join(", ", caught.Findings.Select(finding => finding.Check).Distinct())}");
        Assert.True(caught.Seed is not null, $"{name} was not found in {caught.Seeds} seeds");
    }

    private static Fault Named(string name) => Fault.All.Single(fault => fault.Name == name);

    private static Fault Instead(string type, string method, string to, string? calledBy = null) => new("none", "nothing",
        [new Redirect(type, method, calledBy, null, typeof(FaultTests).GetMethod(to, BindingFlags.Static | BindingFlags.NonPublic)!)]);

    private static string Refused(Fault fault) => Assert.Throws<InvalidOperationException>(() => Planting.Plant(AppContext.BaseDirectory, fault)).Message;

    private static bool True() => true;
}

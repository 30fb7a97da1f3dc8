namespace TaskGrid.Architecture.Tests;

public sealed class ReferenceTests
{
    [Fact]
    public void Projects_reference_only_what_the_house_allows() =>
        Breaches.None(House.Product.SelectMany(project => References.Breaches(project.Name, project.References)));

    [Fact]
    public void Compiled_assemblies_reference_only_what_the_house_allows() =>
        Breaches.None(House.ProductAssemblies().SelectMany(assembly => References.Breaches(assembly.Name, assembly.References)));

    [Fact]
    public void Only_the_event_store_knows_Marten()
    {
        Breaches.None(House.Product.Where(project => project.Name != "TaskGrid.EventStore.Marten" && project.Packages.Contains("Marten")));
        Breaches.None(House.ProductAssemblies()
            .Where(assembly => assembly.Name != "TaskGrid.EventStore.Marten" && assembly.References.Contains("Marten"))
            .Select(assembly => assembly.Name));
    }

    [Theory]
    [InlineData("TaskGrid.Sync", "TaskGrid.Domain")]
    [InlineData("TaskGrid.Domain", "TaskGrid.Grains")]
    [InlineData("TaskGrid.Grains.Abstractions", "TaskGrid.Sync")]
    [InlineData("TaskGrid.Gateway", "TaskGrid.Silo")]
    [InlineData("TaskGrid.Attachments", "TaskGrid.Grains")]
    [InlineData("TaskGrid.Client", "TaskGrid.Grains.Abstractions")]
    public void A_reference_against_the_direction_is_found(string from, string to) =>
        Assert.Equal([$"{from} -> {to}"], References.Breaches(from, ["System.Runtime", "TaskGrid.Contracts", to]));

    [Fact]
    public void A_project_without_a_place_is_found() => Assert.NotEmpty(References.Breaches("TaskGrid.Elsewhere", []));

    [Fact]
    public void References_are_read_from_compiled_assemblies()
    {
        var sync = House.ProductAssemblies().Single(assembly => assembly.Name == "TaskGrid.Sync");
        Assert.Contains("TaskGrid.Contracts", sync.References);
        Assert.Contains("System.Runtime", sync.References);
    }
}

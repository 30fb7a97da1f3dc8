namespace TaskGrid.Architecture.Tests;

public sealed class PureRoomTests
{
    private static readonly string Banned = House.Text("BannedSymbols.txt");

    [Fact]
    public void Pure_rooms_are_marked_and_reference_no_framework()
    {
        var rooms = House.Projects.Where(project => PureRooms.Names.Contains(project.Name)).ToList();
        Assert.Equal(PureRooms.Names.Length, rooms.Count);
        Breaches.None(rooms.SelectMany(PureRooms.Breaches));
    }

    [Fact]
    public void Compiled_pure_rooms_know_the_base_library_only() =>
        Breaches.None(House.ProductAssemblies().Where(assembly => PureRooms.Names.Contains(assembly.Name))
            .SelectMany(assembly => PureRooms.Breaches(assembly.Name, assembly.References)));

    [Theory]
    [InlineData("System.DateTime.UtcNow")]
    [InlineData("System.DateTimeOffset.UtcNow")]
    [InlineData("System.Guid.NewGuid")]
    [InlineData("System.Random")]
    [InlineData("System.IO.File")]
    [InlineData("System.Threading.Tasks.Task")]
    public void What_a_pure_room_must_not_use_is_banned(string symbol) => Assert.Contains($":{symbol};", Banned, StringComparison.Ordinal);

    [Fact]
    public void An_unmarked_room_a_package_a_framework_and_a_web_sdk_are_found()
    {
        var project = ProjectFile.Parse("TaskGrid.Sync", "contracts/TaskGrid.Sync", """
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <ItemGroup><PackageReference Include="Marten" /><FrameworkReference Include="Microsoft.AspNetCore.App" /></ItemGroup>
            </Project>
            """);
        Assert.Equal(4, PureRooms.Breaches(project).Count());
        Assert.Equal(["TaskGrid.Sync -> Orleans.Core"], PureRooms.Breaches("TaskGrid.Sync", ["System.Runtime", "TaskGrid.Contracts", "Orleans.Core"]));
    }
}

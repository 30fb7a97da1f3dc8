using System.Xml.Linq;

namespace TaskGrid.Architecture.Tests;

public sealed class ProjectTests
{
    private const string Package = """<Project><ItemGroup><PackageReference Include="Marten" Version="9.58.0" /></ItemGroup></Project>""";
    private const string Quiet = "<Project><PropertyGroup><NoWarn>CS1591</NoWarn></PropertyGroup></Project>";

    [Fact]
    public void Every_project_is_in_the_solution() => Breaches.None(Projects.NotIn(House.Text("TaskGrid.sln"), House.Projects));

    [Fact]
    public void No_project_is_empty() =>
        Breaches.None(House.Projects.Where(project => !House.SourcesOf(project).Any()).Select(project => project.Name));

    [Fact]
    public void Package_versions_stand_in_one_file() => Breaches.None(House.Projects.SelectMany(Projects.WithOwnVersions));

    [Fact]
    public void Warnings_are_errors_and_none_is_silenced()
    {
        Assert.Equal("true", XElement.Parse(House.Text("Directory.Build.props")).Descendants("TreatWarningsAsErrors").Single().Value);
        Breaches.None(BuildFiles().SelectMany(file => Projects.Silenced(file, House.Text(file))));
    }

    [Fact]
    public void A_project_outside_the_solution_is_found() =>
        Assert.NotEmpty(Projects.NotIn("\"contracts\\TaskGrid.Sync\\TaskGrid.Sync.csproj\"", [ProjectFile.Parse("TaskGrid.Silo", "services/TaskGrid.Silo", Package)]));

    [Fact]
    public void A_version_in_a_project_is_found() => Assert.NotEmpty(Projects.WithOwnVersions(ProjectFile.Parse("X", "services/X", Package)));

    [Fact]
    public void A_silenced_warning_is_found() => Assert.NotEmpty(Projects.Silenced("X.csproj", Quiet));

    private static IEnumerable<string> BuildFiles() =>
        House.Projects.Select(project => $"{project.Folder}/{project.Name}.csproj")
            .Concat(Directory.EnumerateFiles(House.Root, "*.props").Select(path => Path.GetFileName(path)))
            .Concat(Directory.EnumerateFiles(House.Root, "*.targets").Select(path => Path.GetFileName(path)));
}

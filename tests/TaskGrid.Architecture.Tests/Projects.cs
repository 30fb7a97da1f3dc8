using System.Xml.Linq;

namespace TaskGrid.Architecture.Tests;

/// <summary>What every project file of the house keeps to.</summary>
internal static class Projects
{
    public static IEnumerable<string> NotIn(string solution, IEnumerable<ProjectFile> projects) => projects
        .Where(project => !solution.Replace('\\', '/').Contains($"\"{project.Folder}/{project.Name}.csproj\"", StringComparison.Ordinal))
        .Select(project => $"{project.Name} is not in the solution");

    public static IEnumerable<string> WithOwnVersions(ProjectFile project) =>
        from item in project.Items("PackageReference").Concat(project.Items("PackageVersion"))
        where HasVersion(item) || item.Name.LocalName == "PackageVersion"
        select $"{project.Name} gives {(string?)item.Attribute("Include")} a version of its own";

    public static IEnumerable<string> Silenced(string file, string xml) => XElement.Parse(xml).Descendants()
        .Where(element => element.Name.LocalName is "NoWarn" or "WarningsNotAsErrors" && element.Value.Length > 0)
        .Select(element => $"{file} has {element.Name.LocalName} {element.Value}");

    private static bool HasVersion(XElement item) =>
        item.Attributes().Select(attribute => attribute.Name.LocalName).Concat(item.Elements().Select(element => element.Name.LocalName))
            .Any(name => name is "Version" or "VersionOverride");
}

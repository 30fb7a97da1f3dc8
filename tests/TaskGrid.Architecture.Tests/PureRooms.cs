namespace TaskGrid.Architecture.Tests;

/// <summary>A pure room knows the base library and other pure rooms, nothing else; the banned list says what of the base library.</summary>
internal static class PureRooms
{
    public static readonly string[] Names = ["TaskGrid.Contracts", "TaskGrid.Sync", "TaskGrid.Domain"];

    public static IEnumerable<string> Breaches(ProjectFile project)
    {
        if (!project.IsPureRoom) yield return $"{project.Name} is not marked PureRoom";
        if (project.Sdk != "Microsoft.NET.Sdk") yield return $"{project.Name} builds on {project.Sdk}";
        foreach (var package in project.Packages.Where(name => !IsAnalyzer(name))) yield return $"{project.Name} references the package {package}";
        foreach (var framework in project.Frameworks) yield return $"{project.Name} references the framework {framework}";
    }

    public static IEnumerable<string> Breaches(string assembly, IEnumerable<string> references) => references
        .Where(name => !Names.Contains(name) && !name.StartsWith("System.", StringComparison.Ordinal))
        .Select(name => $"{assembly} -> {name}");

    private static bool IsAnalyzer(string package) => package.StartsWith("Microsoft.CodeAnalysis.", StringComparison.Ordinal);
}

using System.Reflection;

namespace TaskGrid.Architecture.Tests;

/// <summary>The repository that these tests were built from: its projects, its sources, what was compiled.</summary>
internal static class House
{
    private static readonly string[] Rooms = ["contracts", "grains", "services", "clients", "tests"];
    private static readonly string[] NotSources = ["bin", "obj", "node_modules", "dist", "artifacts"];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<ProjectFile> Projects { get; } =
        [.. Rooms.SelectMany(room => FilesUnder(room, "*.csproj")).Order(StringComparer.Ordinal).Select(path => ProjectFile.Read(Root, path))];

    /// <summary>The projects that are delivered: all but the tests.</summary>
    public static IEnumerable<ProjectFile> Product => Projects.Where(project => !project.IsTest);

    public static IReadOnlyList<SourceFile> Sources { get; } =
        [.. Rooms.SelectMany(room => FilesUnder(room, "*.cs")).Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(Relative(path), File.ReadAllText(path)))];

    public static IEnumerable<SourceFile> SourcesOf(ProjectFile project) =>
        Sources.Where(source => source.Path.StartsWith(project.Folder + "/", StringComparison.Ordinal));

    /// <summary>Where the build put a project's assembly, in the configuration that these tests were built in.</summary>
    public static string AssemblyOf(ProjectFile project) =>
        Path.Combine(Root, project.Folder, "bin", Metadata("Configuration"), Metadata("TargetFramework"), project.AssemblyName + ".dll");

    public static IEnumerable<CompiledAssembly> ProductAssemblies() =>
        Product.Select(project => CompiledAssembly.Open(project.Name, AssemblyOf(project)));

    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static IEnumerable<string> FilesUnder(string folder, string pattern)
    {
        var path = Path.Combine(Root, folder);
        if (!Directory.Exists(path)) return [];
        return Directory.EnumerateFiles(path, pattern, SearchOption.AllDirectories)
            .Where(file => !Relative(file).Split('/').Intersect(NotSources).Any());
    }

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string Metadata(string key) => typeof(House).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == key).Value!;

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TaskGrid.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("No TaskGrid.sln above the tests.");
    }
}

/// <summary>A C# file, its path from the repository's root with '/'.</summary>
internal sealed record SourceFile(string Path, string Text)
{
    public string Name => System.IO.Path.GetFileName(Path);

    public string[] Lines => Text.Split('\n');
}

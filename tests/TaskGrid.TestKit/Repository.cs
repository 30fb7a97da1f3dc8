namespace TaskGrid.TestKit;

/// <summary>Where things lie in the checkout that the running test was built from.</summary>
public static class Repository
{
    /// <summary>The folder of TaskGrid.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Debug or Release: what the running test was built as, and so what its servers were built as.</summary>
    public static string Configuration { get; } =
        AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            ? "Release"
            : "Debug";

    /// <summary>The built assembly of a program, such as <c>services/TaskGrid.AllInOne</c>.</summary>
    public static string ProgramOf(string projectFolder)
    {
        var name = Path.GetFileName(projectFolder);
        var program = Path.Combine(Root, projectFolder, "bin", Configuration, "net10.0", name + ".dll");
        return File.Exists(program)
            ? program
            : throw new FileNotFoundException($"{name} is not built as {Configuration}: dotnet build {projectFolder} -c {Configuration}", program);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TaskGrid.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException($"no TaskGrid.sln above {AppContext.BaseDirectory}");
    }
}

using TaskGrid.TestKit;

namespace TaskGrid.EndToEnd.Tests.Deploy;

public sealed class ScriptTests
{
    private const string Program = "/usr/bin/shellcheck";

    [Fact]
    public async Task Every_shell_script_of_the_repository_passes_shellcheck()
    {
        Assert.SkipUnless(File.Exists(Program), "shellcheck is not installed, and tests/run could not install it");
        var scripts = Folders().SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder))).Where(IsShell).ToArray();

        var (exitCode, _, all) = await ProcessHost.RunAsync(
            new ProcessPlan(Program, ["-x", .. scripts]), TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);

        Assert.True(scripts.Length >= 10, "scripts were looked for in the wrong place");
        Assert.True(exitCode == 0, all);
    }

    private static string[] Folders() => [".ci", "deploy", "deploy/lib", "tests", "tests/TaskGrid.TestKit"];

    private static bool IsShell(string path)
    {
        if (path.EndsWith(".sh", StringComparison.Ordinal)) return true;
        return !Path.HasExtension(path) && File.ReadLines(path).FirstOrDefault()?.StartsWith("#!/usr/bin/env bash", StringComparison.Ordinal) == true;
    }
}

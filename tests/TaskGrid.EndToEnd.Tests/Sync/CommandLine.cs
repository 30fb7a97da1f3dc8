using TaskGrid.TestKit;

namespace TaskGrid.EndToEnd.Tests.Sync;

/// <summary>One person's data folder, worked on by the built program, each command a process of its own.</summary>
internal sealed class CommandLine(ScratchFolder scratch, string person)
{
    public string Folder { get; } = scratch.File(person);

    /// <summary>Runs a command that must do what it is told; answers what it printed.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        var (exit, output, errors) = await TryAsync(arguments);
        Assert.True(exit == 0, $"{person}: taskgrid {string.Join(' ', arguments)} ended with {exit}: {errors}");
        return output;
    }

    /// <summary>Runs a command, however it may end.</summary>
    public async Task<(int Exit, string Output, string Errors)> TryAsync(params string[] arguments)
    {
        var program = Path.Combine(Repository.Root, "clients/cli/bin", Repository.Configuration, "net10.0/taskgrid.dll");
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("dotnet", [program, "--data", Folder, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            Environment = { ["TASKGRID_PASSWORD"] = "correct horse battery staple" },
        })!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>The same in this process: for hundreds of small commands.</summary>
    public async Task QuickAsync(params string[] arguments) =>
        Assert.Equal(0, await TaskGrid.Cli.Commands.RunAsync(["--data", Folder, "--quiet", .. arguments], TimeProvider.System));
}

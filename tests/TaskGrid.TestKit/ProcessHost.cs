using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TaskGrid.TestKit;

/// <summary>A process that a test starts, watches, and ends as gently or roughly as it likes. It never outlives the test.</summary>
public sealed partial class ProcessHost : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task ended;
    private readonly bool ownsLog;

    private ProcessHost(Process process, ProcessOutput output, bool ownsLog)
    {
        this.process = process;
        this.ownsLog = ownsLog;
        Output = output;
        Id = process.Id;
        ended = FollowAsync();
    }

    /// <summary>A signal that a test may want to send.</summary>
    public enum Signal
    {
        /// <summary>Ctrl-C.</summary>
        Interrupt = 2,

        /// <summary>Dies at once, cleans nothing up.</summary>
        Kill = 9,

        /// <summary>Please end.</summary>
        Terminate = 15,

        /// <summary>Goes on after <see cref="Freeze"/>.</summary>
        Thaw = 18,

        /// <summary>Stands still, its sockets open.</summary>
        Freeze = 19,
    }

    /// <summary>The process id, which is its session and group id too.</summary>
    public int Id { get; }

    /// <summary>What it has written.</summary>
    public ProcessOutput Output { get; }

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => ended.IsCompleted;

    /// <summary>Starts a process as leader of a session of its own, so that its children can be ended with it.</summary>
    public static ProcessHost Start(ProcessPlan plan)
    {
        var start = new ProcessStartInfo("setsid")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = plan.WorkingFolder ?? "",
        };
        start.ArgumentList.Add(plan.Program);
        foreach (var argument in plan.Arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in plan.Environment) start.Environment[name] = value;

        var output = new ProcessOutput(plan.LogFile ?? ScratchFolder.NewPath() + ".log");
        var process = Process.Start(start)!;
        ProcessLeash.Hold(process.Id);
        process.StandardInput.Close();
        return new ProcessHost(process, output, ownsLog: plan.LogFile is null);
    }

    /// <summary>Runs a process to its end: the exit code and the output.</summary>
    public static async Task<(int ExitCode, string Standard, string All)> RunAsync(
        ProcessPlan plan, TimeSpan patience, CancellationToken cancellationToken = default)
    {
        await using var host = Start(plan);
        var exitCode = await host.WaitForExitAsync(patience, cancellationToken);
        return (exitCode, host.Output.Standard, host.Output.All);
    }

    /// <summary>Sends a signal to the process alone; its children do not get it.</summary>
    public void Send(Signal signal) => _ = SendSignal(Id, (int)signal);

    /// <summary>Waits for the end and gives the exit code (128 + n after signal n).</summary>
    public async Task<int> WaitForExitAsync(TimeSpan patience, CancellationToken cancellationToken = default)
    {
        try
        {
            await ended.WaitAsync(patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"process {Id} did not end within {patience}:{Environment.NewLine}{Output.All}");
        }

        return process.ExitCode;
    }

    /// <summary>SIGTERM, then the exit code.</summary>
    public Task<int> TerminateAsync(TimeSpan patience, CancellationToken cancellationToken = default)
    {
        Send(Signal.Terminate);
        return WaitForExitAsync(patience, cancellationToken);
    }

    /// <summary>SIGKILL to the process and to all that it started; returns when it is gone.</summary>
    public async Task KillAsync()
    {
        // The session may outlive its leader, so the group gets the signal also when the process itself has ended.
        _ = SendSignal(-Id, (int)Signal.Kill);
        if (!process.HasExited) _ = SendSignal(Id, (int)Signal.Kill);
        await process.WaitForExitAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await ended;
        Output.Dispose();
        process.Dispose();
        if (ownsLog) File.Delete(Output.LogFile);
    }

    private async Task FollowAsync()
    {
        await Task.WhenAll(
            ReadAsync(process.StandardOutput, isStandard: true),
            ReadAsync(process.StandardError, isStandard: false),
            process.WaitForExitAsync());
        Output.End();
    }

    private async Task ReadAsync(StreamReader reader, bool isStandard)
    {
        while (await reader.ReadLineAsync() is { } line) Output.Take(line, isStandard);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int processId, int signal);
}

using System.Diagnostics;
using System.Globalization;

namespace TaskGrid.TestKit;

/// <summary>
/// A server kept by the script <c>supervise</c>. The script stops it and deletes its folder when our end of the pipe
/// closes, which the kernel does also for a test process that is killed: there is one way to clean up, and it is always taken.
/// </summary>
internal sealed class SupervisedServer : IAsyncDisposable
{
    private readonly Process supervisor;
    private readonly SemaphoreSlim oneCommand = new(1, 1);

    private SupervisedServer(Process supervisor, string folder)
    {
        this.supervisor = supervisor;
        Folder = folder;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    public string Folder { get; }

    public int Port { get; private set; }

    public static async Task<SupervisedServer> StartAsync(string kind, CancellationToken cancellationToken)
    {
        var folder = ScratchFolder.NewPath();
        var start = new ProcessStartInfo("setsid") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])["bash", Path.Combine(Repository.Root, "tests/TaskGrid.TestKit/supervise"), kind, folder])
        {
            start.ArgumentList.Add(argument);
        }

        var server = new SupervisedServer(Process.Start(start)!, folder);
        try
        {
            server.Port = await server.SendAsync("start", cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends start, stop or kill and waits until it is done.</summary>
    public async Task<int> SendAsync(string command, CancellationToken cancellationToken)
    {
        await oneCommand.WaitAsync(cancellationToken);
        try
        {
            await supervisor.StandardInput.WriteLineAsync(command.AsMemory(), cancellationToken);
            await supervisor.StandardInput.FlushAsync(cancellationToken);
            var answer = await supervisor.StandardOutput.ReadLineAsync(cancellationToken) ?? "the supervisor ended";
            return answer.StartsWith("ok ", StringComparison.Ordinal)
                ? int.Parse(answer.AsSpan(3), CultureInfo.InvariantCulture)
                : throw new InvalidOperationException($"{command}: {answer}{Environment.NewLine}{ReadLogs()}");
        }
        finally
        {
            oneCommand.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        supervisor.StandardInput.Close();
        await supervisor.WaitForExitAsync();
        supervisor.Dispose();
    }

    private void OnProcessExit(object? sender, EventArgs e)
    {
        // The pipe would close without us; waiting keeps whoever comes next from meeting our leftovers.
        supervisor.StandardInput.Close();
        supervisor.WaitForExit(TimeSpan.FromSeconds(10));
    }

    private string ReadLogs()
    {
        if (!Directory.Exists(Folder)) return "";
        var logs = Directory.EnumerateFiles(Folder, "*.log").Select(log => $"--- {Path.GetFileName(log)}{Environment.NewLine}{File.ReadAllText(log)}");
        return string.Join(Environment.NewLine, logs);
    }
}

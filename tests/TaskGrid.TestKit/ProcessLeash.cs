using System.Diagnostics;
using System.Globalization;

namespace TaskGrid.TestKit;

/// <summary>
/// Sees to it that a process started by a test dies with the test, also when the test is killed. One watching shell serves
/// them all; the kernel closes its pipe when we are gone.
/// </summary>
internal static class ProcessLeash
{
    private static readonly Lazy<Process> Watcher = new(StartWatcher);

    public static void Hold(int sessionLeader)
    {
        lock (Watcher)
        {
            Watcher.Value.StandardInput.WriteLine(sessionLeader.ToString(CultureInfo.InvariantCulture));
            if (Watcher.Value.StandardOutput.ReadLine() is null) throw new InvalidOperationException("the leash has ended");
        }
    }

    private static Process StartWatcher()
    {
        var start = new ProcessStartInfo("setsid") { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("bash");
        start.ArgumentList.Add(Path.Combine(Repository.Root, "tests/TaskGrid.TestKit/leash"));
        var watcher = Process.Start(start)!;
        watcher.StandardInput.AutoFlush = true;
        return watcher;
    }
}

using System.Text;

namespace TaskGrid.TestKit;

/// <summary>The lines that a process has written so far, stdout and stderr as they came, kept in a file and in memory.</summary>
public sealed class ProcessOutput : IDisposable
{
    private readonly StreamWriter file;
    private readonly List<string> lines = [];
    private readonly List<string> standardOutput = [];
    private readonly List<(Predicate<string> IsIt, TaskCompletionSource<string> Found)> waiting = [];
    private bool ended;

    internal ProcessOutput(string path)
    {
        LogFile = path;
        file = new StreamWriter(path, append: true) { AutoFlush = true };
    }

    /// <summary>The file that holds the output also after the process.</summary>
    public string LogFile { get; }

    /// <summary>Everything so far.</summary>
    public string All => Read(lines);

    /// <summary>What went to stdout so far.</summary>
    public string Standard => Read(standardOutput);

    /// <summary>The first line, past or to come, that fits; a fault when the process ends or the time is up without one.</summary>
    public async Task<string> WaitForLineAsync(Predicate<string> isIt, TimeSpan patience, CancellationToken cancellationToken = default)
    {
        try
        {
            return await FindAsync(isIt).WaitAsync(patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"the line did not come within {patience}; so far:{Environment.NewLine}{All}");
        }
    }

    /// <inheritdoc />
    public void Dispose() => file.Dispose();

    internal void Take(string line, bool isStandard)
    {
        lock (lines)
        {
            lines.Add(line);
            if (isStandard) standardOutput.Add(line);
            file.WriteLine(line);
            waiting.RemoveAll(wait => wait.IsIt(line) && wait.Found.TrySetResult(line));
        }
    }

    internal void End()
    {
        lock (lines)
        {
            ended = true;
            foreach (var (_, found) in waiting) found.TrySetException(EndedWithout());
            waiting.Clear();
        }
    }

    private Task<string> FindAsync(Predicate<string> isIt)
    {
        lock (lines)
        {
            if (lines.Find(isIt) is { } line) return Task.FromResult(line);
            if (ended) return Task.FromException<string>(EndedWithout());
            var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((isIt, found));
            return found.Task;
        }
    }

    private InvalidOperationException EndedWithout() =>
        new($"the process ended without the line:{Environment.NewLine}{string.Join(Environment.NewLine, lines)}");

    private string Read(List<string> source)
    {
        lock (lines)
        {
            return source.Aggregate(new StringBuilder(), (text, line) => text.AppendLine(line)).ToString();
        }
    }
}

using System.Diagnostics;
using System.Text.Json;

namespace TaskGrid.Sync.Tests;

/// <summary>
/// The npm package ot-text-unicode, in the version of the vectors' tools, in a folder of its own and a node process that answers line by
/// line. Node ends by itself where its input ends, so it outlives no test run.
/// </summary>
public sealed class OtTextUnicode : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tg-ot-");
    private Process? _node;

    public async ValueTask InitializeAsync()
    {
        foreach (string file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "tools")))
            File.Copy(file, Path.Combine(_folder.FullName, Path.GetFileName(file)));
        using (Process npm = Start("npm", "ci", "--no-audit", "--no-fund"))
        {
            string said = await npm.StandardOutput.ReadToEndAsync();
            await npm.WaitForExitAsync().WaitAsync(Patience);
            Assert.True(npm.ExitCode == 0, $"npm ci of the vectors' tools ended with {npm.ExitCode}: {said}");
        }
        _node = Start("node", "answers.mjs");
    }

    /// <summary>What the package answers to each case, in the same order.</summary>
    public async Task<List<JsonElement>> AskAsync(IReadOnlyCollection<string> cases)
    {
        Task asking = Task.Run(async () =>
        {
            foreach (string line in cases)
                await _node!.StandardInput.WriteLineAsync(line);
            await _node!.StandardInput.FlushAsync();
        });
        var answers = new List<JsonElement>(cases.Count);
        while (answers.Count < cases.Count)
        {
            string? line = await _node!.StandardOutput.ReadLineAsync().WaitAsync(Patience);
            Assert.True(line is not null, $"node ended after {answers.Count} answers, at: {cases.ElementAt(answers.Count)}");
            using JsonDocument answer = JsonDocument.Parse(line);
            answers.Add(answer.RootElement.Clone());
        }
        await asking;
        return answers;
    }

    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
        {
            _node.Kill(entireProcessTree: true);
            await _node.WaitForExitAsync();
            _node.Dispose();
        }
        _folder.Delete(recursive: true);
    }

    private Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = _folder.FullName,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;
}

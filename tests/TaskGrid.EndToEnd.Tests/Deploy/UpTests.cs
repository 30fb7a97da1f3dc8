using System.Diagnostics;
using System.Globalization;
using System.Net;
using TaskGrid.TestKit;

namespace TaskGrid.EndToEnd.Tests.Deploy;

/// <summary><c>deploy/up</c> as an operator meets it. The data folder is shared by the tests, so that the server is published once.</summary>
[Trait("tier", "gate")]
public sealed class UpTests(UpTests.DataFolder data) : IClassFixture<UpTests.DataFolder>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_says_ready_on_stdout_and_nothing_else_and_takes_requests()
    {
        await using var up = Start(out var url);
        await up.Output.WaitForLineAsync(line => line == $"ready {url}", Patience, Token);

        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync($"{url}/health/ready", Token)).StatusCode);
        await StopAsync(up);
        Assert.Equal($"ready {url}\n", up.Output.Standard);
    }

    [Theory]
    [InlineData(ProcessHost.Signal.Terminate)]
    [InlineData(ProcessHost.Signal.Interrupt)]
    public async Task A_signal_stops_everything_that_it_started(ProcessHost.Signal signal)
    {
        await using var up = await StartedAsync();
        Assert.Contains(Running(), command => command.Contains("postgres", StringComparison.Ordinal));
        Assert.Contains(Running(), command => command.Contains("TaskGrid.AllInOne.dll", StringComparison.Ordinal));

        up.Send(signal);

        Assert.Equal(0, await up.WaitForExitAsync(Patience, Token));
        Assert.Empty(Running());
    }

    [Fact]
    public async Task Killed_and_started_again_it_ends_its_leftovers_and_keeps_the_data()
    {
        var killed = await StartedAsync();
        await SqlAsync("create table kept (id int); insert into kept values (42)");
        var key = await File.ReadAllTextAsync(data.File("secrets/signing-key"), Token);
        // The script alone, as the kernel's memory killer would: what it started runs on.
        killed.Send(ProcessHost.Signal.Kill);

        await using (var again = await StartedAsync())
        {
            Assert.Equal("42", await SqlAsync("select id from kept; drop table kept"));
            Assert.Equal(key, await File.ReadAllTextAsync(data.File("secrets/signing-key"), Token));
            await StopAsync(again);
        }

        await killed.DisposeAsync();
        Assert.Empty(Running());
    }

    [Fact]
    public async Task When_the_server_dies_it_stops_the_database_and_says_so()
    {
        await using var up = await StartedAsync();
        var server = int.Parse((await File.ReadAllTextAsync(data.File("server.pid"), Token)).Split(' ')[0], CultureInfo.InvariantCulture);

        Process.GetProcessById(server).Kill();

        Assert.Equal(16, await up.WaitForExitAsync(Patience, Token));
        Assert.Contains("the server ended by itself", up.Output.All, StringComparison.Ordinal);
        Assert.Empty(Running());
    }

    private async Task<ProcessHost> StartedAsync()
    {
        var up = Start(out var url);
        await up.Output.WaitForLineAsync(line => line == $"ready {url}", Patience, Token);
        return up;
    }

    private ProcessHost Start(out string url)
    {
        var port = FreePorts.Next().ToString(CultureInfo.InvariantCulture);
        url = $"http://127.0.0.1:{port}";
        return ProcessHost.Start(new ProcessPlan(Path.Combine(Repository.Root, "deploy/up"), "--data", data.Path, "--port", port));
    }

    private static async Task StopAsync(ProcessHost up) => Assert.Equal(0, await up.TerminateAsync(Patience, Token));

    private async Task<string> SqlAsync(string sql)
    {
        var (exitCode, standard, all) = await ProcessHost.RunAsync(
            new ProcessPlan("psql", "-X", "-q", "-A", "-t", "-h", data.File("postgres/socket"), "-U", "postgres", "-d", "taskgrid", "-c", sql),
            TimeSpan.FromMinutes(1),
            Token);
        Assert.True(exitCode == 0, all);
        return standard.Trim();
    }

    // Everything that was started for this data folder names it, in its arguments or as the folder it works in.
    private IEnumerable<string> Running()
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            if (CommandOf(process) is { Length: > 0 } command && !command.Contains("deploy/up", StringComparison.Ordinal)
                && command.Contains(data.Path, StringComparison.Ordinal))
            {
                yield return command;
            }
        }
    }

    // A process may end between being listed and being read.
    private static string? CommandOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>A data folder that outlives each test and not the class.</summary>
    public sealed class DataFolder : IDisposable
    {
        private readonly ScratchFolder folder = new();

        public string Path => folder.FullPath;

        public string File(string name) => folder.File(name);

        public void Dispose() => folder.Dispose();
    }
}

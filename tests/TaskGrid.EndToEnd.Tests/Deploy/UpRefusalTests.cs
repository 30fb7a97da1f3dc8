using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TaskGrid.TestKit;

namespace TaskGrid.EndToEnd.Tests.Deploy;

/// <summary>What <c>deploy/up</c> says when it cannot start. Each is found before anything is built or started.</summary>
public sealed class UpRefusalTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ScratchFolder data = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => data.Dispose();

    [Theory]
    [InlineData("--prot", "unknown argument --prot")]
    [InlineData("--port=0", "not a port: 0")]
    [InlineData("--port=http", "not a port: http")]
    [InlineData("--port", "--port wants a value")]
    public async Task A_wrong_argument_is_named(string argument, string complaint) =>
        await RefusesAsync(Up().With(argument), exitCode: 2, complaint);

    [Fact]
    public async Task A_taken_port_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, FreePorts.Next());
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        await RefusesAsync(Up().With("--port", port.ToString(CultureInfo.InvariantCulture)), exitCode: 12, $"port {port} on 127.0.0.1 is taken");
    }

    [Fact]
    public async Task A_full_disk_is_told_with_its_numbers() =>
        await RefusesAsync(Up().WithVariable("TASKGRID_MIN_FREE_MB", "999999999"), exitCode: 13, "TaskGrid wants 999999999 MB at least");

    [Fact]
    public async Task A_data_folder_in_use_is_not_touched()
    {
        await using var other = ProcessHost.Start(new ProcessPlan("flock", data.File("lock"), "sh", "-c", "echo held; exec sleep 300"));
        await other.Output.WaitForLineAsync(line => line == "held", Patience, Token);

        await RefusesAsync(Up(), exitCode: 14, "another deploy/up serves from " + data.FullPath);

        Assert.Equal([data.File("lock")], Directory.EnumerateFileSystemEntries(data.FullPath));
    }

    [Fact]
    public async Task A_data_folder_that_is_a_file_is_named()
    {
        File.WriteAllText(data.File("file"), "");

        await RefusesAsync(Up(data.File("file")), exitCode: 18, "cannot make the data folder");
    }

    private static async Task RefusesAsync(ProcessPlan plan, int exitCode, string complaint)
    {
        var (actual, standard, all) = await ProcessHost.RunAsync(plan, Patience, Token);

        Assert.Contains("error: ", all, StringComparison.Ordinal);
        Assert.Contains(complaint, all, StringComparison.Ordinal);
        Assert.Equal(exitCode, actual);
        Assert.Empty(standard);
    }

    private ProcessPlan Up(string? folder = null) =>
        new ProcessPlan(Path.Combine(Repository.Root, "deploy/up"), "--data", folder ?? data.FullPath)
            .WithVariable("TASKGRID_PORT", FreePorts.Next().ToString(CultureInfo.InvariantCulture));
}

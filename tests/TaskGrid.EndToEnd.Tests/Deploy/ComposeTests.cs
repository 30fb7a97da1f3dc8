using System.Text.RegularExpressions;
using TaskGrid.TestKit;

namespace TaskGrid.EndToEnd.Tests.Deploy;

public sealed partial class ComposeTests
{
    private const string Program = "/usr/bin/docker-compose";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_compose_file_describes_two_silos_and_two_gateways_on_their_database_and_bus()
    {
        var (exitCode, standard, all) = await ComposeAsync(("POSTGRES_PASSWORD", "p"), ("RABBITMQ_PASSWORD", "r"));

        Assert.True(exitCode == 0, all);
        Assert.Equal(
            ["gateway-1", "gateway-2", "postgres", "rabbitmq", "silo-1", "silo-2"],
            ServiceName().Matches(standard[standard.IndexOf("services:", StringComparison.Ordinal)..]).Select(match => match.Groups[1].Value));
        Assert.Equal(4, Count(standard, "TaskGrid__Clustering: adonet"));
        Assert.Equal(4, Count(standard, "TaskGrid__Bus: amqp://taskgrid:r@rabbitmq:5672/"));
    }

    [Fact]
    public async Task Without_passwords_nothing_starts_with_a_default_one()
    {
        var (exitCode, _, all) = await ComposeAsync(("POSTGRES_PASSWORD", null), ("RABBITMQ_PASSWORD", null));

        Assert.NotEqual(0, exitCode);
        Assert.Contains("set POSTGRES_PASSWORD", all, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_image_that_the_compose_file_builds_has_its_file()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docker-compose.yml"));

        var files = DockerFile().Matches(text).Select(match => Path.GetFileName(match.Value)).ToArray();

        Assert.Equal(4, files.Length);
        Assert.All(files, file => Assert.True(File.Exists(Path.Combine(Repository.Root, "deploy/docker", file)), file));
    }

    private static Task<(int ExitCode, string Standard, string All)> ComposeAsync(params (string Name, string? Value)[] variables)
    {
        Assert.SkipUnless(File.Exists(Program), "docker-compose is not installed, and tests/run could not install it");
        var plan = new ProcessPlan(Program, "config") { WorkingFolder = Repository.Root };
        return ProcessHost.RunAsync(variables.Aggregate(plan, (with, next) => with.WithVariable(next.Name, next.Value)), Patience, Token);
    }

    private static int Count(string text, string what) => text.Split(what).Length - 1;

    [GeneratedRegex("^  ([a-z0-9-]+):$", RegexOptions.Multiline)]
    private static partial Regex ServiceName();

    [GeneratedRegex("[a-z/]+\\.Dockerfile")]
    private static partial Regex DockerFile();
}

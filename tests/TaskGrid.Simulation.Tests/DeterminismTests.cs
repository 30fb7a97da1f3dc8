using TaskGrid.TestKit;

namespace TaskGrid.Simulation.Tests;

public sealed class DeterminismTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(29)]
    public async Task A_seed_plays_the_same_to_the_last_byte_in_another_process_too(int seed)
    {
        var here = folder.File("here");
        Simulation.Play(seed, new Counts(), here);
        // Another process gives strings other hash codes, so whatever goes by the order of a dictionary shows.
        var there = folder.File("there");
        var plan = ProcessPlan.Dotnet(Repository.ProgramOf("tests/TaskGrid.Simulation"), "--seeds", "1", "--start", $"{seed}", "--log", there);
        var (_, _, all) = await ProcessHost.RunAsync(plan, TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);
        Assert.True(File.Exists(there), all);
        Assert.True(new FileInfo(here).Length > 1000, "the log is empty");
        Assert.Equal(await ReadAsync(here), await ReadAsync(there));
    }

    [Fact]
    public void Another_seed_plays_otherwise()
    {
        Simulation.Play(1, new Counts(), folder.File("1"));
        Simulation.Play(2, new Counts(), folder.File("2"));
        Assert.NotEqual(File.ReadAllText(folder.File("1")), File.ReadAllText(folder.File("2")));
    }

    private static Task<byte[]> ReadAsync(string file) => File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
}

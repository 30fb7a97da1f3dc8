namespace TaskGrid.Benchmarks;

/// <summary>Puts the reference organization into a running server, as a new account's.</summary>
internal static class SeedCommand
{
    public static async Task RunAsync(BenchOptions options)
    {
        var client = await BenchClient.FoundAsync(new Uri(options.Text("url")));
        var reference = new ReferenceOrganization(options.Number("tasks", 10_000));
        await client.SeedAsync(reference);
        Console.WriteLine($"organization {client.Organization}: {reference.Tasks.Count} tasks, head {client.Base}");
    }
}

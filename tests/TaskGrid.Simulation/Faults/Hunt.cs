namespace TaskGrid.Simulation;

/// <summary>Looks for the first seed that shows a planted fault: one that breaks a promise with it, and none without it.</summary>
internal static class Hunt
{
    /// <summary>Plays seeds in order until one shows the fault.</summary>
    public static Catch For(Fault fault, int start, int seeds, TimeSpan patience)
    {
        var world = new FaultyWorld(fault);
        var campaign = new Campaign(start, seeds, patience)
        {
            Play = seed => world.Play(seed) is { Count: > 0 } found && Simulation.Play(seed, new Counts()).Count == 0 ? found : [],
        };
        campaign.Run(enough: 1);
        var caught = campaign.Findings.OrderBy(found => found.Seed).ToList();
        return caught is [var first, ..]
            ? new Catch(first.Seed - start + 1, first.Seed, [.. caught.Where(found => found.Seed == first.Seed).Select(found => found.Finding)])
            : new Catch(campaign.Played, null, []);
    }
}

/// <summary>What a hunt came to.</summary>
/// <param name="Seeds">How many seeds it took.</param>
/// <param name="Seed">The one that shows the fault; null where none does.</param>
/// <param name="Findings">The promises that it breaks with the fault.</param>
internal sealed record Catch(int Seeds, int? Seed, IReadOnlyList<Finding> Findings);
